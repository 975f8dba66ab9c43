"""The demo's own database: created when missing, never confused with a database in use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import event

from casework.administration import jurisdiction_setup
from casework.clock import FixedClock
from demo import people, progress_marker
from demo.errors import WrongDatabase
from demo.progress_marker import ProgressMarker
from demo.year_plan import YearPlan
from operations.atomic_files import make_own_directory
from storage import migrate, practice, sqlite_driver
from storage.engine import BUSY_SECONDS, Database, connect
from storage.people import units

DEFAULT: Final = str(Path("var", "demo.db"))


def default_for(jurisdiction: str) -> str:
    """The database of a demo where none is named: each jurisdiction has its own."""
    return DEFAULT if jurisdiction == people.JURISDICTION else DEFAULT.replace(".db", f"-{jurisdiction}.db")


BESIDE: Final = ("", "-journal", "-wal", "-shm")


@contextmanager
def opened(
    url: str, program: YearPlan, *, fresh: bool = False, busy_seconds: float = BUSY_SECONDS
) -> Iterator[tuple[Database, ProgressMarker]]:
    """The demo's database and how far it was played; ``fresh`` begins anew. Raises NoStage, DatabaseTrouble."""
    if Path(url).parent == Path(DEFAULT).parent:
        make_own_directory(Path(DEFAULT).parent)
    if fresh:
        _clear(url)
    database = _connected(url, busy_seconds)
    try:
        _played_before(database)
        migrate.upgrade(database)
        yield database, _founded(database, program)
    finally:
        database.close()


def _connected(url: str, busy_seconds: float) -> Database:
    """A power cut may cost a demo its database, for it can be played again: nothing waits for the disk."""
    database = connect(url, create=True, busy_seconds=busy_seconds)
    if database.is_sqlite:
        event.listen(database.engine, "connect", _hasten)
    return database


def _hasten(connection: sqlite_driver.Connection, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def _played_before(database: Database) -> ProgressMarker | None:
    """The bookmark, None in an empty database. Raises NoStage where people work."""
    if migrate.current(database) is None:
        return None
    with database.reading() as session:
        found = progress_marker.find(session)
        if found is None and units.is_any(session):
            raise WrongDatabase("not_a_demo", where=database.where)
    return found


def _founded(database: Database, program: YearPlan) -> ProgressMarker:
    """Units and accounts are entered with the first bookmark. Raises NoStage for a demo of something else."""
    with database.writing() as session:
        found = progress_marker.find(session)
        if found is None:
            jurisdiction_setup.set_up(session, program.jurisdiction, clock=FixedClock.on(next(iter(program.days))))
            found = ProgressMarker(program.year, program.fingerprint)
            progress_marker.keep(session, found)
            practice.stand_on(session, next(iter(program.days)))
    if found.year != program.year:
        raise WrongDatabase("other_year", where=database.where, year=found.year, wanted=program.year)
    if found.program != program.fingerprint:
        raise WrongDatabase("other_program", where=database.where)
    return found


def _clear(url: str) -> None:
    """Delete an earlier demo; never deletes anything else."""
    database = connect(url, create=True)
    try:
        if _played_before(database) is None:
            return
        if not database.is_sqlite:
            raise WrongDatabase("not_emptied", where=database.where)
    finally:
        database.close()
    for suffix in BESIDE:
        Path(database.where + suffix).unlink(missing_ok=True)
