"""A backup: one file with the whole database, and beside it what it holds and its fingerprint."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import file_digest
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, Literal

from sqlalchemy import func, select

import words
from casework import anchoring
from casework.bundles import Missing, text
from casework.clock import SHANGHAI, Clock
from casework.errors import UpkeepFailed
from casework.placing import placed, reason
from storage import copies, schema, settings
from storage.cases import CASES
from storage.engine import Database, Session
from storage.journal import JOURNAL
from storage.trouble import DatabaseTrouble

FORMAT: Final = "ducha-backup-1"


@dataclass(frozen=True, slots=True)
class Backup:
    """What is said of a backup in the file beside it; ``identity`` is that of the database, as anchors name it."""

    engine: Literal["sqlite", "postgresql"]
    schema: str
    made_at: str
    product: str
    identity: str | None
    cases: int
    entries: int
    size: int
    sha256: str


def backup(database: Database, clock: Clock, path: Path) -> dict[str, Any]:
    """Back the database up while it is being worked with; the copy is as of one moment.

    Raises UpkeepFailed for a file that is there or cannot be written, DatabaseTrouble.
    """
    beside = sidecar(path)
    if beside.exists():
        raise UpkeepFailed("file_exists", file=str(beside))
    with failing(path), placed(path) as part:
        with database.reading() as session:
            _require_ours(session, database)
            copies.copy_out(database, session, part)
            held = _held(session)
        if database.is_sqlite:
            copies.check_sqlite(part)
        made = Backup(
            engine="sqlite" if database.is_sqlite else "postgresql",
            made_at=clock.now().astimezone(SHANGHAI).isoformat(timespec="seconds"),
            product=version("ducha"),
            size=part.stat().st_size,
            sha256=fingerprint(part),
            **held,
        )
        with placed(beside) as said:
            said.write_bytes(text({"format": FORMAT, **asdict(made)}))
    return {"file": str(path), "beside": str(beside), "database": database.where, **asdict(made)}


def sidecar(path: Path) -> Path:
    """The file beside a backup that says what it is."""
    return path.with_name(f"{path.name}.json")


def said_of(path: Path) -> Backup:
    """What the file beside a backup says. Raises UpkeepFailed."""
    beside = sidecar(path)
    try:
        if not path.is_file():
            raise Missing("file_unreadable", file=str(path), detail=words.say("upkeep.os_absent"))
        said = json.loads(beside.read_bytes())
        if said.pop("format") != FORMAT:
            raise UpkeepFailed("backup_of_another_format", file=str(beside))
        made = Backup(**said)
        datetime.fromisoformat(made.made_at)
        return made
    except FileNotFoundError as error:
        raise Missing("backup_unlabelled", file=str(path), beside=str(beside)) from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UpkeepFailed("backup_label_unreadable", file=str(beside)) from error


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


@contextmanager
def failing(path: Path) -> Iterator[None]:
    """Say what went wrong with files and programs in our words."""
    try:
        yield
    except FileExistsError as error:
        raise UpkeepFailed("file_exists", file=error.filename or str(path)) from error
    except OSError as error:
        raise UpkeepFailed("file_unwritten", file=str(path), detail=reason(error)) from error
    except copies.CopyFailed as error:
        raise UpkeepFailed(error.code, **error.params) from error


def _require_ours(session: Session, database: Database) -> None:
    """A database that is behind is backed up too: that is what comes before its migration."""
    try:
        schema.require_current(session, database.where)
    except DatabaseTrouble as trouble:
        if trouble.code != "older_schema":
            raise


def _held(session: Session) -> dict[str, Any]:
    return {
        "schema": schema.revision(session),
        "identity": settings.get(session, anchoring.IDENTITY),
        "cases": session.execute(select(func.count()).select_from(CASES)).scalar_one(),
        "entries": session.execute(select(func.count()).select_from(JOURNAL)).scalar_one(),
    }
