"""What a person has to do, and who is next after an act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from casework.clock import FixedClock
from cli.parsing.options import Options
from storage.engine import open_database
from tests.casework.office import AUTHORITY, BACHUAN, COORDINATOR, OFFICERS, SECOND_COORDINATOR, TUQIAO, Office
from tests.cli.conftest import Ducha


@pytest.fixture
def office(ducha: Ducha, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    database = open_database(str(tmp_path / "ducha.db"))
    found = Office(database)
    yield found
    database.close()


def at(office: Office, monkeypatch: pytest.MonkeyPatch, day: date | None = None) -> None:
    monkeypatch.setattr(Options, "clock", FixedClock.on(day or office.day))


def test_nothing_to_do_is_said_in_one_line(ducha: Ducha) -> None:
    assert ducha("todo", "--as", COORDINATOR).out == f"{COORDINATOR}的待办（截至 2026-11-20）：0 件\n"


def test_what_is_to_do_comes_with_the_command_that_does_it(ducha: Ducha, opened: str) -> None:
    said = ducha("todo", "--as", COORDINATOR).out
    assert "：1 件" in said
    assert f"ducha inspection submit {opened} --data 文件（模板：ducha template submit） --as {COORDINATOR}" in said
    assert "：0 件" in ducha("todo", "--as", AUTHORITY).out


def test_each_sees_what_is_theirs_overdue_first(ducha: Ducha, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    case = office.special([BACHUAN, TUQIAO])
    at(office, monkeypatch)
    acts = ducha("todo", "--as", OFFICERS[BACHUAN], "--json").data["rows"]
    assert acts[0]["case"] == f"{case}-R01"
    assert {one["unit"] for one in acts} == {BACHUAN}
    assert acts[0]["term"]["light"] in ("green", "yellow")
    at(office, monkeypatch, date(2026, 6, 1))
    late = ducha("todo", "--as", OFFICERS[BACHUAN])
    assert late.out.splitlines()[2].startswith("逾期 ")
    mine = ducha("todo", "--as", COORDINATOR, "--json").data["rows"]
    assert "claim" not in {one["act"] for one in mine}


def test_a_list_that_is_too_long_says_so(ducha: Ducha, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.special([BACHUAN, TUQIAO])
    at(office, monkeypatch)
    assert "只列出最前面的 1 件" in ducha("todo", "--limit", 1).out


def test_the_command_that_is_named_goes_through(ducha: Ducha, opened: str) -> None:
    assert ducha("inspection", "submit", opened, "--set", "contents=9(3)", "--as", COORDINATOR).code == 0
    command = next(line.split() for line in ducha("todo", "--as", AUTHORITY).out.splitlines() if "approve" in line)
    assert command[1:4] == ["inspection", "approve", opened]
    assert ducha(*command[1:]).code == 0


def test_after_an_act_it_is_said_who_is_next_with_what(ducha: Ducha, opened: str) -> None:
    done = ducha("inspection", "submit", opened, "--set", "contents=9(3)", "--as", COORDINATOR)
    assert f"下一步：{opened} 待“批准、退回、不予批准”，由{AUTHORITY}办理。" in done.out
    assert SECOND_COORDINATOR not in done.out


def test_a_unit_is_told_of_its_own_case_alone(ducha: Ducha, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    case = office.special([BACHUAN, TUQIAO])
    at(office, monkeypatch)
    said = ducha("todo", "--as", OFFICERS[TUQIAO]).out
    assert f"{case}-R02" in said
    assert f"{case}-R01" not in said
    assert "巴川街道" not in said
