"""The database at the edge: opened once, then one transaction per act, committed on the way out.

SQLite: foreign keys on, ``BEGIN IMMEDIATE`` for writers, ``BEGIN`` for readers, a journal mode that loses nothing in a
power cut. PostgreSQL: READ COMMITTED with guard rows for writers, one snapshot for readers. Nothing slow (network,
files, people) belongs inside a transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError

import telemetry
from settings import Settings
from storage import failpoints, schema
from storage.errors import DatabaseError, database_error_of

Session: TypeAlias = Connection
"""One transaction. Functions of this package take it and never commit it."""

BUSY_SECONDS: Final = float(Settings.busy_seconds.default)
"""How long to wait for another writer before giving up, unless set."""

_JOURNAL_KEPT: Final = 4 * 1024 * 1024
"""How much of a persistent journal is kept after a large transaction, in bytes."""


@dataclass(frozen=True)
class Database:
    """An open database. ``where`` names it to people, without its password."""

    engine: Engine
    where: str
    busy_seconds: float

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a file of SQLite; otherwise it is PostgreSQL."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that may change things: committed at the end, rolled back if anything is raised."""
        with self._spoken(), telemetry.on_commit():
            with self.engine.begin() as session:
                _begin(session, write=True)
                yield session
                failpoints.reach("before_commit")
            failpoints.reach("after_commit")

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that sees one state of the database and can change nothing."""
        with self._spoken(), self.engine.begin() as session:
            _begin(session, write=False)
            yield session

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def _spoken(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            trouble = database_error_of(error, self.where, self.busy_seconds)
            if trouble is None:
                raise
            raise trouble from error


def open_database(url: str, *, busy_seconds: float = BUSY_SECONDS) -> Database:
    """The database at this URL or path, ready for work. Raises DatabaseTrouble when it is not."""
    database = connect(url, busy_seconds=busy_seconds)
    try:
        with database.reading() as session:
            schema.require_current(session, database.where)
    except BaseException:
        database.close()
        raise
    return database


def connect(url: str, *, create: bool = False, busy_seconds: float = BUSY_SECONDS) -> Database:
    """The database at this URL or path, whatever it holds; ``create`` makes a missing SQLite file when it is written.

    ``busy_seconds`` is how long to wait for another writer. Raises DatabaseTrouble when the address is not one, or the
    file or its directory is not there.
    """
    parsed = _parse(url)
    where = _where(parsed)
    if parsed.get_backend_name() == "sqlite":
        _check_file(parsed, where, create)
        engine = create_engine(parsed, connect_args={"timeout": busy_seconds})
        event.listen(engine, "connect", _prepare_sqlite)
    else:
        options = f"{parsed.query.get('options', '')} -c timezone=UTC -c lock_timeout={int(busy_seconds * 1000)}"
        engine = create_engine(parsed, connect_args={"options": options, "connect_timeout": 10}, pool_pre_ping=True)
    return Database(engine, where, busy_seconds)


def durable_mode(version: tuple[int, int, int]) -> tuple[str, str]:
    """Journal mode and synchronous setting that lose no commit in a power cut under this SQLite.

    SQLite 3.7.0 to 3.51.2 can damage a write-ahead log that two connections reset at once, and so keep a rollback
    journal: a persistent one, which costs a third of one that is made and deleted for each commit.
    """
    return ("wal", "FULL") if version >= (3, 51, 3) else ("persist", "EXTRA")


def _parse(url: str) -> URL:
    if "://" not in url:
        return URL.create("sqlite", database=url)
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseError("bad_url", url) from None
    if parsed.get_backend_name() == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite":
        raise DatabaseError("bad_url", parsed.render_as_string())
    return parsed


def _where(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.set(query={}).render_as_string(hide_password=True)


def _check_file(url: URL, where: str, create: bool) -> None:
    """A missing file is said to be missing, instead of being made empty by looking at it."""
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        return
    path = Path(url.database)
    if not path.parent.is_dir():
        raise DatabaseError("no_directory", where, directory=str(path.parent))
    if path.is_dir():
        raise DatabaseError("is_directory", where)
    if not create and not path.exists():
        raise DatabaseError("missing", where)


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")
    mode, synchronous = durable_mode(sqlite3.sqlite_version_info)
    if connection.execute("PRAGMA journal_mode").fetchone()[0] not in (mode, "memory"):
        # A database that may only be read keeps the mode it has.
        with suppress(sqlite3.OperationalError):
            connection.execute(f"PRAGMA journal_mode={mode}")
    connection.execute(f"PRAGMA synchronous={synchronous}")
    connection.execute(f"PRAGMA journal_size_limit={_JOURNAL_KEPT}")


def _begin(session: Session, *, write: bool) -> None:
    """Begin on the driver itself: through SQLAlchemy it would be an event that slows down every statement."""
    driver: Any = session.connection.driver_connection
    if session.dialect.name == "sqlite":
        driver.execute(f"PRAGMA query_only={'OFF' if write else 'ON'}")
        driver.execute("BEGIN IMMEDIATE" if write else "BEGIN")
        return
    # Loaded already for this connection; who uses SQLite need not wait for it. Both go out with the first statement.
    from psycopg import IsolationLevel

    driver.read_only = None if write else True
    driver.isolation_level = None if write else IsolationLevel.REPEATABLE_READ
