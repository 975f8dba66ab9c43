"""Rows of jurisdictions, of units and of accounts."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field

from storage.rows.base import Instant, Row, Serial


class JurisdictionRow(Row, table=True):
    """A jurisdiction entered here: its TOML text, with the SHA-256 of it."""

    __tablename__ = "jurisdiction"

    code: str = Field(primary_key=True)
    data: str = Field(sa_type=Text)
    sha256: str
    entered_at: datetime = Field(sa_type=Instant)
    entered_by: str


class UnitRow(Row, table=True):
    """A unit on the roster of a jurisdiction."""

    __tablename__ = "unit"

    jurisdiction: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    name: str
    category: str
    parent: str
    source: str


class UnitChangeRow(Row, table=True):
    """A change of the roster from a day on, as it will be read for ever: chained by hashes within its jurisdiction."""

    __tablename__ = "unit_change"
    __table_args__ = (CheckConstraint("seq > 0", name="seq_positive"),)

    jurisdiction: str = Field(primary_key=True)
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    change: str
    effective_on: date
    actor: str
    recorded_at: datetime = Field(sa_type=Instant)
    units: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    prev_hash: str
    hash: str


class Account(Row, table=True):
    """A person or the service itself (``automation``); names are unique within a jurisdiction."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("jurisdiction", "name"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    jurisdiction: str
    name: str = Field(index=True)
    unit: str | None = None
    automation: bool
    active: bool


class AccountRole(Row, table=True):
    """A role an account holds."""

    __tablename__ = "account_role"

    account_id: int = Field(primary_key=True, foreign_key="account.id", sa_type=Serial)
    role: str = Field(primary_key=True, index=True)


class AccountChange(Row, table=True):
    """A change of an account, as it will be read for ever: chained by hashes within its jurisdiction."""

    __tablename__ = "account_change"
    __table_args__ = (CheckConstraint("seq > 0", name="seq_positive"),)

    jurisdiction: str = Field(primary_key=True)
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    account: str = Field(index=True)
    act: str
    actor: str
    recorded_at: datetime = Field(sa_type=Instant)
    before: str = Field(sa_type=Text)
    after: str = Field(sa_type=Text)
    prev_hash: str
    hash: str


class ReadingGrantRow(Row, table=True):
    """An account of the jurisdiction ``home`` that may read another one; its changes are in that one's record."""

    __tablename__ = "reading_grant"

    jurisdiction: str = Field(primary_key=True)
    home: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    active: bool
    reason: str = Field(sa_type=Text)


class AccessRecord(Row, table=True):
    """A read: who (``account`` is missing for the machine's operator), what kind, of which case or unit, and when.

    ``found`` is false where nothing was shown. There is no foreign key to the case: a case that is not there, or not
    for this reader, is on record as it was asked for. Kept for at least six months.
    """

    __tablename__ = "access_record"
    __table_args__ = (Index("ix_access_record_jurisdiction_recorded_at", "jurisdiction", "recorded_at"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    recorded_at: datetime = Field(sa_type=Instant)
    account: str | None = None
    jurisdiction: str | None = None
    kind: str
    case_id: str | None = Field(default=None, index=True)
    unit: str | None = None
    found: bool
    request: str | None = None
