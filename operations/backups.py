"""A backup: one file with the whole database, and beside it what it holds and its fingerprint."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select

import messages
from casework.clock import SHANGHAI, Clock
from casework.errors import UpkeepFailed
from operations.anchors import anchoring
from operations.atomic_files import os_error_text, remove_leftovers, write_atomically
from operations.backup_models import BackupLabel, BackupResult
from operations.bundles.bundle_format import Missing, text
from storage import backup_files, key_value, schema
from storage.cases.case_rows import CASES
from storage.engine import Database, Session
from storage.errors import DatabaseError
from storage.journal.journal import JOURNAL
from storage.postgresql_programs import CopyFailed

FORMAT: Final = "ducha-backup-1"


def backup(database: Database, clock: Clock, path: Path) -> BackupResult:
    """Back the database up while it is being worked with; the copy is as of one moment.

    Raises UpkeepFailed for a file that is there or cannot be written, DatabaseTrouble.
    """
    beside = sidecar(path)
    with backup_errors(path):
        if beside.exists():
            raise UpkeepFailed("file_exists", file=str(beside))
        remove_leftovers(path.parent)
    with backup_errors(path), write_atomically(path) as part:
        with database.reading() as session:
            _require_ours(session, database)
            backup_files.copy_out(database, session, part)
            held = content_of(session)
        if database.is_sqlite:
            backup_files.check_sqlite(part)
        made = BackupLabel(
            engine="sqlite" if database.is_sqlite else "postgresql",
            made_at=clock.now().astimezone(SHANGHAI).replace(microsecond=0),
            product=version("ducha"),
            size=part.stat().st_size,
            sha256=sha256_of_file(part),
            **held,
        )
        with write_atomically(beside) as said:
            said.write_bytes(text({"format": FORMAT, **made.model_dump(mode="json")}))
    return BackupResult(file=str(path), beside=str(beside), database=database.where, **dict(made))


def sidecar(path: Path) -> Path:
    """The file beside a backup that says what it is."""
    return path.with_name(f"{path.name}.json")


def read_label(path: Path) -> BackupLabel:
    """What the file beside a backup says. Raises UpkeepFailed."""
    beside = sidecar(path)
    try:
        if not path.is_file():
            raise Missing("file_unreadable", file=str(path), detail=messages.text("upkeep.os_absent"))
        said = json.loads(beside.read_bytes())
        if said.pop("format") != FORMAT:
            raise UpkeepFailed("backup_of_another_format", file=str(beside))
        return BackupLabel.model_validate(said)
    except FileNotFoundError as error:
        raise Missing("backup_unlabelled", file=str(path), beside=str(beside)) from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UpkeepFailed("backup_label_unreadable", file=str(beside)) from error


def sha256_of_file(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


@contextmanager
def backup_errors(path: Path) -> Iterator[None]:
    """Say what went wrong with files and programs in our words."""
    try:
        yield
    except FileExistsError as error:
        raise UpkeepFailed("file_exists", file=error.filename or str(path)) from error
    except OSError as error:
        raise UpkeepFailed("file_unwritten", file=str(path), detail=os_error_text(error)) from error
    except CopyFailed as error:
        raise UpkeepFailed(error.code, **error.params) from error


def _require_ours(session: Session, database: Database) -> None:
    """A database that is behind is backed up too: that is what comes before its migration."""
    try:
        schema.require_current(session, database.where)
    except DatabaseError as trouble:
        if trouble.code != "older_schema":
            raise


def content_of(session: Session) -> dict[str, Any]:
    """What the label says of the content of a database."""
    return {
        "schema_": schema.revision(session),
        "identity": key_value.get(session, anchoring.IDENTITY),
        "cases": session.execute(select(func.count()).select_from(CASES)).scalar_one(),
        "entries": session.execute(select(func.count()).select_from(JOURNAL)).scalar_one(),
    }
