"""Answers about the journal and its anchors."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from messages.answers import Answer


class AnchorView(Answer):
    """An anchor of the journal."""

    file: str = Field(description="file the anchor is kept in")
    number: int = Field(description="number of the anchor, from 1")
    at: datetime = Field(description="time it was written, in Asia/Shanghai")
    cases: int = Field(description="number of cases it holds")
    anew: str = Field(description="reason why it need not agree with the anchor before; empty for any other one")


class BreakView(Answer):
    """A place where the journal, an anchor or an account record does not hold."""

    case: str | None = Field(description="id of the case; null where no case is at fault")
    seq: int | None = Field(description="number of the entry")
    flaw: str = Field(description="code of the flaw")
    fact: str = Field(description="what is wrong")


class FileBreakView(BreakView):
    """A file of a bundle that does not hold."""

    file: str = Field(description="name of the file within the bundle")


class JournalVerification(Answer):
    """Whether every chain of the journal is whole and agrees with an anchor."""

    case: str | None = Field(description="inspection that was verified; null for the whole journal")
    whole: bool = Field(description="whether nothing is broken")
    breaks: tuple[BreakView, ...] = Field(description="every break")
    anchor: AnchorView | None = Field(description="anchor the journal was compared with")
