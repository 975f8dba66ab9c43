"""One Prefect server for the tests of flows in a process; each test gets a founded database of cases."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from prefect.server.api.server import SubprocessASGIServer
from prefect.settings import get_current_settings
from prefect.testing.utilities import prefect_test_harness

from casework.administration import jurisdiction_setup
from casework.clock import SystemClock
from flows.service.environment import HOST, PRIVACY, SQLITE_TUNING
from settings import Settings
from storage.engine import Database, open_database
from tests.casework.office import Office
from tests.house.repository import ROOT


def started(harness: SubprocessASGIServer) -> subprocess.Popen[bytes]:
    """The server as the service runs it, in place of Prefect's own, which is locked at times (decision 0140)."""
    server = ["uvicorn", "--factory", "flows.service.server:create_app", "--host", HOST, "--port", str(harness.port)]
    environ = {
        **os.environ,
        **SQLITE_TUNING,
        "PREFECT_UI_ENABLED": "0",
        **get_current_settings().to_environment_variables(exclude_unset=True),
    }
    return subprocess.Popen([sys.executable, "-m", *server, "--log-level", "error"], env=environ, cwd=ROOT)


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    """A Prefect server with an empty database that tells nobody of itself, ended with the session."""
    with pytest.MonkeyPatch.context() as environ, ExitStack() as stack:
        for name, value in PRIVACY.items():
            environ.setenv(name, value)
        environ.setattr(SubprocessASGIServer, "_run_uvicorn_command", started)
        stack.enter_context(prefect_test_harness(server_startup_timeout=120))
        yield


@pytest.fixture
def database(migrated_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """Tongliang's units and accounts, and no cases."""
    path = shutil.copy(migrated_sqlite, tmp_path / "ducha.db")
    monkeypatch.setenv(Settings.database_url.name, f"sqlite:///{path}")
    opened = open_database(str(path))
    with opened.writing() as session:
        jurisdiction_setup.set_up(session, clock=SystemClock())
    yield opened
    opened.close()


@pytest.fixture
def office(database: Database) -> Office:
    """The office whose cases the flows work on, in March 2026."""
    return Office(database)
