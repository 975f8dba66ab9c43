"""Rows of what follows an act: the outbox, documents, notices, answered requests, small settings."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field

from storage.rows.base import Instant, Row, Serial

PENDING = "done_at IS NULL"
UNSENT = "mail_state = 'queued'"


class OutboxRow(Row, table=True):
    """An act to be followed up, once; leased while somebody is at it."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("case_id", "seq"),
        Index("ix_outbox_pending", "lease_until", "id", postgresql_where=text(PENDING), sqlite_where=text(PENDING)),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    case_id: str = Field(foreign_key="case_file.id")
    root: str
    seq: int
    act: str
    stage: str
    created_at: datetime = Field(sa_type=Instant)
    lease_until: datetime = Field(sa_type=Instant)
    lease_owner: str | None = None
    attempts: int
    last_error: str | None = Field(default=None, sa_type=Text)
    done_at: datetime | None = Field(default=None, sa_type=Instant)


class Document(Row, table=True):
    """A document made by a follow-up, with the SHA-256 of its text."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("case_id", "seq", "name"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    case_id: str = Field(foreign_key="case_file.id")
    seq: int
    name: str
    title: str
    media: str
    text: str = Field(sa_type=Text)
    sha256: str
    made_at: datetime = Field(sa_type=Instant)


class NoticeRow(Row, table=True):
    """One notice to one recipient; its key makes it the only one of its kind."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("key"),
        CheckConstraint("mail_state IN ('none', 'queued', 'sent', 'failed')", name="mail_state_known"),
        Index("ix_notice_jurisdiction_dated_on", "jurisdiction", "dated_on"),
        Index("ix_notice_unsent", "lease_until", "id", postgresql_where=text(UNSENT), sqlite_where=text(UNSENT)),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    key: str
    jurisdiction: str
    case_id: str | None = Field(default=None, foreign_key="case_file.id", index=True)
    root: str | None = None
    deadline_id: str | None = Field(default=None, foreign_key="deadline.id", index=True)
    rung: str | None = None
    kind: str
    dated_on: date
    recipient_role: str
    recipient: str | None = Field(default=None, index=True)
    subject: str
    text: str = Field(sa_type=Text)
    created_at: datetime = Field(sa_type=Instant)
    superseded_at: datetime | None = Field(default=None, sa_type=Instant)
    mail_state: str
    mail_attempts: int
    mail_error: str | None = Field(default=None, sa_type=Text)
    message_id: str | None = None
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    lease_until: datetime = Field(sa_type=Instant)
    lease_owner: str | None = None


class Request(Row, table=True):
    """An answered request: the same key again gets the same answer."""

    __tablename__ = "request"

    key: str = Field(primary_key=True)
    digest: str
    response: str = Field(sa_type=Text)
    made_at: datetime = Field(sa_type=Instant)


class Setting(Row, table=True):
    """A small value kept by name."""

    __tablename__ = "setting"

    name: str = Field(primary_key=True)
    value: str = Field(sa_type=Text)
