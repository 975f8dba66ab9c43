"""Killed at a commit, before it or after it, and started again: the same journals and notices as if nothing had been.

Every boundary is tried in the bench (``DUCHA_TEST_FAILPOINTS=all``); CI tries every twenty-fifth.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from casework.founding import found
from storage import audit
from storage.engine import Database, connect, open_database
from storage.failpoints import DIED, VARIABLE
from storage.migrate import upgrade

ROOT = Path(__file__).parents[2]
EVERY = 1 if os.environ.get("DUCHA_TEST_FAILPOINTS") == "all" else 25

KEPT = {
    "journal": "SELECT case_id, seq, hash FROM journal ORDER BY case_id, seq",
    "notice": "SELECT key, dated_on FROM notice ORDER BY key",
    "document": "SELECT case_id, seq, name, sha256 FROM document ORDER BY case_id, seq, name",
    "deadline": "SELECT id, due_on, met_on, closed_on FROM deadline ORDER BY id",
    "frequency_use": "SELECT key_kind, key_value, case_id, since, until FROM frequency_use ORDER BY id",
    "outbox": "SELECT case_id, seq, act, done_at IS NULL FROM outbox ORDER BY case_id, seq",
}


def founded(path: Path) -> Database:
    database = connect(str(path), create=True)
    upgrade(database)
    with database.writing() as session:
        found(session)
    database.close()
    return open_database(str(path))


def run(path: Path, failpoint: str = "", days: int = 0) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.casework.killable", str(path), str(days)],
        cwd=ROOT,
        env={**os.environ, VARIABLE: failpoint},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, DIED), done.stderr
    return done.returncode, done.stdout.splitlines()


def kept(path: Path) -> dict[str, list[tuple[object, ...]]]:
    database = open_database(str(path))
    with database.reading() as session:
        rows = {name: [tuple(row) for row in session.execute(text(query))] for name, query in KEPT.items()}
        assert list(audit.breaks(session)) == []
    database.close()
    return rows


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which nothing has happened yet."""
    path = tmp_path_factory.mktemp("empty") / "ducha.db"
    founded(path).close()
    return path


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory, empty: Path) -> dict[str, list[tuple[object, ...]]]:
    """What is there when nothing went wrong."""
    path = Path(shutil.copy(empty, tmp_path_factory.mktemp("unbroken")))
    assert run(path)[0] == 0
    return kept(path)


def boundaries() -> Iterator[int]:
    """Which commit of the process to die at; there are some hundred."""
    yield from range(1, 110, EVERY)


@pytest.mark.parametrize("where", ["before_commit", "after_commit"])
@pytest.mark.parametrize("number", list(boundaries()))
def test_nothing_is_lost_or_doubled_at_a_commit(
    tmp_path: Path, empty: Path, unbroken: dict[str, list[tuple[object, ...]]], where: str, number: int
) -> None:
    path = Path(shutil.copy(empty, tmp_path))
    run(path, f"{where}:{number}")
    code, said = run(path, days=1)
    assert (code, said[-1]) == (0, "finished")
    assert kept(path) == unbroken
