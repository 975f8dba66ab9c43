"""What a regulation says, and what the product does about each clause."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from messages.answers import Answer
from regulations import Regulation


class ClauseView(Answer):
    """A clause word for word."""

    ref: str = Field(description="address of the clause")
    citation: str = Field(description="the clause as it is cited in full")
    heading: str = Field(description="heading; empty where the clause has none")
    text: str = Field(description="its text, word for word")


class RegulationView(Answer):
    """A regulation, or one clause of it."""

    regulation: str = Field(description="regulation and version")
    title: str = Field(description="title")
    issuer: str = Field(description="who issued it")
    status: str = Field(description="code of its status")
    applies_from: date = Field(description="first day it applies")
    source: str = Field(description="where it is published")
    clauses: tuple[ClauseView, ...] = Field(description="the clauses asked for, or every article")


class CoverageRow(Answer):
    """What the product does about a clause."""

    regulation: str = Field(description="regulation and version")
    ref: str = Field(description="address of the clause")
    citation: str = Field(description="the clause as it is cited")
    how: str = Field(description="`enforced`, `tracked` or `stated`")
    by: tuple[str, ...] = Field(description="names of the rules that do it")
    why: str = Field(description="explanation")


def regulation_view(found: Regulation, ref: str | None = None) -> RegulationView:
    """A clause of a regulation, or every article of it. Raises UnknownArticle."""
    wanted = [found.article(ref)] if ref else [one for one in found.clauses if one.top]
    return RegulationView(
        regulation=found.key,
        title=found.title,
        issuer=found.issuer,
        status=found.status,
        applies_from=found.applies_from,
        source=found.source,
        clauses=tuple(
            ClauseView(ref=one.ref, citation=found.cite(one.ref), heading=one.heading, text=one.text) for one in wanted
        ),
    )


def coverage_rows(found: Iterable[Regulation]) -> list[CoverageRow]:
    """What the product does about the clauses of these regulations."""
    return [
        CoverageRow(
            regulation=one.key, ref=row.ref, citation=one.short(row.ref), how=row.how, by=tuple(row.by), why=row.why
        )
        for one in found
        for row in one.coverage
    ]
