"""Restoring into PostgreSQL: prepared in a schema of its own, then switched in one transaction.

That transaction is open from the beginning: it keeps a second restore away. Writers are kept away from the moment at
which what stands there is copied.
"""

from __future__ import annotations

from typing import Any

from casework.errors import UpkeepFailed
from operations import restore_checks
from operations.backups import backup
from operations.restore_checks import Replaced
from operations.restore_models import Restore
from storage import backup_files, migrate, postgresql_restore
from storage.engine import Database, Session


def put(asked: Restore) -> dict[str, Any]:
    """Put the backup in the place of the database. Raises UpkeepFailed, CopyFailed, DatabaseError."""
    restore_checks.require_as_labelled(asked.path, asked.path, asked.said)
    with asked.database.writing() as session:
        others = backup_files.others_at_work(session)
        if others or not postgresql_restore.lock(session):
            raise UpkeepFailed("restore_in_use", where=asked.database.where, count=others or 1)
        _require_force(asked)
        try:
            return _put(asked, session)
        except UpkeepFailed:
            session.rollback()
            _forget(asked.database)
            raise


def _put(asked: Restore, session: Session) -> dict[str, Any]:
    postgresql_restore.prepare_extension(asked.database)
    with postgresql_restore.staging(asked.database) as staged:
        done = _prepare(asked, staged)
        replaced = _set_aside(asked, session)
        with staged.reading() as prepared:
            restore_checks.require_same_use(prepared, replaced, asked.database.where)
            lost = restore_checks.newer_than(prepared, replaced, asked.database)
    postgresql_restore.switch(session)
    held_back = restore_checks.make_usable(session, asked.clock.now(), replaced, asked.anchored)
    return {"replaced": replaced.kept, "lost": lost, "held_back": held_back, **done}


def _prepare(asked: Restore, staged: Database) -> dict[str, Any]:
    """Load the backup, unless an attempt that ended early has done so, and bring it to the schema of this program."""
    path, said = asked.path, asked.said
    with staged.reading() as session:
        loaded = postgresql_restore.is_loaded(session, said.sha256)
    if not loaded:
        postgresql_restore.load(
            path,
            staged,
            said.schema_,
            said.sha256,
            lambda session: restore_checks.require_content_as_labelled(session, path, said),
        )
    steps = migrate.upgrade(staged)
    broken = restore_checks.breaks(staged, path, asked.despite_breaks)
    return {"migrations": tuple(step.revision for step in steps), "breaks": tuple(broken), "altered": ()}


def _require_force(asked: Restore) -> None:
    if not asked.force and not backup_files.is_empty(asked.database):
        raise UpkeepFailed("restore_over", where=asked.database.where)


def _set_aside(asked: Restore, session: Session) -> Replaced:
    """Keep what stands there, as a backup, or in another schema where a restore of an earlier version was killed."""
    database = asked.database
    if backup_files.is_empty(database):
        return Replaced()
    if postgresql_restore.is_half_restored(session):
        postgresql_restore.move_aside(session, asked.name_before)
        return Replaced(asked.name_before)
    postgresql_restore.lock_tables(session)
    kept = asked.path.with_name(asked.name_before)
    backup(database, asked.clock, kept)
    return restore_checks.remember(database, str(kept))


def _forget(database: Database) -> None:
    """Remove what was prepared of a backup that is refused."""
    with database.writing() as session:
        postgresql_restore.drop(session)
