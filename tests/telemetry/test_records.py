"""A record is one JSON line in the file of its day, is lost by nobody, and stops nothing."""

from __future__ import annotations

import json
import multiprocessing
import os
import stat
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from time import perf_counter

import pytest

import telemetry
from telemetry import handler
from telemetry.files import day_of, file_name
from tests.telemetry.logs import records

WRITERS, LINES = 6, 400


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def log(folder: Path) -> Iterator[telemetry.Log]:
    """A log in which everything is recorded."""
    opened = telemetry.Log("cli", lambda: folder)
    with telemetry.logging_to(opened):
        yield opened


def test_a_record_says_when_what_and_for_which_request(log: telemetry.Log, folder: Path) -> None:
    with telemetry.request() as request:
        telemetry.emit("sweep", "info", night="2026-03-02", issued=0, trouble="", codes=[])
    [record] = records(folder)
    assert record.pop("time").endswith("+08:00")
    assert record == {
        "level": "info", "event": "sweep", "process": "cli", "pid": os.getpid(),
        "request": request, "night": "2026-03-02", "issued": 0,
    }  # fmt: skip


def test_its_files_are_its_owners_alone(log: telemetry.Log, folder: Path) -> None:
    telemetry.emit("sweep", "info")
    [file] = folder.iterdir()
    assert (stat.S_IMODE(folder.stat().st_mode), stat.S_IMODE(file.stat().st_mode)) == (0o700, 0o600)


def test_a_request_within_another_has_its_own_id_and_the_outer_one_comes_back() -> None:
    assert telemetry.request_id() == ""
    with telemetry.request() as outer:
        with telemetry.request("flow-run") as inner:
            assert telemetry.request_id() == inner == "flow-run"
        assert telemetry.request_id() == outer != ""


@pytest.mark.parametrize(
    ("level", "written"),
    [("info", ["a", "b", "c"]), ("warning", ["b", "c"]), ("error", ["c"]), ("off", [])],
)
def test_the_level_says_how_serious_a_record_must_be(folder: Path, level: str, written: list[str]) -> None:
    with telemetry.logging_to(telemetry.Log("cli", lambda: folder, level)):
        telemetry.emit("a", "info")
        telemetry.emit("b", "warning")
        telemetry.emit("c", "error")
    assert [record["event"] for record in records(folder)] == written


def test_without_a_log_nothing_is_recorded() -> None:
    assert not telemetry.is_logging()
    telemetry.emit("sweep", "info")
    telemetry.emit_on_commit("act", "info", began=perf_counter())


def test_what_waits_for_a_commit_is_recorded_after_it_with_the_time_it_took(log: telemetry.Log, folder: Path) -> None:
    with telemetry.on_commit():
        telemetry.emit_on_commit("act", "info", began=perf_counter() - 1, result="done")
        telemetry.emit("refusal", "warning")
        assert [record["event"] for record in records(folder)] == ["refusal"]
    refusal, act = records(folder)
    assert (refusal["event"], act["event"]) == ("refusal", "act")
    assert 1000 <= act["ms"] < 60_000


def test_what_was_not_committed_is_not_recorded(log: telemetry.Log, folder: Path) -> None:
    with pytest.raises(RuntimeError), telemetry.on_commit():
        telemetry.emit_on_commit("act", "info", began=perf_counter())
        raise RuntimeError
    telemetry.emit_on_commit("sweep", "info", began=perf_counter())
    assert [record["event"] for record in records(folder)] == ["sweep"]


def failing(text: str) -> None:
    try:
        raise ValueError(text)
    except ValueError as error:
        raise RuntimeError(text) from error


