"""One Prefect server for all tests of flows, and a founded database of cases for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.testing.utilities import prefect_test_harness

from casework import founding
from flows.office import DATABASE_VARIABLE
from storage import migrate
from storage.engine import Database, connect


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    """A Prefect server with an empty database, ended with the session."""
    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """Tongliang's units and accounts, and no cases; the flows find it by the environment."""
    url = f"sqlite:///{tmp_path / 'ducha.db'}"
    monkeypatch.setenv(DATABASE_VARIABLE, url)
    opened = connect(url, create=True)
    migrate.upgrade(opened)
    with opened.writing() as session:
        founding.found(session)
    yield opened
    opened.close()
