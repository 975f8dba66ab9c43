"""The database of cases, made at the first start with the units and accounts the product carries."""

from __future__ import annotations

from pathlib import Path

from casework.administration import jurisdiction_setup
from casework.clock import SystemClock
from operations.atomic_files import remove_leftovers
from storage import migrate
from storage.engine import connect, open_database
from storage.errors import DatabaseError

NOT_YET = frozenset({"missing", "empty"})
"""The database is still to be made; anything else that is wrong with it is for people to decide."""


def database_url(named: str) -> str:
    """The database of cases as every process finds it, whichever directory it runs in."""
    path = named.removeprefix("sqlite:///")
    return named if "://" in path else f"sqlite:///{Path(path).absolute()}"


def clean_up(url: str) -> None:
    """Remove what killed backups and restores left beside a database file."""
    if url.startswith("sqlite:///"):
        remove_leftovers(Path(url.removeprefix("sqlite:///")).parent)


def found(url: str, busy_seconds: float) -> bool:
    """Make the database if there is none; says whether it was made. Raises DatabaseTrouble."""
    try:
        open_database(url, busy_seconds=busy_seconds).close()
    except DatabaseError as trouble:
        if trouble.code not in NOT_YET:
            raise
    else:
        return False
    database = connect(url, create=True, busy_seconds=busy_seconds)
    try:
        migrate.upgrade(database)
        with database.writing() as session:
            jurisdiction_setup.set_up(session, clock=SystemClock())
    finally:
        database.close()
    return True
