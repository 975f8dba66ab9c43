"""Killed at a commit, before it or after it, and started again: the same journals and notices as if nothing had been.

Every failpoint is tried three times here and a hundred times in the bench (``bench.failpoints``), by processes that are
forked; processes started by their command line die at every fiftieth commit (``DUCHA_TEST_FAILPOINTS=all``: at each).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.administration.jurisdiction_setup import set_up
from casework.clock import SystemClock
from settings import Settings
from storage.engine import Database, connect, open_database
from storage.failpoints import DIED
from storage.journal import verification
from storage.migrate import upgrade
from tests.casework.dying import AT_OUTBOX, WHERE, Kept, Tally, applications_without_a_key, kept, years
from tests.databases import BOTH, hurried, on

ROOT = Path(__file__).parents[2]
EVERY = 1 if os.environ.get("DUCHA_TEST_FAILPOINTS") == "all" else 50

TIMES = 3


@pytest.fixture(params=["sqlite", "postgresql"])
def hurried_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database that does not wait for the disk: a killed process leaves that to the system."""
    ready: Database = request.getfixturevalue(f"{request.param}_database")
    database = hurried(ready.engine.url.render_as_string(hide_password=False))
    yield database
    database.close()


@on("hurried_database", *BOTH, slow=["postgresql"])
def test_killed_at_every_failpoint_nothing_is_lost_torn_or_doubled(hurried_database: Database) -> None:
    tally = Tally()
    assert list(years(hurried_database, TIMES, tally))[-1] == TIMES
    assert (tally.lost, tally.torn, tally.doubled) == (0, 0, 0)
    stages = [f"outbox: {stage}" for stage, _ in AT_OUTBOX]
    assert set(tally.kills) == {(point, where) for point in ("act", "publish", "sweep", *stages) for where in WHERE}
    assert min(tally.kills.values()) >= TIMES


def test_asked_again_without_a_request_key_it_is_done_twice(hurried_database: Database) -> None:
    assert applications_without_a_key(hurried_database) == 2


def founded(path: Path) -> Database:
    database = connect(str(path), create=True)
    upgrade(database)
    with database.writing() as session:
        set_up(session, clock=SystemClock())
    database.close()
    return open_database(str(path))


def run(path: Path, failpoint: str = "", days: int = 0) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.casework.killable", str(path), str(days)],
        cwd=ROOT,
        env={**os.environ, Settings.failpoint.name: failpoint},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, DIED), done.stderr
    return done.returncode, done.stdout.splitlines()


def whole(path: Path) -> Kept:
    database = open_database(str(path))
    rows = kept(database)
    with database.reading() as session:
        assert list(verification.breaks(session)) == []
    database.close()
    return rows


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which nothing has happened yet."""
    path = tmp_path_factory.mktemp("empty") / "ducha.db"
    founded(path).close()
    return path


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory, empty: Path) -> Kept:
    """What is there when nothing went wrong."""
    path = Path(shutil.copy(empty, tmp_path_factory.mktemp("unbroken")))
    assert run(path)[0] == 0
    return whole(path)


BOUNDARIES = range(1, 110, EVERY)
"""Which commits of the process to die at; there are some hundred."""


@pytest.mark.parametrize(
    ("where", "number"),
    [
        pytest.param(where, number, marks=pytest.mark.slow if where == "after_commit" or number > 1 else [])
        for where in ("before_commit", "after_commit")
        for number in BOUNDARIES
    ],
)
def test_nothing_is_lost_or_doubled_at_a_commit(
    tmp_path: Path, empty: Path, unbroken: Kept, where: str, number: int
) -> None:
    path = Path(shutil.copy(empty, tmp_path))
    run(path, f"{where}:{number}")
    code, said = run(path, days=1)
    assert (code, said[-1]) == (0, "finished")
    assert whole(path) == unbroken
