"""Putting a backup in the place of the database.

What is restored is prepared and checked first: whole, of a known schema, every chain of its journal holding, and
whatever waited in it held back, so that nothing is followed up or mailed a second time. What stood in its place is
backed up before. What was done since the backup is lost to the database, and said where an anchor remembers it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import messages
from casework.clock import SHANGHAI, Clock
from casework.errors import UpkeepFailed
from operations.anchors import anchor_files, anchoring
from operations.anchors.anchor_files import AnchorSettings
from operations.anchors.anchor_models import BreakView
from operations.backup_models import BackupLabel, HeldBackView, RestoreResult
from operations.backups import backup, backup_errors, read_label, sha256_of_file
from storage import backup_files, migrate, schema
from storage.engine import BUSY_SECONDS, Database, connect
from storage.errors import DatabaseError
from storage.journal import chain_heads, parallel_verification
from storage.messages import quarantine
from storage.messages.quarantine import HeldBack


def restore(
    url: str,
    clock: Clock,
    path: Path,
    where: AnchorSettings,
    *,
    force: bool = False,
    despite_breaks: bool = False,
    busy_seconds: float = BUSY_SECONDS,
) -> RestoreResult:
    """Restore a backup; ``force`` where a database stands already, ``despite_breaks`` though its journal is broken.

    Raises UpkeepFailed, DatabaseTrouble; the database that stood there is then untouched.
    """
    said = read_label(path)
    if said.schema_ not in schema.REVISIONS:
        raise UpkeepFailed("backup_newer", file=str(path), found=said.schema_, known=schema.REVISIONS[-1])
    database = connect(url, create=True, busy_seconds=busy_seconds)
    try:
        if said.engine != ("sqlite" if database.is_sqlite else "postgresql"):
            raise UpkeepFailed("backup_of_another_engine", file=str(path), engine=said.engine, where=database.where)
        with backup_errors(path):
            put = _put_sqlite if database.is_sqlite else _put_postgresql
            done = put(database, clock, path, said, force=force, despite_breaks=despite_breaks)
        anchored = _anchored(database, clock, said, where)
        return RestoreResult(database=database.where, backup=str(path), made_at=said.made_at, **done, **anchored)
    finally:
        database.close()


def _put_sqlite(
    database: Database, clock: Clock, path: Path, said: BackupLabel, *, force: bool, despite_breaks: bool
) -> dict[str, Any]:
    target = backup_files.file_of(database)
    with backup_files.staging(path, target) as staged:
        _check(staged, path, said)
        backup_files.check_sqlite(staged)
        prepared = connect(str(staged), busy_seconds=database.busy_seconds)
        try:
            steps = migrate.upgrade(prepared)
            broken = _breaks(prepared, path, despite_breaks)
            with prepared.writing() as session:
                held_back = quarantine.hold_back(session, clock.now())
        finally:
            prepared.close()
        replaced = _set_aside(database, clock, target.parent, force)
        backup_files.put_sqlite(staged, database)
    return _done(replaced, [step.revision for step in steps], broken, held_back)


def _put_postgresql(
    database: Database, clock: Clock, path: Path, said: BackupLabel, *, force: bool, despite_breaks: bool
) -> dict[str, Any]:
    _check(path, path, said)
    with database.reading() as session:
        others = backup_files.others_at_work(session)
    if others:
        raise UpkeepFailed("restore_in_use", where=database.where, count=others)
    replaced = _set_aside(database, clock, path.parent, force)
    backup_files.put_postgresql(path, database)
    try:
        with database.writing() as session:
            held_back = quarantine.hold_back(session, clock.now())
        broken = _breaks(database, path, despite_breaks)
    except BaseException:
        _put_back(database, replaced)
        raise
    with database.writing() as session:
        backup_files.put_revision(session, said.schema_)
    steps = migrate.upgrade(database)
    return _done(replaced, [step.revision for step in steps], broken, held_back)


def _put_back(database: Database, replaced: Path | None) -> None:
    """What stood there before, or nothing."""
    if replaced is not None:
        backup_files.put_postgresql(replaced, database)
    with database.writing() as session:
        if replaced is None:
            backup_files.clear(session)
        else:
            backup_files.put_revision(session, read_label(replaced).schema_)


def _check(file: Path, path: Path, said: BackupLabel) -> None:
    if (file.stat().st_size, sha256_of_file(file)) != (said.size, said.sha256):
        raise UpkeepFailed("backup_changed", file=str(path))


def _breaks(database: Database, path: Path, despite_breaks: bool) -> list[BreakView]:
    with database.reading() as session:
        broken = [anchoring.break_view(found) for found in parallel_verification.check(database, session).chains]
    if broken and not despite_breaks:
        raise UpkeepFailed("backup_broken", file=str(path), count=len(broken), first=broken[0].fact)
    return broken


def _set_aside(database: Database, clock: Clock, directory: Path, force: bool) -> Path | None:
    """Keep what stands there: as a backup of its own, or under another name when it is damaged."""
    name = str(database.engine.url.database).rpartition("/")[2]
    kept = directory / f"{name}.before-{clock.now().astimezone(SHANGHAI):%Y%m%dT%H%M%S}"
    try:
        if backup_files.is_empty(database):
            return None
        if not force:
            raise UpkeepFailed("restore_over", where=database.where)
        backup(database, clock, kept)
    except DatabaseError as trouble:
        if trouble.code not in ("not_a_database", "damaged"):
            raise
        if not force:
            raise UpkeepFailed("restore_over", where=database.where) from trouble
        database.close()
        return backup_files.move_aside(backup_files.file_of(database), kept.name)
    database.close()
    return kept


def _done(replaced: Path | None, migrations: list[str], broken: list[BreakView], held_back: HeldBack) -> dict[str, Any]:
    return {
        "replaced": str(replaced) if replaced else None,
        "migrations": tuple(migrations),
        "breaks": tuple(broken),
        "held_back": HeldBackView(acts=held_back.acts, mails=held_back.mails),
    }


def _anchored(database: Database, clock: Clock, said: BackupLabel, where: AnchorSettings) -> dict[str, Any]:
    """What the last anchor remembers and the backup does not have; the anchors then begin anew."""
    if said.identity is None or not anchor_files.kept(where, said.identity):
        return {"lost": (), "anchor": None}
    try:
        last = anchoring.newest_here(database, where)
        assert last is not None
        with database.reading() as session:
            found = chain_heads.compare(session, last.heads(), last.at)
            lost = tuple(anchoring.break_view(one) for one in found)
        anew = messages.text("upkeep.anew_restored", made_at=said.made_at.isoformat(), sha256=said.sha256[:16])
        return {"lost": lost, "anchor": anchoring.anchor(database, clock, where, anew=anew)}
    except UpkeepFailed as error:
        # The database is restored all the same; what is wrong with the anchors is for a person to see to.
        return {"lost": (), "anchor": None, "anchor_trouble": error.view()}
