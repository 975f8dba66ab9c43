"""Restoring into a file of SQLite: prepared beside it, then copied over it in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from casework.errors import UpkeepFailed
from operations import restore_checks
from operations.atomic_files import remove_leftovers
from operations.backups import backup, content_of
from operations.restore_checks import Replaced
from operations.restore_models import Restore
from storage import backup_files, migrate, schema_objects
from storage.engine import Database, connect
from storage.errors import DatabaseError


def put(asked: Restore) -> dict[str, Any]:
    """Put the backup in the place of the database. Raises UpkeepFailed, CopyFailed, DatabaseError."""
    target = backup_files.file_of(asked.database)
    remove_leftovers(target.parent)
    with backup_files.staging(asked.path, target) as staged:
        restore_checks.require_as_labelled(staged, asked.path, asked.said)
        backup_files.check_sqlite(staged)
        prepared = connect(str(staged), busy_seconds=asked.database.busy_seconds)
        try:
            done = _prepare(asked, prepared)
            replaced = _set_aside(asked)
            with prepared.reading() as session:
                restore_checks.require_same_use(session, replaced, asked.database.where)
                done["lost"] = restore_checks.newer_than(session, replaced, asked.database)
            with prepared.writing() as session:
                at = asked.clock.now()
                done["held_back"] = restore_checks.make_usable(session, at, replaced, asked.anchored)
        finally:
            prepared.close()
        backup_files.put_sqlite(staged, asked.database)
    return {"replaced": replaced.kept, **done}


def _prepare(asked: Restore, prepared: Database) -> dict[str, Any]:
    """Check the copy and bring it to the schema of this program."""
    with prepared.reading() as session:
        restore_checks.require_content_as_labelled(session, asked.path, asked.said)
    steps = migrate.upgrade(prepared)
    broken = restore_checks.breaks(prepared, asked.path, asked.despite_breaks)
    differing = schema_objects.differences(prepared)
    if differing and not asked.despite_breaks:
        raise UpkeepFailed("backup_altered", file=str(asked.path), objects=", ".join(differing))
    return {
        "migrations": tuple(step.revision for step in steps),
        "breaks": tuple(broken),
        "altered": tuple(differing),
    }


def _set_aside(asked: Restore) -> Replaced:
    """Keep what stands there: as a backup of its own, or under another name when it is damaged."""
    database = asked.database
    kept = backup_files.file_of(database).with_name(asked.name_before)
    try:
        if backup_files.is_empty(database):
            return Replaced()
        if not asked.force:
            raise UpkeepFailed("restore_over", where=database.where)
        made = backup(database, asked.clock, kept)
        replaced = restore_checks.remember(database, str(kept))
        _require_unchanged(database, made.entries, kept)
    except DatabaseError as trouble:
        if trouble.code not in ("not_a_database", "damaged"):
            raise
        if not asked.force:
            raise UpkeepFailed("restore_over", where=database.where) from trouble
        database.close()
        return Replaced(str(backup_files.move_aside(backup_files.file_of(database), kept.name)))
    database.close()
    return replaced


def _require_unchanged(database: Database, entries: int, kept: Path) -> None:
    """Raises UpkeepFailed where somebody went on working after the copy was made."""
    with database.reading() as session:
        if content_of(session)["entries"] != entries:
            raise UpkeepFailed("restore_worked_on", where=database.where, kept=str(kept))
