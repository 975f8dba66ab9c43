"""A database ready for work, on each engine: copied for each test on SQLite, emptied after it on PostgreSQL.

Copying a PostgreSQL database syncs it to disk; these tests are many, and most leave the schema as it is.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlalchemy.engine import URL

from storage import migrate
from storage.engine import Database, connect, open_database
from storage.rows import Row
from tests.databases import hurried


@pytest.fixture
def ready_file(migrated_sqlite: Path, tmp_path: Path) -> Path:
    """An SQLite database with the schema and nothing in it."""
    return Path(shutil.copy(migrated_sqlite, tmp_path / "ducha.db"))


@pytest.fixture(params=["sqlite", "postgresql"])
def ready_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database with the schema, which stays as it is, and nothing in it."""
    if request.param == "sqlite":
        yield str(request.getfixturevalue("ready_file"))
        return
    migrated: URL = request.getfixturevalue("migrated_postgresql")
    url = migrated.render_as_string(hide_password=False)
    yield url
    database = connect(url)
    with database.writing() as session:
        for table in reversed(Row.metadata.sorted_tables):
            session.execute(delete(table))
    database.close()


@pytest.fixture
def database(ready_url: str) -> Iterator[Database]:
    """A database with the schema and nothing in it, which does not wait for the disk."""
    database = hurried(ready_url)
    yield database
    database.close()


@pytest.fixture
def own_url(database_url: str) -> str:
    """The address of a database with the schema and nothing in it, whose schema a test may change."""
    database = connect(database_url, create=True)
    migrate.upgrade(database)
    database.close()
    return database_url


@pytest.fixture
def own_database(own_url: str) -> Iterator[Database]:
    """A database whose schema a test may change."""
    database = open_database(own_url)
    yield database
    database.close()
