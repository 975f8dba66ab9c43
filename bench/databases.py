"""Fresh databases to measure on: an SQLite file, and PostgreSQL where DUCHA_TEST_POSTGRES_URL names one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from storage import migrate
from storage.engine import Database, connect

POSTGRES = "DUCHA_TEST_POSTGRES_URL"
_numbers = count(1)


@contextmanager
def fresh_databases() -> Iterator[dict[str, Database]]:
    """A migrated, empty database of each kind that can be had, by its name."""
    with tempfile.TemporaryDirectory() as folder, _postgres() as postgres:
        found = {"SQLite": _made(str(Path(folder) / "bench.db"))}
        if postgres is not None:
            found["PostgreSQL"] = _made(postgres)
        try:
            yield found
        finally:
            for database in found.values():
                database.close()


@contextmanager
def fresh_database(kind: str) -> Iterator[Database]:
    """A migrated, empty database of one kind, SQLite or PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder, _postgres() if kind == "PostgreSQL" else nullcontext() as postgres:
        database = _made(postgres or str(Path(folder) / "bench.db"))
        try:
            yield database
        finally:
            database.close()


def _made(url: str) -> Database:
    database = connect(url, create=True)
    migrate.upgrade(database)
    return database


@contextmanager
def _postgres() -> Iterator[str | None]:
    url = os.environ.get(POSTGRES)
    if not url:
        yield None
        return
    name = f"ducha_bench_{os.getpid()}_{next(_numbers)}"
    owner = create_engine(url, isolation_level="AUTOCOMMIT")
    with owner.connect() as session:
        session.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(url).set(database=name).render_as_string(hide_password=False)
    finally:
        with owner.connect() as session:
            session.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        owner.dispose()
