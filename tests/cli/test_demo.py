"""The demo keeps to its own database, and its script to the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import messages
from calendars import CalendarRefused
from casework.clock import FixedClock
from demo import demo_db, progress_marker
from demo.errors import WrongDatabase
from demo.progress_bar import Months
from demo.progress_marker import ProgressMarker
from demo.run_step import UnexpectedOutcome, run_step
from demo.run_year import Day
from demo.year_plan import DOWN, YearPlan, year_plan
from storage.engine import Database, connect
from tests.cli.conftest import Ducha


@pytest.fixture(scope="module")
def year() -> YearPlan:
    return year_plan(2026)


def test_steps_are_in_the_order_of_their_days_and_on_working_days(year: YearPlan) -> None:
    days = [step.on for step in year.steps]
    assert days == sorted(days)
    assert {day.year for day in days} == {2026}
    assert all(day.weekday() < 5 for day in days)


def test_every_refusal_the_script_foresees_has_its_text(year: YearPlan) -> None:
    foreseen = {code for step in year.steps for code in step.refused}
    assert {code for code in foreseen if not messages.has(f"refusal.{code}")} == set()


def test_the_script_of_a_year_is_always_the_same_and_of_another_year_another(year: YearPlan) -> None:
    assert year_plan(2026).fingerprint == year.fingerprint != year_plan(2025).fingerprint


def test_a_year_whose_days_nobody_knows_is_not_played(bare: Ducha, tmp_path: Path) -> None:
    with pytest.raises(CalendarRefused):
        year_plan(2040)
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
        raise WrongDatabase("not_a_demo", where=url)

    monkeypatch.setattr(demo_db, "opened", refuse)
    ducha("demo")
    ducha("demo", "--db", "mine.db")
    assert opened == [demo_db.DEFAULT, "mine.db"]


def test_a_demo_begins_anew_when_asked_to(tmp_path: Path, year: YearPlan) -> None:
    url = str(tmp_path / "demo.db")
    with demo_db.opened(url, year) as (database, mark):
        assert mark == ProgressMarker(2026, year.fingerprint)
        with database.writing() as session:
            progress_marker.keep(session, mark.further())
    with demo_db.opened(url, year) as (_, mark):
        assert mark.done == 1
    with demo_db.opened(url, year, fresh=True) as (_, mark):
        assert mark.done == 0


def test_a_demo_begun_with_another_script_is_not_gone_on_with(tmp_path: Path, year: YearPlan) -> None:
    url = str(tmp_path / "demo.db")
    with demo_db.opened(url, year):
        pass
    shorter = replace(year, steps=year.steps[:-1])
    with pytest.raises(WrongDatabase, match="other_program"), demo_db.opened(url, shorter):
        pass


def test_a_database_killed_before_it_was_founded_is_founded(tmp_path: Path, year: YearPlan) -> None:
    connect(str(tmp_path / "demo.db"), create=True).close()
    with demo_db.opened(str(tmp_path / "demo.db"), year) as (_, mark):
        assert mark.done == 0


@pytest.fixture
def beginning(tmp_path: Path, year: YearPlan) -> tuple[Database, ProgressMarker]:
    with demo_db.opened(str(tmp_path / "demo.db"), year) as opened:
        return opened


def test_a_step_that_should_be_refused_and_is_not_stops_the_play(
    beginning: tuple[Database, ProgressMarker], year: YearPlan
) -> None:
    database, mark = beginning
    first = year.steps[0]
    with pytest.raises(UnexpectedOutcome, match="not refused"):
        run_step(database, mark, first.refused_by("own_unit"), FixedClock.on(first.on))
    with database.reading() as session:
        assert progress_marker.find(session) == mark


def test_a_step_refused_for_another_reason_stops_the_play(
    beginning: tuple[Database, ProgressMarker], year: YearPlan
) -> None:
    database, mark = beginning
    mark = run_step(database, mark, year.steps[0], FixedClock.on(year.steps[0].on))
    early = replace(year.steps[2], refused=("own_unit",))
    with pytest.raises(UnexpectedOutcome, match="out_of_order"):
        run_step(database, mark, early, FixedClock.on(early.on))


def test_a_month_is_told_at_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    watching = Months()
    for number in range(1, 29):
        watching(Day(date(2026, 2, number), acts=1))
    watching(Day(date(2026, 3, 1), acts=5))
    assert capsys.readouterr().err == "2026-02  办理 28 项  不予办理 0 次  巡查 0 夜  期限通知 0 条\n"


def test_the_nights_down_are_days_of_every_year() -> None:
    assert all(year_plan(year).down == {date.fromisoformat(f"{year}-{day}") for day in DOWN} for year in (2024, 2025))
