"""What a regulation says, and what the product does about each clause."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from pydantic import Field

from messages.answers import Answer
from regulations import Clause, Regulation
from regulations.written_refs import find, written


class ReadingView(Answer):
    """How doubtful words are read."""

    words: str = Field(description="the words as the source has them; empty where the whole clause or text is meant")
    meant: str = Field(description="how they are read")
    why: str = Field(description="why they are read so")


class ClauseView(Answer):
    """A clause word for word."""

    ref: str = Field(description="address of the clause")
    written: str = Field(description="the clause as the text numbers it")
    citation: str = Field(description="the clause as it is cited in full")
    heading: str = Field(description="heading; empty where the clause has none")
    text: str = Field(description="its text, word for word")
    readings: tuple[ReadingView, ...] = Field(description="how doubtful words in it are read")


class RegulationView(Answer):
    """A regulation, or one clause of it."""

    regulation: str = Field(description="regulation and version")
    title: str = Field(description="title")
    issuer: str = Field(description="who issued it")
    status: str = Field(description="code of its status")
    applies_from: date = Field(description="first day it applies")
    applies_note: str = Field(description="why it applies from that day")
    source: str = Field(description="where it is published")
    readings: tuple[ReadingView, ...] = Field(description="how the text as a whole is read")
    preamble: str = Field(description="what stands before the first clause; empty where one clause is shown")
    clauses: tuple[ClauseView, ...] = Field(description="the clauses asked for, or every article")
    closing: str = Field(description="what stands after the last clause; empty where one clause is shown")


class RegulationRow(Answer):
    """A version of a regulation in a list."""

    regulation: str = Field(description="id of the regulation")
    version: str = Field(description="version")
    title: str = Field(description="title")
    issuer: str = Field(description="who issued it")
    status: str = Field(description="code of its status")
    applies_from: date = Field(description="first day it applies")
    instruments: tuple[str, ...] = Field(description="the kinds of work that follow it")
    clauses: int = Field(description="number of clauses")
    tasks: int = Field(description="number of tasks")
    indicators: int = Field(description="number of indicators")
    obligations: int = Field(description="number of obligations that are dated, recur or are unset")


class CoverageRow(Answer):
    """What the product does about a clause."""

    regulation: str = Field(description="id of the regulation")
    version: str = Field(description="version")
    ref: str = Field(description="the clause as the text numbers it")
    address: str = Field(description="address of the clause")
    citation: str = Field(description="the clause as it is cited")
    status: str = Field(description="`enforced`, `tracked` or `stated`")
    by: tuple[str, ...] = Field(description="what does it, as `sort:name`")
    why: str = Field(description="explanation")


class ArticleView(Answer):
    """A clause word for word, with what the product does about it."""

    regulation: str = Field(description="regulation and version")
    clause: ClauseView = Field(description="the clause")
    coverage: CoverageRow = Field(description="what the product does about it")
    duties: tuple[str, ...] = Field(description="tasks, indicators and obligations read from it, as `sort:name title`")


class ClauseFound(Answer):
    """A clause in which the words looked for occur."""

    regulation: str = Field(description="id of the regulation")
    version: str = Field(description="version")
    ref: str = Field(description="the clause as the text numbers it")
    address: str = Field(description="address of the clause")
    citation: str = Field(description="the clause as it is cited in full")
    text: str = Field(description="its text, word for word")


def regulation_rows(found: Iterable[Regulation]) -> list[RegulationRow]:
    """These versions as a list."""
    return [
        RegulationRow(
            regulation=one.id,
            version=one.version,
            title=one.title,
            issuer=one.issuer,
            status=one.status,
            applies_from=one.applies_from,
            instruments=one.instruments,
            clauses=len(one.clauses),
            tasks=len(one.tasks),
            indicators=len(one.indicators),
            obligations=len(one.obligations),
        )
        for one in found
    ]


def regulation_view(found: Regulation, asked: str | None = None) -> RegulationView:
    """A clause of a regulation, or every article of it. Raises UnknownArticle."""
    wanted = [found.article(find(found, asked))] if asked else [one for one in found.clauses if one.top]
    return RegulationView(
        regulation=found.key,
        title=found.title,
        issuer=found.issuer,
        status=found.status,
        applies_from=found.applies_from,
        applies_note=found.applies_note,
        source=found.source,
        readings=() if asked else _readings_of_the_whole(found),
        preamble="" if asked else found.preamble,
        clauses=tuple(_clause_view(found, one) for one in wanted),
        closing="" if asked else found.closing,
    )


def article_view(asked_of: Regulation, asked: str) -> ArticleView:
    """A clause by the number it is written with, and what the product does about it. Raises UnknownArticle."""
    ref = find(asked_of, asked)
    found, own = asked_of.holder(ref)
    duties = (
        *(f"task:{one.key} {one.title}" for one in found.tasks if one.ref == own),
        *(f"indicator:{one.code} {one.title}" for one in found.indicators if one.ref == own),
        *(f"obligation:{one.code} {one.title}" for one in found.obligations if one.ref == own),
    )
    [row] = [row for row in coverage_rows([found]) if row.address == own]
    return ArticleView(
        regulation=found.key, clause=_clause_view(found, found.article(own)), coverage=row, duties=duties
    )


def search_clauses(found: Iterable[Regulation], words: Iterable[str]) -> list[ClauseFound]:
    """The clauses in which all words occur, the smallest that have them: an item, not also its article."""
    wanted = [_plain(word) for word in words]
    return [
        ClauseFound(
            regulation=one.id,
            version=one.version,
            ref=written(one, clause.ref),
            address=clause.ref,
            citation=one.cite(clause.ref),
            text=clause.text,
        )
        for one in found
        for clause in _smallest([clause for clause in one.clauses if _has(clause, wanted)])
    ]


def coverage_rows(found: Iterable[Regulation]) -> list[CoverageRow]:
    """What the product does about the clauses of these regulations."""
    return [
        CoverageRow(
            regulation=one.id,
            version=one.version,
            ref=written(one, row.ref),
            address=row.ref,
            citation=one.short(row.ref),
            status=row.how,
            by=tuple(row.by),
            why=row.why,
        )
        for one in found
        for row in one.coverage
    ]


def _clause_view(found: Regulation, clause: Clause) -> ClauseView:
    holder, own = found.holder(clause.ref)
    return ClauseView(
        ref=clause.ref,
        written=written(holder, own),
        citation=found.cite(clause.ref),
        heading=clause.heading,
        text=clause.text,
        readings=_readings(holder, own, within=clause.top),
    )


def _readings_of_the_whole(found: Regulation) -> tuple[ReadingView, ...]:
    return tuple(one for ref in ("", "preamble", "closing") for one in _readings(found, ref))


def _readings(found: Regulation, ref: str, *, within: bool = False) -> tuple[ReadingView, ...]:
    """The readings of a clause; ``within``: of its items as well, since its text contains theirs."""
    return tuple(
        ReadingView(words=one.words, meant=one.meant, why=one.why)
        for one in found.readings
        if one.ref == ref or (within and one.ref.startswith(f"{ref}("))
    )


def _plain(words: str) -> str:
    """Without blanks, and in one width: some of the texts are printed with half-width punctuation."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", words)).casefold()


def _has(clause: Clause, words: Iterable[str]) -> bool:
    text = _plain(f"{clause.heading if clause.top else ''}{clause.text}")
    return all(word in text for word in words)


def _smallest(clauses: list[Clause]) -> list[Clause]:
    """Those that contain none of the others."""
    refs = [one.ref for one in clauses]
    return [one for one in clauses if not any(_contains(one.ref, other) for other in refs)]


def _contains(ref: str, other: str) -> bool:
    """Whether a clause is part of another: 4(2)6 of 4(2), and not 12 of 1."""
    rest = other.removeprefix(ref)
    return other.startswith(ref) and bool(rest) and (not rest[0].isdigit() or ref.endswith(")"))
