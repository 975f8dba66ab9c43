"""Answers about the texts of a district."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from messages.answers import Answer


class ClauseRow(Answer):
    """A division of a text as it was read: a chapter, an article or part, an item, an annex."""

    level: int = Field(description="depth in the tree, 0 for chapters and what stands beside them")
    sort: str = Field(description="`chapter`, `clause` or `annex`")
    ref: str = Field(description="address of the clause; empty for a chapter")
    text: str = Field(description="its heading or first words")
    line: int = Field(description="line of the file; 0 where it is not known")


class UnplacedRow(Answer):
    """Words of a file that have no place in the structure, or one that is not certain."""

    line: int = Field(description="line of the file")
    why: str = Field(description="code of the reason")
    reason: str = Field(description="the reason")
    text: str = Field(description="the words")


class ProposalRow(Answer):
    """What the text seems to lay down, with the words it was read from."""

    number: int = Field(description="number in proposals.toml")
    sort: str = Field(description="entry it becomes in regulation.toml, or `noted`")
    code: str = Field(description="name of the entry")
    ref: str = Field(description="clause it was read from")
    quote: str = Field(description="words it was read from")
    values: dict[str, str] = Field(description="values of the entry")
    verdict: str = Field(description="`open`, `adopted` or `declined`")


class ImportedText(Answer):
    """A text that was read, and the folder written from it."""

    file: str = Field(description="file that was read")
    sha256: str = Field(description="SHA-256 of the file")
    title: str = Field(description="title that was found")
    division: str = Field(description="`article` for 条, `part` for 一、")
    tree: tuple[ClauseRow, ...] = Field(description="the structure, in the order of the text")
    unplaced: tuple[UnplacedRow, ...] = Field(description="what has no certain place")
    proposals: tuple[ProposalRow, ...] = Field(description="what the text seems to lay down")
    folder: str | None = Field(description="folder that was written; null for a dry run")


class DecidedProposals(Answer):
    """The proposals of a folder after a decision."""

    folder: str = Field(description="the folder")
    decided: tuple[ProposalRow, ...] = Field(description="what was decided now")
    proposals: tuple[ProposalRow, ...] = Field(description="every proposal")
    left: int = Field(description="number of proposals that are not decided")


class TextCheck(Answer):
    """A folder without faults, and what it lays down."""

    folder: str = Field(description="the folder")
    regulation: str = Field(description="regulation and version")
    title: str = Field(description="title")
    applies_from: date = Field(description="first day it applies")
    clauses: int = Field(description="number of clauses")
    kinds: tuple[str, ...] = Field(description="names of the kinds of inspection")
    terms: dict[str, str] = Field(description="length and unit of each term")
    limits: dict[str, str] = Field(description="most in how many years, by limit")
    rules: int = Field(description="number of rules that rest on a clause of the text or of the national regulation")
    enforced: int = Field(description="number of clauses that are enforced")
    tracked: int = Field(description="number of clauses that are tracked")
    stated: int = Field(description="number of clauses that are only stated")


class AddedText(TextCheck):
    """A text that was added to the directory of texts, or would be."""

    directory: str = Field(description="where it is kept")
    sha256: str = Field(description="SHA-256 over its files")
    dry_run: bool = Field(description="whether nothing was changed because only a trial was asked for")
    unchanged: bool = Field(description="whether the same files had been added before")
