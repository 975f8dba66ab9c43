"""Rows of deadlines, of the nights swept, and of the frequency limits."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, Text, text, true
from sqlmodel import Field

from storage.rows.base import Instant, Row, Serial

RUNNING = "met_on IS NULL AND closed_on IS NULL"
HELD = "until IS NULL AND released_at IS NULL AND fenced"


class DeadlineRow(Row, table=True):
    """A budget and its ledger; ``due_*``, ``latest_on`` and ``next_rung_on`` are an index computed from them.

    Overdue is not a column: it follows from ``latest_on`` and the day it is asked.
    """

    __tablename__ = "deadline"
    __table_args__ = (
        CheckConstraint("(term_length IS NULL) <> (fixed IS NULL)", name="term_or_fixed"),
        Index(
            "ix_deadline_rung_running",
            "jurisdiction",
            "next_rung_on",
            postgresql_where=text(RUNNING),
            sqlite_where=text(RUNNING),
        ),
        Index(
            "ix_deadline_latest_running",
            "jurisdiction",
            "latest_on",
            postgresql_where=text(RUNNING),
            sqlite_where=text(RUNNING),
        ),
    )

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    name: str
    round: int
    jurisdiction: str
    article: str
    start: date
    unit: str | None = None
    term_length: int | None = None
    term_unit: str | None = None
    term_rollover: bool | None = None
    term_article: str | None = None
    fixed: date | None = None
    extension: int
    pauses: str = Field(sa_type=Text)
    met_on: date | None = None
    closed_on: date | None = None
    due_status: str | None = None
    due_on: date | None = None
    latest_on: date | None = None
    calendar_version: str | None = None
    next_rung_on: date | None = None
    swept_on: date | None = None
    extensions: str = Field(default="[]", sa_type=Text, sa_column_kwargs={"server_default": "[]"})
    recorded_on: date | None = None


class SweepNight(Row, table=True):
    """A night that was swept, and how many notices it issued."""

    __tablename__ = "sweep_night"

    jurisdiction: str = Field(primary_key=True)
    night: date = Field(primary_key=True)
    swept_at: datetime = Field(sa_type=Instant)
    issued: int


class FrequencyUse(Row, table=True):
    """One use of a frequency key: held while ``until`` is missing, then taken for a window; freed when released.

    Two fences stand behind the guards: the unique index below for what is held, and for what is taken an exclusion
    constraint (PostgreSQL) or triggers (SQLite) that refuse overlapping windows. Exceptions pass both knowingly, and
    so do the uses of a limit that allows several: they are not ``fenced``.
    """

    __tablename__ = "frequency_use"
    __table_args__ = (
        CheckConstraint("until IS NULL OR since <= until", name="in_order"),
        Index(
            "uq_frequency_use_held",
            "jurisdiction",
            "key_kind",
            "key_value",
            unique=True,
            postgresql_where=text(HELD),
            sqlite_where=text(HELD),
        ),
        Index("ix_frequency_use_key", "jurisdiction", "key_kind", "key_value"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    jurisdiction: str
    key_kind: str
    key_value: str
    case_id: str = Field(foreign_key="case_file.id", index=True)
    since: date
    until: date | None = None
    exception: bool
    fenced: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    released_at: datetime | None = Field(default=None, sa_type=Instant)


class FrequencyGuard(Row, table=True):
    """The row that a transaction locks before it checks a key, so that check and use are atomic."""

    __tablename__ = "frequency_guard"

    jurisdiction: str = Field(primary_key=True)
    key_kind: str = Field(primary_key=True)
    key_value: str = Field(primary_key=True)
