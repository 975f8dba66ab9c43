"""The database at the edge: opened once, then one transaction per act, committed on the way out.

SQLite: foreign keys on, ``BEGIN IMMEDIATE`` for writers, ``BEGIN`` for readers, a journal mode that loses nothing in a
power cut (``storage.sqlite_driver`` says which library). PostgreSQL: READ COMMITTED with guard rows for writers, one
snapshot for readers. Nothing slow (network, files, people) belongs inside a transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Engine, Pool, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError

import telemetry
from settings import Settings
from storage import failpoints, schema, sqlite_driver, statements
from storage.errors import DatabaseError, database_error_of
from storage.held_cases import HELD_CASES, HeldCases
from storage.hidden_rows import Hidden, hide
from storage.idle_connections import ping_after_pause

Session: TypeAlias = Connection
"""One transaction. Functions of this package take it and never commit it."""

BUSY_SECONDS: Final = float(Settings.busy_seconds.default)
"""How long to wait for another writer before giving up, unless set."""

_JOURNAL_KEPT: Final = 4 * 1024 * 1024
"""How much of a journal is kept after a large transaction, in bytes."""
_LOG_PAGES: Final = 400
"""Pages of a write-ahead log before it is written back; in a longer one SQLite takes longer to find a page."""
_STATEMENTS_KEPT: Final = 1000
"""Statements a connection of SQLite keeps prepared; with the 100 it keeps by itself, acts soon prepare all anew."""
_QUERY_ONLY: Final = "query_only"
"""Under this name a connection remembers whether it refuses to write."""


@dataclass
class Database:
    """An open database. ``where`` names it to people, without its password.

    ``readers`` are connections of their own for reading a file of SQLite, which refuse to write all their life.
    Switching that makes SQLite prepare all statements of the connection again, which costs more than they do.
    ``hidden`` rows are kept from readers (``storage.row_checks``).
    """

    engine: Engine
    where: str
    busy_seconds: float
    readers: Pool | None = None
    hidden: Hidden = ()

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a file of SQLite; otherwise it is PostgreSQL."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that may change things: committed at the end, rolled back if anything is raised."""
        with self._spoken(), telemetry.on_commit():
            with self.engine.connect() as session, _begun_to_write(session), session.begin():
                yield session
                failpoints.reach("before_commit")
                statements.commit(session)
            failpoints.reach("after_commit")

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that sees one state of the database and can change nothing."""
        with self._spoken(), self._reader() as session:
            if self.hidden:
                hide(session, self.hidden)
            with _begun_to_read(session), session.begin():
                yield session

    def close(self) -> None:
        """Close every connection. The last one to a file writes its log back, so it must not be a reader."""
        if self.readers is not None:
            self.readers.dispose()
        self.engine.dispose()
        if self.readers is not None:
            self.readers = self.engine.pool.recreate()

    def _reader(self) -> Session:
        if self.readers is None:
            return self.engine.connect()
        return Connection(self.engine, connection=self.readers.connect())

    @contextmanager
    def _spoken(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite_driver.driver().Error) as error:
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
        of_driver = {"timeout": busy_seconds, "cached_statements": _STATEMENTS_KEPT}
        engine = create_engine(parsed, module=sqlite_driver.driver(), connect_args=of_driver)
        event.listen(engine, "do_connect", sqlite_driver.open_unwritable)
        if create:
            event.listen(engine, "do_connect", sqlite_driver.make_private)
        event.listen(engine, "connect", _prepare_sqlite)
        in_memory = parsed.database in (None, "", ":memory:")
        return Database(engine, where, busy_seconds, None if in_memory else engine.pool.recreate())
    options = f"{parsed.query.get('options', '')} -c timezone=UTC -c lock_timeout={int(busy_seconds * 1000)}"
    engine = create_engine(parsed, connect_args={"options": options, "connect_timeout": 10})
    ping_after_pause(engine)
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
        if not (parsed.database or {"dbname", "service"} & parsed.query.keys()):
            # Without a name libpq takes the database that is called like the user of the machine.
            raise DatabaseError("no_database_named", parsed.render_as_string())
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
    try:
        has_directory, is_directory, exists = path.parent.is_dir(), path.is_dir(), path.exists()
    except OSError:
        raise DatabaseError("path_too_long", where) from None
    if not has_directory:
        raise DatabaseError("no_directory", where, directory=str(path.parent))
    if is_directory:
        raise DatabaseError("is_directory", where)
    if not create and not exists:
        raise DatabaseError("missing", where)


def _prepare_sqlite(connection: sqlite_driver.Connection, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")
    mode, synchronous = durable_mode(sqlite_driver.sqlite_version())
    if connection.execute("PRAGMA journal_mode").fetchone()[0] not in (mode, "memory"):
        # A database that may only be read keeps the mode it has.
        with suppress(sqlite_driver.driver().OperationalError):
            connection.execute(f"PRAGMA journal_mode={mode}")
    connection.execute(f"PRAGMA synchronous={synchronous}")
    connection.execute(f"PRAGMA journal_size_limit={_JOURNAL_KEPT}")
    connection.execute(f"PRAGMA wal_autocheckpoint={_LOG_PAGES}")


# Both begin on the driver itself: through SQLAlchemy it would be an event that slows down every statement.


@contextmanager
def _begun_to_write(session: Session) -> Iterator[None]:
    driver: Any = session.connection.driver_connection
    session.info[HELD_CASES] = HeldCases()
    pipeline = None
    if session.dialect.name == "sqlite":
        _set_query_only(session, False)
        driver.execute("BEGIN IMMEDIATE")
    else:
        # Loaded already for this connection; who uses SQLite need not wait for it.
        from storage.pipelining import Pipeline

        pipeline = session.info[statements.PIPELINE] = Pipeline(driver)
    try:
        yield
    finally:
        if pipeline is not None:
            pipeline.close()
        if not session.invalidated:
            session.info.pop(statements.PIPELINE, None)
            del session.info[HELD_CASES]


@contextmanager
def _begun_to_read(session: Session) -> Iterator[None]:
    driver: Any = session.connection.driver_connection
    if session.dialect.name == "sqlite":
        _set_query_only(session, True)
        driver.execute("BEGIN")
        yield
        return
    from psycopg import IsolationLevel

    # BEGIN goes out before the first statement.
    driver.read_only = True
    driver.isolation_level = IsolationLevel.REPEATABLE_READ
    try:
        yield
    finally:
        if not driver.closed:
            driver.read_only = driver.isolation_level = None


def _set_query_only(session: Session, wanted: bool) -> None:
    """Let a connection of SQLite refuse to write, or no longer; it is asked only where that changes."""
    remembered = session.connection.info
    if remembered.get(_QUERY_ONLY, False) is not wanted:
        driver: Any = session.connection.driver_connection
        driver.execute(f"PRAGMA query_only={'ON' if wanted else 'OFF'}")
        remembered[_QUERY_ONLY] = wanted
