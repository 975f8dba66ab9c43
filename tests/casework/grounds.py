"""Districts as chance finds them: prepared once, then put back in a moment as often as they are wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol, cast

from sqlalchemy import delete, func, insert, select, text

import regulations
from casework.administration.jurisdiction_setup import set_up
from casework.clock import SystemClock
from simulation.inspection.people import people_with_own_matters
from simulation.sandbox_db import offices
from storage.engine import Database, connect, open_database
from storage.journal import account_journal
from storage.migrate import upgrade
from storage.rows import Row
from storage.sqlite_driver import Connection, driver
from tests.casework.office import BACHUAN, DONGCHENG, NANCHENG, Office

ROSTER: Final = list(regulations.jurisdiction("TL").roster())[:5]
TABLES: Final = Row.metadata.sorted_tables
NUMBERED: Final = ("document", "frequency_use", "outbox", "notice")
"""Tables whose rows the database numbers."""
Rows = Mapping[str, list[dict[str, Any]]]


def _published(office: Office) -> None:
    office.special([BACHUAN, DONGCHENG], domain="特种设备")


def _several(office: Office) -> None:
    office.special([BACHUAN], to="submitted")
    office.inspection("comprehensive", [BACHUAN, DONGCHENG, NANCHENG], "consolidated")


def _looked_back(office: Office) -> None:
    parent = office.special([BACHUAN, DONGCHENG])
    office.inspection("look_back", [BACHUAN], "submitted", parent=parent)


GROUNDS: Final[Mapping[str, tuple[date, Callable[[Office], object]]]] = {
    "nothing": (date(2024, 1, 2), lambda office: None),
    "approved": (date(2025, 3, 3), lambda office: office.special([BACHUAN, DONGCHENG], to="approved")),
    "under_way": (
        date(2024, 9, 2),
        lambda office: office.inspection("comprehensive", [BACHUAN, DONGCHENG, NANCHENG], "under_way"),
    ),
    "several": (date(2025, 10, 9), _several),
    "looked_back": (date(2024, 3, 4), _looked_back),
    "published": (date(2024, 2, 18), _published),
}
"""How far the work has come before chance takes over, and the day it began."""


@dataclass(frozen=True)
class Prepared:
    """A district on a day, as the rows of its tables and as the bytes of SQLite."""

    day: date
    rows: Rows
    copy: Connection


class Ground(Protocol):
    """A database in which one prepared district after the other is put."""

    database: Database

    def put(self, prepared: Prepared) -> None:
        """Be this district, and nothing else."""

    def footprint(self) -> object:
        """All there is: equal only where nothing at all was changed."""


def prepare() -> dict[str, Prepared]:
    """Every ground, worked so far in memory."""
    database = connect("sqlite://", create=True)
    upgrade(database)
    with database.writing() as session:
        set_up(session, roster=[*ROSTER, *offices()], clock=SystemClock())
        account_journal.enter(session, people_with_own_matters("TL", BACHUAN), "", SystemClock().now())
    founded = _copied(database)
    done = {}
    for name, (day, work) in GROUNDS.items():
        founded.backup(_driver(database))
        office = Office(database, day)
        work(office)
        with database.reading() as session:
            rows = {table.name: [dict(row._mapping) for row in session.execute(select(table))] for table in TABLES}
        done[name] = Prepared(office.day, rows, _copied(database))
    database.close()
    return done


class InMemory:
    """SQLite in memory: a district is put back page by page."""

    def __init__(self, prepared: Mapping[str, Prepared]) -> None:
        self.database = connect("sqlite://", create=True)
        self.put(next(iter(prepared.values())))

    def put(self, prepared: Prepared) -> None:
        prepared.copy.backup(_driver(self.database))

    def footprint(self) -> object:
        raw = _driver(self.database)
        names = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return [raw.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall() for name in names]


class OnServer:
    """PostgreSQL: a district is put back row by row. It does not wait for the disk: what is tried is the rules."""

    def __init__(self, url: str) -> None:
        self.database = open_database(f"{url}{'&' if '?' in url else '?'}options=-c%20synchronous_commit%3Doff")

    def put(self, prepared: Prepared) -> None:
        with self.database.writing() as session:
            for table in reversed(TABLES):
                session.execute(delete(table))
            for table in TABLES:
                if rows := prepared.rows[table.name]:
                    session.execute(insert(table), rows)
            for name in NUMBERED:
                last = select(func.coalesce(func.max(text("id")), 0) + 1).select_from(text(name)).scalar_subquery()
                session.execute(select(func.setval(func.pg_get_serial_sequence(name, "id"), last, False)))

    def footprint(self) -> object:
        with self.database.reading() as session:
            return [list(session.execute(select(table).order_by(*table.primary_key.columns))) for table in TABLES]


@contextmanager
def ground_on(url: str | None, prepared: Mapping[str, Prepared]) -> Iterator[Ground]:
    """A ground on PostgreSQL, or in memory where no address is given."""
    ground: Ground = OnServer(url) if url else InMemory(prepared)
    yield ground
    ground.database.close()


def _driver(database: Database) -> Connection:
    """The one connection to a database in memory."""
    with database.engine.connect() as connection:
        return cast(Connection, connection.connection.driver_connection)


def _copied(database: Database) -> Connection:
    copy: Connection = driver().connect(":memory:", check_same_thread=False)
    _driver(database).backup(copy)
    return copy
