"""What every test may ask for: an empty database on each engine, and an environment that is nobody's own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy.engine import URL

import messages
import telemetry
from storage.engine import Database, connect, open_database
from storage.migrate import upgrade
from tests.databases import POSTGRES_URL, postgres_database, postgres_server

pytest_plugins = ["tests.no_skips"]

# Shared machines are slow at times: no deadline. CI draws the same examples each time: red means broken.
settings.register_profile("ducha", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("ducha")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if postgres_server() is None:
        terminalreporter.write_line(f"PostgreSQL was not tested: set {POSTGRES_URL} to test it too.")


@pytest.fixture(autouse=True)
def nobodys_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The product's own settings of whoever runs the tests are out of sight; it speaks Chinese and keeps no log."""
    for name in list(os.environ):
        if name.startswith("DUCHA_") and not name.startswith("DUCHA_TEST_"):
            monkeypatch.delenv(name)
    messages.set_language("zh")
    with telemetry.logging_to(None):
        yield


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'ducha.db'}"


@pytest.fixture(scope="session")
def postgresql_server() -> URL:
    """The PostgreSQL server for tests; without one the test is skipped."""
    server = postgres_server()
    if server is None:
        pytest.skip(f"{POSTGRES_URL} names no PostgreSQL server")
    return server


@pytest.fixture
def postgresql_url(postgresql_server: URL) -> Iterator[str]:
    """An empty PostgreSQL database, dropped after the test."""
    with postgres_database(postgresql_server) as url:
        yield spelt(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database, the test being run once on each engine."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with every table and no row, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "ducha.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: URL) -> Iterator[URL]:
    """A PostgreSQL database with every table and no row, to be copied."""
    with postgres_database(postgresql_server) as url:
        migrate(spelt(url))
        yield url


@pytest.fixture
def sqlite_database(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    """An SQLite database with every table and no row."""
    database = open_database(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'ducha.db')}")
    yield database
    database.close()


@pytest.fixture
def postgresql_database(postgresql_server: URL, migrated_postgresql: URL) -> Iterator[Database]:
    """A PostgreSQL database with every table and no row, dropped after the test."""
    with postgres_database(postgresql_server, template=str(migrated_postgresql.database)) as url:
        database = open_database(spelt(url))
        yield database
        database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """A database with every table and no row, the test being run once on each engine."""
    database: Database = request.getfixturevalue(f"{request.param}_database")
    return database


def migrate(url: str) -> None:
    database = connect(url, create=True)
    upgrade(database)
    database.close()


def spelt(url: URL) -> str:
    return url.render_as_string(hide_password=False)
