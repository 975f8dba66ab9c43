"""The work that every contestant does, the durable database it is done in, and the check that it was done."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import psycopg
from sqlalchemy import Engine, create_engine, event

from storage.engine import Database

STATES: Final = (
    "drafted", "submitted", "approved", "planned", "filed", "staffed", "trained", "prepared", "under_way",
    "fed_back", "reported", "consolidated", "consented", "published",
)  # fmt: skip
EVENTS: Final = (
    "submit", "approve", "plan", "file", "staff", "train", "prepare", "start",
    "feed_back", "report", "consolidate", "consent", "publish",
)  # fmt: skip
STEPS: Final = tuple(zip(EVENTS, STATES, STATES[1:], strict=False))
DESTINATIONS: Final = {(event, source): target for event, source, target in STEPS}
WARM_UP: Final = 2
"""Cases that are run before the clock starts."""

_CREATE: Final = (
    "CREATE TABLE peer_case (id INTEGER PRIMARY KEY, state TEXT NOT NULL)",
    "CREATE TABLE peer_history (id {serial} PRIMARY KEY, case_id INTEGER NOT NULL, event TEXT NOT NULL,"
    " source TEXT NOT NULL, target TEXT NOT NULL, at REAL NOT NULL)",
)
_PUBLISHED: Final = "SELECT count(*) FROM peer_case WHERE state = 'published'"
_HISTORY: Final = "SELECT count(*), count(DISTINCT case_id || event) FROM peer_history"


class Timings(NamedTuple):
    """Seconds of each act after the warm-up, and the CPU seconds of all of them."""

    acts: list[float]
    cpu: float


@dataclass(frozen=True)
class Store:
    """Where a contestant keeps its cases: with the driver and the durable settings that ducha itself uses there."""

    database: Database

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a file of SQLite; otherwise it is PostgreSQL."""
        return self.database.is_sqlite

    @property
    def path(self) -> str:
        """The file of SQLite."""
        return str(self.database.engine.url.database)

    def connect(self) -> Any:
        """A connection of the bare driver."""
        if self.is_sqlite:
            connection = self.module.connect(self.path)
            self._prepare(connection)
            return connection
        return psycopg.connect(self._url.replace("+psycopg", ""))

    def engine(self) -> Engine:
        """An engine of SQLAlchemy, as an application would make it."""
        if not self.is_sqlite:
            return create_engine(self._url)
        engine = create_engine(f"sqlite:///{self.path}", module=self.module)
        event.listen(engine, "connect", lambda connection, _: self._prepare(connection))
        return engine

    def create_tables(self) -> None:
        """The tables of the cases and of their history."""
        connection = self.connect()
        for statement in _CREATE:
            connection.execute(statement.format(serial="INTEGER" if self.is_sqlite else "SERIAL"))
        connection.commit()
        connection.close()

    def settings(self) -> str:
        """The settings in force, asked of a connection: ``WAL/FULL``."""
        if not self.is_sqlite:
            return "synchronous_commit=on"
        mode, level = self._pragmas()
        return f"{mode.upper()}/{('OFF', 'NORMAL', 'FULL', 'EXTRA')[level]}"

    @property
    def _url(self) -> str:
        return self.database.engine.url.render_as_string(hide_password=False)

    @property
    def module(self) -> Any:
        """The driver's module."""
        return self.database.engine.dialect.dbapi

    def _pragmas(self) -> tuple[str, int]:
        with self.database.engine.connect() as session:
            mode, level = (session.exec_driver_sql(f"PRAGMA {name}") for name in ("journal_mode", "synchronous"))
            return str(mode.scalar_one()), int(level.scalar_one())

    def _prepare(self, connection: Any) -> None:
        mode, level = self._pragmas()
        connection.execute(f"PRAGMA journal_mode={mode}")
        connection.execute(f"PRAGMA synchronous={level}")


def permit(*_args: object, **_named: object) -> bool:
    """The guard of every act."""
    permit.calls += 1  # type: ignore[attr-defined]
    return True


permit.calls = 0  # type: ignore[attr-defined]


def run_cases(cases: int, start: Callable[[int], object], act: Callable[[int, str], object]) -> Timings:
    """Time every act of the cases, one case after another; starting a case is not timed."""
    acts: list[float] = []
    cpu = 0.0
    for case in range(1, WARM_UP + cases + 1):
        start(case)
        began_cpu, timed = time.process_time(), []
        for name in EVENTS:
            began = time.perf_counter()
            act(case, name)
            timed.append(time.perf_counter() - began)
        if case > WARM_UP:
            acts += timed
            cpu += time.process_time() - began_cpu
    return Timings(acts, cpu)


def verify(store: Store, cases: int) -> None:
    """Read the database again. Raises SystemExit unless all of the work was done."""
    total = cases + WARM_UP
    connection = store.connect()
    published = connection.execute(_PUBLISHED).fetchone()[0]
    history = tuple(connection.execute(_HISTORY).fetchone())
    connection.close()
    done = (published, *history, permit.calls)  # type: ignore[attr-defined]
    if done != (total, *3 * (total * len(EVENTS),)):
        raise SystemExit(f"cases published, history rows, distinct ones, guards asked: {done} for {total} cases")
