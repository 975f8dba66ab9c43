"""Rows of the calendar: the notices taken in since the program was made."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field

from storage.rows.base import Instant, Row


class CalendarNotice(Row, table=True):
    """A State Council notice as it was taken in: its text, who accepted it, and the order of acceptance."""

    __tablename__ = "calendar_notice"

    document: str = Field(primary_key=True)
    year: int
    text: str = Field(sa_type=Text)
    sha256: str
    accepted_at: datetime = Field(sa_type=Instant)
    accepted_by: str
