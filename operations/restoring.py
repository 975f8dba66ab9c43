"""Putting a backup in the place of the database.

What is restored is prepared and checked first: whole, what its label says, brought to the schema of this program, every
chain of its journal holding, and whatever waited in it held back, so that nothing is followed up or mailed a second
time. What stood in its place is backed up before. What was done since the backup is lost to the database, and said.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import messages
from casework.clock import Clock
from casework.errors import UpkeepFailed
from operations import restore_postgresql, restore_sqlite
from operations.anchors import anchor_files, anchoring
from operations.anchors.anchor_files import AnchorBroken, AnchorSettings
from operations.anchors.anchor_models import BreakView
from operations.atomic_files import remove_leftovers
from operations.backup_models import BackupLabel, RestoreResult
from operations.backups import backup_errors, read_label
from operations.restore_models import Restore
from storage import schema
from storage.engine import BUSY_SECONDS, Database, connect
from storage.journal import chain_heads
from storage.journal.chain_heads import Head


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
        remove_leftovers(path.parent)
        asked = Restore(database, clock, path, said, _remembered(said, where), force, despite_breaks)
        with backup_errors(path):
            done = (restore_sqlite if database.is_sqlite else restore_postgresql).put(asked)
        anchored = _anchored(database, clock, said, where, done.pop("lost"))
        return RestoreResult(database=database.where, backup=str(path), made_at=said.made_at, **done, **anchored)
    finally:
        database.close()


def _remembered(said: BackupLabel, where: AnchorSettings) -> list[Head]:
    """What the last anchor remembers; nothing where it cannot be read, which is said in the end."""
    files = anchor_files.kept(where, said.identity) if said.identity else []
    try:
        return list(anchor_files.read(files[-1], where.key()).heads()) if files else []
    except (AnchorBroken, UpkeepFailed):
        return []


def _anchored(
    database: Database, clock: Clock, said: BackupLabel, where: AnchorSettings, lost: tuple[BreakView, ...]
) -> dict[str, Any]:
    """What is lost, as the replaced database and the last anchor remember it; the anchors then begin anew."""
    if said.identity is None or not anchor_files.kept(where, said.identity):
        return {"lost": lost, "anchor": None}
    try:
        last = anchoring.newest_here(database, where)
        assert last is not None
        with database.reading() as session:
            found = chain_heads.compare(session, last.heads(), last.at)
            remembered = [anchoring.break_view(one) for one in found]
        cases = {one.case for one in lost}
        lost += tuple(one for one in remembered if one.case not in cases)
        anew = messages.text("upkeep.anew_restored", made_at=said.made_at.isoformat(), sha256=said.sha256[:16])
        return {"lost": lost, "anchor": anchoring.anchor(database, clock, where, anew=anew)}
    except UpkeepFailed as error:
        # The database is restored all the same; what is wrong with the anchors is for a person to see to.
        return {"lost": lost, "anchor": None, "anchor_trouble": error.view()}
