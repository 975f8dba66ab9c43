"""A database ready for work, on each engine: migrated once, then copied (SQLite) or emptied (PostgreSQL) for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete

from storage import migrate
from storage.engine import Database, connect, open_database
from storage.rows import Row
from tests.databases import POSTGRES_URL, postgres_database, postgres_server


def _migrated(url: str) -> str:
    database = connect(url, create=True)
    migrate.upgrade(database)
    database.close()
    return url


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> str:
    return _migrated(str(tmp_path_factory.mktemp("migrated") / "ducha.db"))


@pytest.fixture(scope="session")
def migrated_postgres() -> Iterator[str]:
    server = postgres_server()
    if server is None:
        pytest.skip(f"{POSTGRES_URL} names no PostgreSQL server")
    with postgres_database(server) as url:
        yield _migrated(url.render_as_string(hide_password=False))


@pytest.fixture(params=["sqlite", "postgresql"])
def ready_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with the schema, which stays as it is, and nothing in it."""
    if request.param == "sqlite":
        yield str(shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "ducha.db"))
        return
    url: str = request.getfixturevalue("migrated_postgres")
    yield url
    database = connect(url)
    with database.writing() as session:
        for table in reversed(Row.metadata.sorted_tables):
            session.execute(delete(table))
    database.close()


@pytest.fixture
def own_url(database_url: str) -> str:
    """The address of a database with the schema and nothing in it, whose schema a test may change."""
    return _migrated(database_url)


@pytest.fixture
def database(ready_url: str) -> Iterator[Database]:
    """A database with the schema and nothing in it."""
    database = open_database(ready_url)
    yield database
    database.close()


@pytest.fixture
def own_database(own_url: str) -> Iterator[Database]:
    """A database whose schema a test may change."""
    database = open_database(own_url)
    yield database
    database.close()
