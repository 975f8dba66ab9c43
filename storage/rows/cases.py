"""Rows of cases and of what was done in them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field

from storage.rows.base import Instant, Row


class CaseFile(Row, table=True):
    """A case as it stands. ``targets``, ``hands`` and ``dossier`` are canonical JSON; ``open`` is false once it ended.

    ``version`` guards every change and numbers the last journal row; ``head_hash`` is that row's hash.
    """

    __tablename__ = "case_file"
    __table_args__ = (
        CheckConstraint("version > 0", name="version_positive"),
        Index("ix_case_file_jurisdiction_year_procedure", "jurisdiction", "year", "procedure"),
        Index("ix_case_file_parent_procedure", "parent", "procedure"),
    )

    id: str = Field(primary_key=True)
    procedure: str
    jurisdiction: str
    region: str
    regulation: str
    title: str = Field(sa_type=Text)
    year: int
    opened_on: date
    acted_on: date
    opened_by: str
    state: str
    version: int
    kind: str | None = None
    unit: str | None = Field(default=None, index=True)
    targets: str = Field(sa_type=Text)
    parent: str | None = Field(default=None, foreign_key="case_file.id")
    root: str | None = Field(default=None, foreign_key="case_file.id", index=True)
    suspended: bool
    hands: str = Field(sa_type=Text)
    dossier: str = Field(sa_type=Text)
    open: bool
    head_hash: str


class CaseTarget(Row, table=True):
    """One unit that an inspection touches."""

    __tablename__ = "case_target"

    case_id: str = Field(primary_key=True, foreign_key="case_file.id")
    unit: str = Field(primary_key=True, index=True)


class CaseNumber(Row, table=True):
    """The last number given out within a scope, such as 2026-Z or TL-2026-Z01-F."""

    __tablename__ = "case_number"

    jurisdiction: str = Field(primary_key=True)
    scope: str = Field(primary_key=True)
    last: int


class JournalEntry(Row, table=True):
    """One act, as it will be read for ever: hashed with the entry before it (``prev_hash``)."""

    __tablename__ = "journal"
    __table_args__ = (
        CheckConstraint("seq > 0", name="seq_positive"),
        Index("ix_journal_root_recorded_at", "root", "recorded_at"),
    )

    case_id: str = Field(primary_key=True, foreign_key="case_file.id")
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    root: str
    act: str
    actor: str
    role: str
    acted_on: date
    recorded_at: datetime = Field(sa_type=Instant, index=True)
    article: str
    reason: str = Field(sa_type=Text)
    from_state: str
    to_state: str
    form: str = Field(sa_type=Text)
    before: str = Field(sa_type=Text)
    after: str = Field(sa_type=Text)
    prev_hash: str
    hash: str
