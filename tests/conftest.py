"""What every test may ask for: an empty database on each engine, and an environment that is nobody's own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import words
from tests.databases import POSTGRES_URL, postgres_database, postgres_server

pytest_plugins = ["tests.no_skips"]

# Shared machines are slow at times: no deadline. CI draws the same examples each time: red means broken.
settings.register_profile("ducha", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("ducha")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of flows stay in one process, where they share one Prefect server."""
    for item in items:
        if Path(__file__).parent / "flows" in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("prefect"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if postgres_server() is None:
        terminalreporter.write_line(f"PostgreSQL was not tested: set {POSTGRES_URL} to test it too.")


@pytest.fixture(autouse=True)
def nobodys_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The product's own settings of whoever runs the tests are out of sight, and it speaks Chinese."""
    for name in os.environ:
        if name.startswith("DUCHA_") and not name.startswith("DUCHA_TEST_"):
            monkeypatch.delenv(name)
    words.use("zh")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'ducha.db'}"


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """An empty PostgreSQL database, dropped after the test."""
    server = postgres_server()
    if server is None:
        pytest.skip(f"{POSTGRES_URL} names no PostgreSQL server")
    with postgres_database(server) as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database, the test being run once on each engine."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url
