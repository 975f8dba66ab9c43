"""The totals count each record once, from when the reader was made, whatever else is in the files."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from math import inf
from pathlib import Path
from typing import Any

import pytest

import telemetry
from telemetry import totals
from telemetry.files import file_name
from telemetry.handler import ZONE
from telemetry.totals import BOUNDS, LogReader

TODAY = datetime.now(ZONE).date()


def act(ms: float = 20.0, result: str = "done") -> dict[str, Any]:
    return {"event": "act", "result": result, "ms": ms}


def refusal(*codes: str) -> dict[str, Any]:
    return {"event": "refusal", "result": "refused", "codes": list(codes)}


def write(folder: Path, *lines: object, process: str = "cli", days_ago: int = 0) -> None:
    file = folder / file_name(process, TODAY - timedelta(days=days_ago))
    with file.open("a", encoding="utf-8") as log:
        for line in lines:
            log.write(line if isinstance(line, str) else f"{json.dumps(line)}\n")


def test_what_every_process_records_is_added_up(tmp_path: Path) -> None:
    reader = LogReader(tmp_path)
    write(tmp_path, act(3), act(20), act(20_000), act(5, "repeated"), refusal("out_of_order", "form_missing"))
    write(tmp_path, refusal("out_of_order"), {"event": "follow_up", "result": "done"}, process="worker")
    failed = {"event": "follow_up", "result": "failed", "codes": ["locked"]}
    write(tmp_path, failed, {"event": "failure", "result": "failed", "codes": ["process_ended"]}, process="service")
    found = reader.read()
    assert found.acts == {"done": 3, "repeated": 1}
    assert found.refusals == {"out_of_order": 2, "form_missing": 1}
    assert found.follow_ups == {"done": 1, "failed": 1}
    assert found.failures == {"locked": 1, "process_ended": 1}
    assert found.seconds == pytest.approx(20.023)
    counted = dict(zip((*BOUNDS, inf), found.buckets, strict=True))
    assert {bound: count for bound, count in counted.items() if count} == {0.005: 1, 0.025: 1, inf: 1}


def test_a_record_is_counted_once_and_one_from_before_not_at_all(tmp_path: Path) -> None:
    write(tmp_path, act(), act())
    reader = LogReader(tmp_path)
    assert reader.read().acts == {}
    write(tmp_path, act())
    assert (reader.read().acts, reader.read().acts) == ({"done": 1}, {"done": 1})
    write(tmp_path, act())
    assert reader.read().acts == {"done": 2}


def test_a_line_that_is_still_being_written_waits(tmp_path: Path) -> None:
    reader = LogReader(tmp_path)
    line = f"{json.dumps(act())}\n"
    write(tmp_path, line[:10])
    assert reader.read().acts == {}
    write(tmp_path, line[10:])
    assert reader.read().acts == {"done": 1}


@pytest.mark.parametrize("noise", ["no json\n", "[]\n", "{}\n", '{"event":"act","result":"done","ms":"x"}\n', "\n"])
def test_what_is_no_record_is_passed_over(tmp_path: Path, noise: str) -> None:
    reader = LogReader(tmp_path)
    write(tmp_path, noise, act())
    assert reader.read().acts == {"done": 1}


def test_after_midnight_the_rest_of_yesterday_is_read_but_nothing_older(tmp_path: Path) -> None:
    reader = LogReader(tmp_path)
    write(tmp_path, act(), days_ago=1)
    write(tmp_path, act(), act(), days_ago=2)
    write(tmp_path, act(), act(), act())
    assert reader.read().acts == {"done": 4}


def test_a_long_log_is_read_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = LogReader(tmp_path)
    write(tmp_path, *(act() for _ in range(10)))
    monkeypatch.setattr(totals, "MOST_BYTES", 4 * len(json.dumps(act())))
    counted = [reader.read().acts["done"] for _ in range(4)]
    assert counted == sorted(counted) and counted[0] < 10 and counted[-1] == 10


def test_where_no_log_was_ever_written_nothing_was_counted(tmp_path: Path) -> None:
    reader = LogReader(tmp_path / "none")
    assert reader.read().acts == {}
    with telemetry.logging_to(telemetry.Log("cli", lambda: tmp_path / "none")):
        telemetry.emit("act", "info", result="done", ms=1)
    assert reader.read().acts == {"done": 1}