def test_a_failure_says_where_and_never_what_somebody_wrote(log: telemetry.Log, folder: Path) -> None:
    with pytest.raises(RuntimeError) as raised:
        failing("王某某身份证号")
    telemetry.failed(raised.value, job="sweep")
    telemetry.failed(raised.value, job="sweep")
    [file] = folder.iterdir()
    assert "王某某" not in file.read_text(encoding="utf-8")
    [record] = records(folder)
    assert (record["event"], record["result"], record["codes"]) == ("failure", "failed", ["RuntimeError"])
    assert [cause["type"] for cause in record["error"]] == ["builtins.RuntimeError", "builtins.ValueError"]
    assert record["error"][0]["frames"][-1].startswith("tests/telemetry/test_records.py:")
    assert record["error"][0]["frames"][-1].endswith(" failing")


def test_several_processes_lose_no_line(folder: Path) -> None:
    fork = multiprocessing.get_context("fork")
    together = fork.Barrier(WRITERS)

    def write(number: int) -> None:
        together.wait()
        with telemetry.logging_to(telemetry.Log("cli", lambda: folder)):
            for line in range(LINES):
                telemetry.emit("act", "info", writer=number, line=line, filling="督" * 100)

    writers = [fork.Process(target=write, args=(number,)) for number in range(WRITERS)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    found = sorted((record["writer"], record["line"]) for record in records(folder))
    assert found == [(writer, line) for writer in range(WRITERS) for line in range(LINES)]


def test_a_new_day_is_a_new_file_and_takes_the_oldest_away(folder: Path) -> None:
    folder.mkdir()
    today = datetime.now(handler.ZONE).date()
    kept = ["cli-1999-01-01.txt", "notes.log", "worker-1999-13-01.log", file_name("worker", today)]
    for name in (*kept, "cli-1999-01-01.log", "service-2020-12-31.log"):
        (folder / name).touch()
    with telemetry.logging_to(telemetry.Log("cli", lambda: folder, days=30)):
        telemetry.emit("sweep", "info")
    [written] = [file for file in folder.iterdir() if file.stat().st_size]
    assert {file.name for file in folder.iterdir()} == {*kept, written.name}
    assert day_of(written) is not None


def test_a_log_that_cannot_be_written_stops_nothing_and_is_tried_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write_text("no directory", encoding="utf-8")
    now = [1000.0]
    monkeypatch.setattr(handler, "monotonic", lambda: now[0])
    with telemetry.logging_to(telemetry.Log("cli", lambda: folder)):
        telemetry.emit("sweep", "info")
        folder.unlink()
        telemetry.emit("sweep", "info", number=2)
        assert not folder.exists()
        now[0] += handler.RETRY_SECONDS
        telemetry.emit("sweep", "info", number=3)
    assert [record["number"] for record in records(folder)] == [3]


def test_where_the_log_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    server, database = "postgresql://ducha@db/ducha", tmp_path / "there" / "ducha.db"
    assert telemetry.log_directory(server) is None
    assert telemetry.log_directory(str(database)) is None
    database.parent.mkdir()
    database.touch()
    (tmp_path / "var").mkdir()
    assert telemetry.log_directory(server) == Path("var", "log")
    assert telemetry.log_directory(str(database)) == telemetry.log_directory(f"sqlite:///{database}")
    assert telemetry.log_directory(str(database)) == tmp_path / "there" / "log"
    assert telemetry.log_directory(server, tmp_path / "elsewhere") == tmp_path / "elsewhere"


def test_a_directory_that_may_not_be_entered_has_no_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(_: Path) -> bool:
        raise PermissionError

    monkeypatch.setattr(Path, "is_file", forbidden)
    assert telemetry.log_directory(str(tmp_path / "ducha.db")) is None


def test_half_a_character_is_written_by_its_number(log: telemetry.Log, folder: Path) -> None:
    telemetry.emit("act", "info", actor="\udcff")
    [file] = folder.iterdir()
    assert "udcff" in file.read_text(encoding="utf-8")


def test_a_line_is_json_as_it_is_read_by_others(log: telemetry.Log, folder: Path) -> None:
    telemetry.emit("act", "info", actor="联席办协调员甲", day=date(2026, 3, 2))
    [file] = folder.iterdir()
    [line] = file.read_text(encoding="utf-8").splitlines()
    assert "联席办协调员甲" in line
    assert json.loads(line)["day"] == "2026-03-02"
