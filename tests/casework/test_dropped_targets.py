"""A unit an amendment drops may be inspected by another, unless this one had been there (Tongliang art. 12, 16)."""

from __future__ import annotations

from typing import Any

import pytest

from states.inspection.frequency import CARRIED_OUT
from states.inspection.procedures import PROCEDURES
from storage.cases import frequency
from tests.casework.office import (
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    DONGCHENG,
    EVIDENCE,
    LEADERS,
    OFFICERS,
    TUQIAO,
    Office,
    plan_of,
    planned_with,
)

VISITED = {"ways": ["11(2)2"], "record": "查阅台账"}
DONE_THERE: dict[str, dict[str, Any]] = {
    "request_self_inspection": {"due_on": "2026-03-30"},
    "visit_on_site": VISITED,
    "record_evaluation": {"contractor": "评价公司", "survey": "100户", "report": "满意"},
    "record_finding": {"text": "暗访所见"},
    "record_no_self_inspection": {"note": "两次催报未果"},
}
EVERY_METHOD = ["written", "on_site", "third_party"]


def amended(office: Office, case: str, targets: list[str]) -> None:
    """The coordinator asks for other targets, and the authority grants them."""
    if office.state(case) == "planned":
        office.advance(case, "filed")
    asked = office.does(COORDINATOR, "amend", case, {**plan_of(office, case, targets=targets), "note": "机构撤并"})
    [opened] = [one["case"] for one in asked["followed"]]
    office.does(AUTHORITY, "grant", opened, {"note": "同意"})


def standing(office: Office) -> dict[str, list[str]]:
    """The cases that stand in the way of each key."""
    found: dict[str, list[str]] = {}
    with office.reading() as session:
        for row in frequency.board(session, "TL", office.day.year):
            found.setdefault(row.use.key.value, []).append(row.use.case)
    return found


def test_a_dropped_target_may_be_inspected_by_another_and_the_rest_stays_taken(office: Office) -> None:
    case = office.special([BACHUAN, DONGCHENG], to="filed")
    amended(office, case, [BACHUAN])
    assert standing(office) == {BACHUAN: [case], "小作坊无证经营": [case]}
    assert office.special([DONGCHENG], to="approved", problem="另一问题")
    other = office.opens(kind="special", year=2026, title="再次", targets=[TUQIAO], problem="小作坊 无证经营")
    assert set(office.refused(COORDINATOR, "submit", other, {"contents": ["9(3)"]})) == {"frequency_problem"}


def test_a_target_that_was_given_notice_but_never_visited_is_free_once_it_is_dropped(office: Office) -> None:
    case = office.special([BACHUAN, DONGCHENG], to="under_way")
    amended(office, case, [BACHUAN])
    assert DONGCHENG not in standing(office)


@pytest.mark.parametrize("act", sorted(DONE_THERE))
def test_a_dropped_target_where_something_was_done_stays_taken(office: Office, act: str) -> None:
    case = planned_with(office, office.special([BACHUAN, DONGCHENG], to="approved"), methods=EVERY_METHOD)
    visit = office.part(case, "visit", DONGCHENG)
    if act == "record_no_self_inspection":
        office.does(LEADERS[1], "request_self_inspection", visit, DONE_THERE["request_self_inspection"])
        office.on("2026-04-01")
    office.does(LEADERS[1], act, visit, DONE_THERE[act])
    amended(office, case, [BACHUAN])
    assert standing(office)[DONGCHENG] == [case]


def test_a_target_visited_under_another_group_first_stays_taken(office: Office) -> None:
    case = office.special([BACHUAN, DONGCHENG], to="under_way")
    office.does(LEADERS[1], "visit_on_site", office.part(case, "visit", DONGCHENG), VISITED)
    amended(office, case, [BACHUAN, DONGCHENG, TUQIAO])
    office.advance(case, "filed")
    leader = {"name": LEADERS[2], "body": "区市场监管局"}
    one_group = {"groups": [{"name": "新组", "leader": leader, "targets": [BACHUAN, DONGCHENG, TUQIAO]}]}
    office.does(COORDINATOR, "staff", case, one_group)
    amended(office, case, [BACHUAN])
    assert set(standing(office)) == {BACHUAN, DONGCHENG, "小作坊无证经营"}


def test_a_target_that_was_dropped_can_be_taken_in_again(office: Office) -> None:
    """Also one whose key was never given back: it is not taken a second time."""
    case = office.special([BACHUAN, DONGCHENG, TUQIAO], to="under_way")
    office.does(LEADERS[1], "visit_on_site", office.part(case, "visit", DONGCHENG), VISITED)
    amended(office, case, [BACHUAN])
    amended(office.later(), case, [BACHUAN, DONGCHENG, TUQIAO])
    assert {key: uses for key, uses in standing(office).items() if key != "小作坊无证经营"} == {
        unit: [case] for unit in (BACHUAN, DONGCHENG, TUQIAO)
    }


def test_a_dropped_target_taken_by_another_meanwhile_is_not_taken_back(office: Office) -> None:
    case = office.special([BACHUAN, DONGCHENG], to="filed")
    amended(office, case, [BACHUAN])
    office.special([DONGCHENG], to="approved", problem="另一问题")
    office.advance(case, "filed")
    wider = plan_of(office, case, targets=[BACHUAN, DONGCHENG])
    assert "added_target_taken" in office.refused(COORDINATOR, "amend", case, {**wider, "note": "恢复"})


def test_cancelling_what_was_begun_frees_nothing_though_its_plan_was_amended_since(office: Office) -> None:
    case = office.special([BACHUAN], to="under_way")
    office.does(LEADERS[0], "visit_on_site", office.part(case, "visit", BACHUAN), VISITED)
    office.does(COORDINATOR, "amend", case, {**plan_of(office, case, methods=["written"]), "note": "改为书面"})
    assert office.state(case) == "planned"
    office.does(AUTHORITY, "cancel", case, {"note": "不再需要"})
    assert standing(office)[BACHUAN] == [case]


def test_a_unit_dropped_after_it_was_told_puts_right_what_it_was_told_and_may_dispute_it(office: Office) -> None:
    case = office.special([BACHUAN, DONGCHENG, TUQIAO], to="under_way")
    visit = office.part(case, "visit", DONGCHENG)
    office.does(LEADERS[1], "visit_on_site", visit, VISITED)
    office.does(LEADERS[1], "feed_back", visit, {"advice": "整改", "findings": [{"text": "台账不全"}]})
    amended(office, case, [BACHUAN])
    office.advance(case, "published")
    assert {part.unit for part in office.parts(case, "rectification")} == {BACHUAN, DONGCHENG}
    asked = {"grounds": "结论不符", "evidence": EVIDENCE}
    assert office.does(OFFICERS[DONGCHENG], "apply_for_review", case, asked)["state"] == "applied"
    assert "unit_not_inspected" in office.refused(OFFICERS[TUQIAO], "apply_for_review", case, asked)


def test_every_act_of_a_group_on_a_visit_counts_as_carrying_it_out() -> None:
    """An act added to the table later is not forgotten here."""
    theirs = {
        step.act
        for step in PROCEDURES["visit"].steps
        if {role.value for role in step.by} <= {"group_leader", "group_member"}
    }
    assert theirs == CARRIED_OUT
