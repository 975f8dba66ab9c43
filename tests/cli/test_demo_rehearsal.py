"""Asking a rehearsal by lines: its answers count, and its silence only costs the runs, never the work."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from casework.clock import FixedClock
from casework.nightly import follow_ups
from demo import demo_db, prefect_runs
from demo.prefect_runs import InStages, Rehearsal
from demo.run_step import run_step
from demo.summary_models import FollowUpSummary
from demo.year_plan import year_plan
from storage.engine import Database

READY = 'print(json.dumps({"ready": True, "ui": "http://127.0.0.1:1", "tag": "demo"}), flush=True)'
ANSWERING = f"import json, sys\n{READY}\nfor line in sys.stdin: print(json.dumps({{'acts': 1}}), flush=True)"
DYING = f"import json, sys\n{READY}\nsys.stdin.readline()"
SILENT = f"import json, sys\n{READY}\nfor line in sys.stdin: pass"
NO_SERVICE = "import json\nprint(json.dumps({'ready': False}), flush=True)"


@contextmanager
def process(script: str) -> Iterator[Rehearsal]:
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        yield Rehearsal(running)
        running.kill()


@pytest.fixture
def begun(tmp_path: Path) -> Iterator[Database]:
    """A demo after its first step, which waits to be followed up."""
    script = year_plan(2026)
    with demo_db.opened(str(tmp_path / "demo.db"), script) as (database, mark):
        run_step(database, mark, script.steps[0], FixedClock.on(script.steps[0].on))
        yield database


def evening(database: Database, script: str) -> FollowUpSummary:
    with process(script) as asked:
        over = InStages(database, asked)
        over(year_plan(2026).steps[0].on)
    assert follow_ups.pending(database) == []
    return over.told()


def test_where_no_service_answers_everything_is_followed_up_directly(begun: Database) -> None:
    assert evening(begun, NO_SERVICE) == FollowUpSummary(by="directly", acts=1)


def test_a_stage_that_was_answered_counts_as_a_run(begun: Database) -> None:
    told = evening(begun, ANSWERING)
    assert (told.by, told.runs, told.ui, told.tag) == ("prefect", 1, "http://127.0.0.1:1", "demo")


@pytest.mark.parametrize("script", [DYING, SILENT])
def test_a_service_that_dies_or_falls_silent_is_done_without(
    begun: Database, script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prefect_runs, "PATIENCE", 2.0)
    assert evening(begun, script) == FollowUpSummary(by="directly", acts=1)


def test_no_run_is_begun_once_the_time_for_runs_is_over(begun: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefect_runs, "BUDGET", -1.0)
    assert evening(begun, ANSWERING) == FollowUpSummary(by="directly", acts=1)
