"""Incident reports: to the minute, late only by a limit that is set, and every mark answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from states.engine.case import Case
from states.matters.incident_marks import lateness, marks_of, reported_moment
from tests.states.matters_world import EVIDENCE, LIMIT, OFFICER, REPORT, XINJIANG, MattersWorld
from tests.states.world import BACHUAN, COORDINATOR, DONGCHENG, PULU, SECOND_COORDINATOR, SERVICE, officer


@pytest.fixture
def world() -> MattersWorld:
    return MattersWorld(regulation=XINJIANG)


def reported(world: MattersWorld, by: str = OFFICER, **said: Any) -> Case:
    return world.do(world.root("incident", "S01"), "report", {**REPORT, **said}, by=by)


def codes(world: MattersWorld, by: str = OFFICER, **said: Any) -> set[str]:
    return world.codes(world.root("incident", "S01"), "report", {**REPORT, **said}, by=by)


def test_a_report_counts_at_the_minute_it_is_recorded(world: MattersWorld) -> None:
    case = reported(world)
    moment = reported_moment(case)
    assert moment is not None and moment.isoformat(timespec="minutes") == "2026-03-02T10:00+08:00"


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({}, set()),
        ({"known_at": "2026-03-02 05:59"}, {"moments_out_of_order"}),
        ({"known_at": "2026-03-02 10:01"}, {"moment_ahead"}),
        ({"reported_at": "2026-03-02 07:00"}, {"reported_at_without_late_entry"}),
        ({"source": "found"}, {"found_by_the_office"}),
        ({"unit": "500151999"}, {"unit_unknown"}),
    ],
)
def test_a_unit_reports_in_order_and_at_once(world: MattersWorld, said: dict[str, Any], refused: set[str]) -> None:
    assert codes(world, **said) == refused


def test_an_officer_reports_for_their_own_unit_alone(world: MattersWorld) -> None:
    assert codes(world, by=officer(DONGCHENG)) == {"not_of_this_unit"}


def test_the_office_enters_a_report_that_came_in_earlier(world: MattersWorld) -> None:
    entry = {"late_entry": {"received_by": SECOND_COORDINATOR, "reason": "系统停用"}}
    assert codes(world, COORDINATOR, reported_at="2026-03-02 07:00", **entry) == set()
    assert codes(world, COORDINATOR, reported_at="2026-03-01 07:00", **entry) >= {"reported_on_another_day"}
    assert codes(world, OFFICER, reported_at="2026-03-02 07:00", **entry) >= {"role_missing"}


def test_what_the_office_found_was_not_reported(world: MattersWorld) -> None:
    assert codes(world, COORDINATOR, source="found") == set()
    entry = {"late_entry": {"received_by": SECOND_COORDINATOR, "reason": "系统停用"}}
    assert codes(world, COORDINATOR, source="found", **entry) == {"found_was_not_reported"}
    assert reported_moment(reported(world, COORDINATOR, source="found")) is None


def test_an_incident_is_about_a_unit(world: MattersWorld) -> None:
    blank = world.root("incident", "S01", unit=None)
    nobody = {key: value for key, value in REPORT.items() if key != "unit"}
    assert world.codes(blank, "report", nobody) == {"incident_unit_missing"}


@pytest.mark.parametrize(("known", "minutes"), [("08:00", None), ("07:59", 1), ("06:30", 90)])
def test_lateness_is_exact_to_the_minute(world: MattersWorld, known: str, minutes: int | None) -> None:
    found = lateness(reported(world, known_at=f"2026-03-02 {known}"), 2)
    assert (found.late_minutes if found else None) == minutes


MARK = {"mark": "late", "grounds": "超过时限"}


def test_no_report_is_late_while_no_limit_is_set(world: MattersWorld) -> None:
    case = reported(world)
    assert world.codes(case, "mark_report", MARK) == {"report_limit_unset"}
    assert "report_limit" in world.says("report_limit_unset", case, "mark_report", MARK)
    world.limit = LIMIT
    assert world.codes(case, "mark_report", MARK) == set()
    in_time = reported(world, known_at="2026-03-02 09:00")
    assert world.codes(in_time, "mark_report", MARK) == {"report_was_in_time"}


def test_a_mark_is_made_once_by_a_person_and_fits_the_report(world: MattersWorld) -> None:
    found = reported(world, COORDINATOR, source="found")
    assert world.codes(found, "mark_report", {"mark": "false", "grounds": "不实"}) == {"mark_without_a_report"}
    concealed = {"mark": "concealed", "grounds": "群众举报"}
    assert world.codes(found, "mark_report", concealed, by=SERVICE) == {"only_in_person"}
    marked = world.do(found, "mark_report", concealed)
    assert marks_of(marked) == ("concealed",)
    assert world.codes(marked, "mark_report", concealed) == {"mark_made_already"}


def investigated(world: MattersWorld) -> Case:
    marked = world.do(reported(world), "mark_report", {"mark": "false", "grounds": "人数不实"})
    done = {"cause": "维保不到位", "extent": ["major"], "responsibility": "维保单位", "evidence": EVIDENCE}
    return world.do(marked, "conclude", done)


def test_every_mark_is_answered_before_it_is_closed(world: MattersWorld) -> None:
    case = investigated(world)
    assert world.codes(case, "close", {}) == {"mark_unanswered"}
    assert world.codes(case, "close", {"reasons": [{"mark": "late", "reason": "证据不足"}]}) >= {"mark_not_made"}
    answered = {"reasons": [{"mark": "false", "reason": "统计口径不同"}]}
    assert world.codes(case, "close", answered) == set()
    tracing = {"tracing": {"subject": "某人", "facts": "谎报", "marks": ["false"]}}
    world.under(case, "tracing", "U01", "drafted", dossier=tracing)
    assert world.codes(case, "close", {}) == set()
    world.under(case, "tracing", "U01", "declined", dossier=tracing)
    assert world.codes(case, "close", {}) == {"mark_unanswered"}


def test_a_case_closed_by_mistake_is_reopened_with_its_marks(world: MattersWorld) -> None:
    closed = world.do(investigated(world), "close", {"reasons": [{"mark": "false", "reason": "统计口径不同"}]})
    reopened = world.do(closed, "reopen", {"note": "误办"})
    assert reopened.state == "investigated" and marks_of(reopened) == ("false",)


def test_nobody_of_the_unit_finds_anything_about_its_report(world: MattersWorld) -> None:
    world.accounts[SECOND_COORDINATOR] = replace(world.accounts[SECOND_COORDINATOR], unit=BACHUAN)
    assert world.codes(reported(world), "conclude", by=SECOND_COORDINATOR) == {"own_unit_matter"}
    world.accounts[SECOND_COORDINATOR] = replace(world.accounts[SECOND_COORDINATOR], unit=PULU)
    assert world.codes(reported(world), "conclude", by=SECOND_COORDINATOR) == set()
