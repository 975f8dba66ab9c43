"""The district of a simulation: fictitious units, and the people of Tongliang."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import event

import regulations
from casework.administration.jurisdiction_setup import set_up
from casework.clock import FixedClock
from casework.errors import CaseworkError
from regulations import Unit
from simulation.inspection.people import people_with_own_matters
from storage import migrate, sqlite_driver
from storage.engine import Database, connect
from storage.journal import account_journal
from storage.people import units

JURISDICTION: Final = "TL"
REGION: Final = "CN-CQ"
FIRST_DAY: Final = date(2024, 1, 2)
"""The day the district begins to work."""


class NotEmpty(CaseworkError):
    """The database is in use; a simulation needs an empty one."""

    area = "simulate"


def made_up_units(number: int) -> list[Unit]:
    """Fictitious townships."""
    return [Unit(f"M{n:05d}", f"模拟镇{n:05d}", "镇（街道）", JURISDICTION) for n in range(1, number + 1)]


def offices() -> list[Unit]:
    """The offices and departments of the real roster, from which the groups come; nobody inspects them."""
    return [unit for unit in regulations.jurisdiction(JURISDICTION).roster() if not unit.code.isdigit()]


def district(url: str, size: int) -> Database:
    """Set up a district of n units in an empty database. Raises NotEmpty, DatabaseTrouble.

    Commits do not wait for the disk: a simulation tests the rules, not durability.
    """
    database = connect(url, create=True)
    if database.is_sqlite:
        event.listen(database.engine, "connect", _hasten)
    try:
        _require_empty(database)
        migrate.upgrade(database)
        with database.writing() as session:
            made_up, clock = made_up_units(size), FixedClock.on(FIRST_DAY)
            set_up(session, JURISDICTION, [*made_up, *offices()], clock=clock)
            account_journal.enter(session, people_with_own_matters(JURISDICTION, made_up[0].code), "", clock.now())
    except BaseException:
        database.close()
        raise
    return database


def _require_empty(database: Database) -> None:
    if migrate.current(database) is None:
        return
    with database.reading() as session:
        if units.roster(session, JURISDICTION):
            raise NotEmpty("not_empty", where=database.where)


def _hasten(connection: sqlite_driver.Connection, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")
