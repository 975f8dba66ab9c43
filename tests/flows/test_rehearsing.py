"""A demo's stages as flow runs: they go by the simulated clock, far from the day on the wall."""

from __future__ import annotations

import asyncio
import io
import json
from datetime import date
from pathlib import Path

import pytest

from access.reader import operator
from casework.acts.act_models import ActRequest
from casework.clock import FixedClock
from casework.do_act import open_inspection
from casework.nightly import follow_ups
from casework.views import message_lists
from flows import demo_runs
from flows.demo_runs import main
from storage.engine import Database

BEYOND = date(2031, 3, 3)


@pytest.mark.usefixtures("prefect_server")
def test_a_stage_is_followed_up_at_the_simulated_moment(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_UI_URL", "http://127.0.0.1:4200")
    clock = FixedClock.on(BEYOND)
    application = {
        "kind": "comprehensive",
        "year": 2031,
        "title": "综合督察",
        "targets": ["500151001"],
        "reason": "年度",
    }
    with database.writing() as session:
        case = open_inspection(session, clock, ActRequest("联席办协调员甲"), application).case
    line = {"root": case, "stage": "application", "at": FixedClock.on(BEYOND, 18).now().isoformat()}
    answer = io.StringIO()
    asyncio.run(demo_runs.rehearse(io.StringIO(json.dumps(line)), answer))
    greeting, said = map(json.loads, answer.getvalue().splitlines())
    assert greeting == {"ready": True, "ui": "http://127.0.0.1:4200", "tag": "demo"}
    assert said == {"acts": 1}
    assert follow_ups.pending(database) == []
    with database.reading() as session:
        assert {one.dated_on for one in message_lists.list_messages(session, operator())} == {BEYOND}


def test_where_no_service_was_ever_started_none_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["rehearsing", "--db", "demo.db", "--port", "4200"])
    main()
    assert json.loads(capsys.readouterr().out) == {"ready": False}
    assert list(tmp_path.iterdir()) == []
