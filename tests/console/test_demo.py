"""The demo keeps to its own database, and its script to the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import words
from calendars import CalendarRefused
from casework.clock import FixedClock
from console.demo import bookmark, stage
from console.demo.bookmark import Bookmark
from console.demo.performing import Unscripted, perform
from console.demo.playing import Day
from console.demo.program import DOWN, Program, program
from console.demo.trouble import NoStage
from console.demo.watching import Months
from storage.engine import Database, connect
from tests.console.conftest import Ducha


@pytest.fixture(scope="module")
def year() -> Program:
    return program(2026)


def test_steps_are_in_the_order_of_their_days_and_on_working_days(year: Program) -> None:
    days = [step.on for step in year.steps]
    assert days == sorted(days)
    assert {day.year for day in days} == {2026}
    assert all(day.weekday() < 5 for day in days)


def test_every_refusal_the_script_foresees_has_its_text(year: Program) -> None:
    foreseen = {code for step in year.steps for code in step.refused}
    assert {code for code in foreseen if not words.has(f"refusal.{code}")} == set()


def test_the_script_of_a_year_is_always_the_same_and_of_another_year_another(year: Program) -> None:
    assert program(2026).fingerprint == year.fingerprint != program(2025).fingerprint


def test_a_year_whose_days_nobody_knows_is_not_played(bare: Ducha, tmp_path: Path) -> None:
    with pytest.raises(CalendarRefused):
        program(2040)
    answer = bare("demo", "--year", 2040)
    assert answer.code == 5
    assert list(tmp_path.iterdir()) == []


def test_the_database_people_work_in_is_left_alone(ducha: Ducha, tmp_path: Path) -> None:
    working = tmp_path / "ducha.db"
    before = working.read_bytes()
    for line in (["--db", working, "demo"], ["--db", working, "demo", "--fresh"]):
        answer = ducha(*line)
        assert answer.code == 3
        assert "不是演示数据库" in answer.err
    assert working.read_bytes() == before


def test_the_database_named_by_the_environment_is_not_the_demos(
    monkeypatch: pytest.MonkeyPatch, ducha: Ducha, tmp_path: Path
) -> None:
    opened: list[str] = []

    def refuse(url: str, *_: object, **__: object) -> None:
        opened.append(url)
        raise NoStage("not_a_demo", where=url)

    monkeypatch.setattr(stage, "opened", refuse)
    ducha("demo")
    ducha("demo", "--db", "mine.db")
    assert opened == [stage.DEFAULT, "mine.db"]


def test_a_demo_begins_anew_when_asked_to(tmp_path: Path, year: Program) -> None:
    url = str(tmp_path / "demo.db")
    with stage.opened(url, year) as (database, mark):
        assert mark == Bookmark(2026, year.fingerprint)
        with database.writing() as session:
            bookmark.keep(session, mark.further())
    with stage.opened(url, year) as (_, mark):
        assert mark.done == 1
    with stage.opened(url, year, fresh=True) as (_, mark):
        assert mark.done == 0


def test_a_demo_begun_with_another_script_is_not_gone_on_with(tmp_path: Path, year: Program) -> None:
    url = str(tmp_path / "demo.db")
    with stage.opened(url, year):
        pass
    shorter = replace(year, steps=year.steps[:-1])
    with pytest.raises(NoStage, match="other_program"), stage.opened(url, shorter):
        pass


def test_a_database_killed_before_it_was_founded_is_founded(tmp_path: Path, year: Program) -> None:
    connect(str(tmp_path / "demo.db"), create=True).close()
    with stage.opened(str(tmp_path / "demo.db"), year) as (_, mark):
        assert mark.done == 0


@pytest.fixture
def beginning(tmp_path: Path, year: Program) -> tuple[Database, Bookmark]:
    with stage.opened(str(tmp_path / "demo.db"), year) as opened:
        return opened


def test_a_step_that_should_be_refused_and_is_not_stops_the_play(
    beginning: tuple[Database, Bookmark], year: Program
) -> None:
    database, mark = beginning
    first = year.steps[0]
    with pytest.raises(Unscripted, match="not refused"):
        perform(database, mark, first.refused_by("own_unit"), FixedClock.on(first.on))
    with database.reading() as session:
        assert bookmark.find(session) == mark


def test_a_step_refused_for_another_reason_stops_the_play(beginning: tuple[Database, Bookmark], year: Program) -> None:
    database, mark = beginning
    mark = perform(database, mark, year.steps[0], FixedClock.on(year.steps[0].on))
    early = replace(year.steps[2], refused=("own_unit",))
    with pytest.raises(Unscripted, match="out_of_order"):
        perform(database, mark, early, FixedClock.on(early.on))


def test_a_month_is_told_at_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    watching = Months()
    for number in range(1, 29):
        watching(Day(date(2026, 2, number), acts=1))
    watching(Day(date(2026, 3, 1), acts=5))
    assert capsys.readouterr().err == "2026-02  办理 28 项  不予办理 0 次  巡查 0 夜  期限通知 0 条\n"


def test_the_nights_down_are_days_of_every_year() -> None:
    assert all(program(year).down == {date.fromisoformat(f"{year}-{day}") for day in DOWN} for year in (2024, 2025))
