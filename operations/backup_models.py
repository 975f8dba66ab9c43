"""Answers about backups, restores and what a restore holds back."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from messages.answers import Answer, ErrorView, is_absent
from operations.anchors.anchor_models import AnchorView, BreakView


class BackupLabel(Answer):
    """What the file beside a backup says of it."""

    engine: str = Field(description="database engine: `sqlite` or `postgresql`")
    schema_: str = Field(alias="schema", description="revision of the schema")
    made_at: datetime = Field(description="time of the copy, in Asia/Shanghai")
    product: str = Field(description="version of the program")
    identity: str | None = Field(description="identity of the database, as its anchors name it")
    cases: int = Field(description="number of cases")
    entries: int = Field(description="number of journal entries")
    size: int = Field(description="size of the file in bytes")
    sha256: str = Field(description="SHA-256 of the file")


class BackupResult(BackupLabel):
    """A backup that was made."""

    file: str = Field(description="file of the backup")
    beside: str = Field(description="file beside it with its label")
    database: str = Field(description="database it is a copy of, without a password")


class HeldBackView(Answer):
    """What waits for a decision after a restore, or was released."""

    acts: int = Field(description="number of acts to be followed up")
    mails: int = Field(description="number of e-mails")


class RestoreResult(Answer):
    """A backup that was put in the place of the database."""

    database: str = Field(description="database that was restored, without a password")
    backup: str = Field(description="file of the backup")
    made_at: datetime = Field(description="time of the backup, in Asia/Shanghai")
    replaced: str | None = Field(description="file in which the database before it is kept")
    migrations: tuple[str, ...] = Field(description="schema revisions that were applied")
    breaks: tuple[BreakView, ...] = Field(description="breaks of the journal that was restored")
    altered: tuple[str, ...] = Field((), description="tables, indexes, triggers that are not those of the program")
    held_back: HeldBackView = Field(description="what is held back")
    lost: tuple[BreakView, ...] = Field(
        description="what the replaced database or the last anchor has beyond the backup"
    )
    anchor: AnchorView | None = Field(description="anchor that was written after the restore")
    anchor_trouble: ErrorView | None = Field(None, exclude_if=is_absent, description="why no anchor could be written")
