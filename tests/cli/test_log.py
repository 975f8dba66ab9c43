"""The log as a command leaves it: beside the database, off the screen, and in nobody's way."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Ducha
from tests.telemetry.logs import records


def log_of(folder: Path) -> list[tuple[str, str, list[str]]]:
    return [(one["event"], one["result"], one.get("codes", [])) for one in records(folder / "log")]


def test_each_command_is_a_request_of_its_own_in_the_log_beside_the_database(
    ducha: Ducha, opened: str, tmp_path: Path
) -> None:
    answer = ducha("act", opened, "approve", "--as", "联席办协调员甲")
    assert "request" not in answer.out + answer.err
    assert log_of(tmp_path) == [
        ("act", "done", []),
        ("refusal", "refused", ["out_of_order", "role_missing", "own_request", "form_missing"]),
    ]
    requests = [one["request"] for one in records(tmp_path / "log")]
    assert len(set(requests)) == 2 and all(len(request) == 16 for request in requests)
    assert stat.S_IMODE((tmp_path / "log").stat().st_mode) == 0o700


def test_a_command_that_only_asks_leaves_no_log(ducha: Ducha, tmp_path: Path) -> None:
    assert ducha("case", "list").code == 0
    assert not (tmp_path / "log").exists()


def test_the_log_is_beside_the_database_that_an_option_names(ducha: Ducha, founded: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    (there / "ducha.db").write_bytes(founded.read_bytes())
    assert ducha("case", "show", "TL-2026-X01", "--db", there / "ducha.db").code == 3
    assert log_of(there) == [("refusal", "not_found", ["case_unknown"])]
    assert not (tmp_path / "log").exists()


def test_a_mistyped_database_or_option_leaves_no_log(ducha: Ducha, tmp_path: Path) -> None:
    assert ducha("case", "list", "--db", tmp_path / "none.db").code == 3
    assert ducha("case", "list", "--nonsense").code == 2
    assert not (tmp_path / "log").exists()


def test_an_unexpected_error_is_recorded_once_with_where_it_was(
    ducha: Ducha, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("王某某")

    monkeypatch.setattr("casework.views.case_lists.list_cases", broken)
    answer = ducha("case", "list")
    assert answer.code == 1
    [record] = records(tmp_path / "log")
    assert (record["event"], record["result"], record["codes"]) == ("failure", "failed", ["unexpected"])
    assert record["error"][0]["type"] == "builtins.RuntimeError"
    assert any(frame.startswith("cli/cases/case_commands.py:") for frame in record["error"][0]["frames"])
    assert "王某某" not in str(record)


def test_a_log_that_cannot_be_written_keeps_no_act_from_being_done(ducha: Ducha, opened: str, tmp_path: Path) -> None:
    for file in (tmp_path / "log").iterdir():
        file.unlink()
    (tmp_path / "log").rmdir()
    (tmp_path / "log").write_text("no directory", encoding="utf-8")
    answer = ducha("act", opened, "submit", "--set", "contents=9(3)", "--as", "联席办协调员甲")
    assert (answer.code, answer.err) == (0, "")


def test_the_settings_of_the_log_hold(ducha: Ducha, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DUCHA_LOG_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("DUCHA_LOG_LEVEL", "error")
    assert ducha("case", "show", "TL-2026-X01").code == 3
    assert not (tmp_path / "elsewhere").exists()
    monkeypatch.setenv("DUCHA_LOG_LEVEL", "warning")
    assert ducha("case", "show", "TL-2026-X01").code == 3
    assert len(records(tmp_path / "elsewhere")) == 1
    assert not (tmp_path / "log").exists()


@pytest.mark.parametrize(("variable", "value"), [("DUCHA_LOG_LEVEL", "loud"), ("DUCHA_LOG_DAYS", "0")])
def test_a_setting_of_the_log_that_cannot_be_used_is_refused(
    ducha: Ducha, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    answer = ducha("case", "list")
    assert answer.code == 3
    assert variable in answer.err and value in answer.err and "处理办法" in answer.err


def test_a_made_up_district_leaves_no_log(bare: Ducha, tmp_path: Path) -> None:
    database = tmp_path / "district.db"
    answer = bare("simulate", "--units", 3, "--years", 1, "--steps", 20, "--db", database)
    assert answer.code == 0, answer
    assert database.exists() and not (tmp_path / "log").exists()
