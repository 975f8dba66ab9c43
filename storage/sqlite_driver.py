"""The one place that decides which SQLite library opens a database file.

``pysqlite3`` brings a newer SQLite with it; where its wheel does not fit (Linux on arm64), Python's own module serves.
Two SQLite libraries in one process must not open the same file: POSIX releases all of a process's locks on a file when
any descriptor of that file is closed, so each library would drop the locks of the other. Whatever opens a database
file therefore asks here; ``tests/house/test_sqlite_driver.py`` holds everybody to it.
"""

from __future__ import annotations

import os
from contextlib import closing
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import quote

from storage import private_files

if TYPE_CHECKING:
    import sqlite3

Connection: TypeAlias = "sqlite3.Connection"
"""A connection of the driver; both modules have the same interface."""

PREFERRED: Final = ("pysqlite3.dbapi2", "sqlite3")
"""The modules that can open a database file; the first that is installed is used."""


@cache
def driver() -> ModuleType:
    """The DB-API module that opens every database file in this process."""
    for name in PREFERRED:
        try:
            return import_module(name)
        except ImportError:
            continue
    raise ImportError("Python was built without SQLite")


def description() -> str:
    """The driver's name and version, as people look it up."""
    package = driver().__name__.partition(".")[0]
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} (Python {python_version()})"


def sqlite_version() -> tuple[int, int, int]:
    """The version of the SQLite library that the driver runs on."""
    major, minor, patch = driver().sqlite_version_info[:3]
    return major, minor, patch


def open_file(file: Path, timeout: float = 5.0) -> Connection:
    """A plain connection in autocommit mode, for copies and checks that work on a whole file."""
    connection: Connection = driver().connect(file, timeout=timeout, isolation_level=None)
    return connection


def open_unwritable(_dialect: Any, _record: Any, arguments: list[Any], options: dict[str, Any]) -> None:
    """Open a file that was closed in WAL mode, and lies where nothing can be written, as one that nobody changes.

    For SQLAlchemy's event ``do_connect``. Readers of a write-ahead log need its index beside the file and cannot make
    one there. As long as anybody who may write has the database open, the log is there, and this does nothing. SQLite
    itself is asked for the mode: were the file opened and closed by other means, this process would lose its locks.
    """
    path = Path(arguments[0])
    if options.get("uri") or not path.is_file() or os.access(path.parent, os.W_OK):
        return
    if any(Path(f"{path}{suffix}").exists() for suffix in ("-wal", "-journal")):
        return
    with closing(open_file(path)) as connection:
        try:
            connection.execute("PRAGMA schema_version")
        except driver().OperationalError as error:
            if error.sqlite_errorcode & 0xFF in (driver().SQLITE_CANTOPEN, driver().SQLITE_READONLY):
                arguments[0] = f"file:{quote(str(path))}?immutable=1"
                options["uri"] = True


def make_private(_dialect: Any, _record: Any, arguments: list[Any], options: dict[str, Any]) -> None:
    """Make a missing file before SQLite does, so that its owner alone can read it. For ``do_connect``."""
    if not options.get("uri") and arguments[0] not in ("", ":memory:"):
        private_files.make_file(Path(arguments[0]))
