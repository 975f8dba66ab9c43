"""Rows of the calendar: the notices taken in since the program was made, and those withdrawn again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field

from storage.rows.base import Instant, Row, Serial


class CalendarNotice(Row, table=True):
    """A State Council notice as it was taken in: its text, who accepted it, and the order of acceptance."""

    __tablename__ = "calendar_notice"

    document: str = Field(primary_key=True)
    year: int
    text: str = Field(sa_type=Text)
    sha256: str
    accepted_at: datetime = Field(sa_type=Instant)
    accepted_by: str


class WithdrawnNotice(Row, table=True):
    """A notice as it was taken in, with who withdrew it, when and why; it may have been taken in several times."""

    __tablename__ = "withdrawn_notice"

    id: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    document: str
    year: int
    text: str = Field(sa_type=Text)
    sha256: str
    accepted_at: datetime = Field(sa_type=Instant)
    accepted_by: str
    withdrawn_at: datetime = Field(sa_type=Instant)
    withdrawn_by: str
    reason: str = Field(sa_type=Text)
