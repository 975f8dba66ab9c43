"""Copies of a whole database and back: SQLite by itself, PostgreSQL through its own programs.

A copy of an SQLite file is complete in itself: it holds what was committed to the write-ahead log as well, and is in a
rollback mode, so that it can be read where nothing can be written.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any, Final

from sqlalchemy import inspect, text

from storage import failpoints, private_files
from storage.engine import Database, Session, connect
from storage.errors import DatabaseError, database_error_of
from storage.postgresql_programs import CopyFailed, run
from storage.sqlite_driver import Connection, driver, open_file

_BUSY: Final = (driver().SQLITE_BUSY, driver().SQLITE_LOCKED)
STAGING: Final = "ducha_restoring"
"""The schema of PostgreSQL in which a backup is prepared; it is no part of the database."""
_COMPANION_SUFFIXES: Final = ("-journal", "-wal", "-shm")
"""Files that belong to a database file: a journal left beside another file would damage that."""


def copy_out(database: Database, session: Session, target: Path) -> None:
    """Write the database as this reading transaction sees it into a file, and look whether it can be read.

    Raises CopyFailed, DatabaseTrouble.
    """
    if database.is_sqlite:
        _copy_to_single_file(session, target, database)
        return
    snapshot = session.execute(text("SELECT pg_export_snapshot()")).scalar_one()
    schema = session.execute(text("SELECT quote_ident(current_schema())")).scalar_one()
    options = ["-Fc", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--schema={schema}"]
    run("pg_dump", [*options, f"--file={target}"], database.engine.url)
    run("pg_restore", ["--list", str(target)])


@contextmanager
def reading_snapshot(database: Database) -> Iterator[Database]:
    """The database as it is now, to be read for minutes while others go on writing.

    With a write-ahead log a reader holds nobody up. With a rollback journal nobody can commit while somebody reads:
    the file is then read from a copy, made in a moment.
    """
    if not database.is_sqlite or _keeps_wal(database):
        yield database
        return
    with TemporaryDirectory(prefix="ducha-") as folder:
        copy = Path(folder) / "copy.db"
        with database.reading() as session:
            _copy_to_single_file(session, copy, database, lasting=False)
        copied = connect(str(copy), busy_seconds=database.busy_seconds)
        try:
            yield copied
        finally:
            copied.close()


def check_sqlite(file: Path) -> None:
    """Raises CopyFailed unless the file is a database whose every page and reference is whole."""
    try:
        with closing(open_file(file)) as connection:
            [(answer,), *_] = connection.execute("PRAGMA integrity_check").fetchall()
            if answer != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
                raise CopyFailed("copy_damaged", file=str(file), detail=answer)
    except driver().DatabaseError as error:
        raise CopyFailed("copy_damaged", file=str(file), detail=str(error)) from error


def put_sqlite(staged: Path, database: Database) -> None:
    """Put a prepared file in the place of a database, in one transaction visible to all open connections.

    It keeps the journal mode that it has: nobody can change that while others have it open.
    """
    failpoints.reach("before_commit")
    with closing(open_file(staged)) as source, _opened(file_of(database), database) as target:
        _copy_sqlite(source, target, database)
    failpoints.reach("after_commit")


def is_empty(database: Database) -> bool:
    """Whether there is nothing in the database yet."""
    if database.is_sqlite and not file_of(database).exists():
        return True
    with database.reading() as session:
        return not inspect(session).get_table_names()


def others_at_work(session: Session) -> int:
    """How many other connections the database has; SQLite cannot tell."""
    if session.dialect.name == "sqlite":
        return 0
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    return int(session.execute(text(query)).scalar_one())


def file_of(database: Database) -> Path:
    """The file of an SQLite database."""
    return Path(str(database.engine.url.database))


def move_aside(file: Path, name: str) -> Path:
    """Give a damaged database file, and what belongs to it, another name."""
    for suffix in (*_COMPANION_SUFFIXES, ""):
        companion = file.with_name(file.name + suffix)
        if companion.exists():
            companion.rename(file.with_name(name + suffix))
    return file.with_name(name)


@contextmanager
def staging(source: Path, target: Path) -> Iterator[Path]:
    """A copy of a file beside the database that it is to become, gone at the end."""
    staged = target.with_name(f".{target.name}.{os.getpid()}.restoring")
    try:
        shutil.copyfile(source, staged)
        staged.chmod(0o600)
        yield staged
    finally:
        for suffix in ("", *_COMPANION_SUFFIXES):
            staged.with_name(staged.name + suffix).unlink(missing_ok=True)


def _keeps_wal(database: Database) -> bool:
    with database.reading() as session:
        return bool(session.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal")


def _copy_to_single_file(session: Session, target: Path, database: Database, *, lasting: bool = True) -> None:
    """Copy what this transaction sees into a file that needs no other file beside it."""
    source: Any = session.connection.driver_connection
    with _opened(target, database) as into:
        if not lasting:
            into.execute("PRAGMA synchronous=OFF")
        _copy_sqlite(source, into, database)
        into.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def _opened(target: Path, database: Database) -> Iterator[Connection]:
    """A connection to the file that is copied into; SQLite errors become a DatabaseError."""
    private_files.make_file(target)
    private_files.restrict(target)
    try:
        with closing(open_file(target, database.busy_seconds)) as into:
            into.execute("PRAGMA synchronous=EXTRA")
            yield into
    except driver().Error as error:
        raise database_error_of(error, str(target), database.busy_seconds) or error from error


def _copy_sqlite(source: Connection, target: Connection, database: Database) -> None:
    """Copy in one step: a stepwise backup restarts whenever somebody writes."""
    until = monotonic() + database.busy_seconds

    def stop_when_late(status: int, _remaining: int, _total: int) -> None:
        if status in _BUSY and monotonic() > until:
            raise DatabaseError("locked", database.where, seconds=f"{database.busy_seconds:g}")

    source.backup(target, pages=-1, progress=stop_when_late)
