"""A refusal names the people who can act today, as far as the account that asked may know them."""

from __future__ import annotations

from typing import Any

from access.reader import operator
from access.visible_cases import open_reader
from casework.acts.request_context import account_named
from casework.views import case_queries
from states.engine.case import Actor, Role
from storage.people import accounts
from tests.casework.office import (
    AUDITOR,
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    EVIDENCE,
    LEADERS,
    MEMBERS,
    OFFICERS,
    SECOND_COORDINATOR,
    TUQIAO,
    Office,
)

SPECIAL: dict[str, Any] = {"kind": "special", "year": 2026, "title": "专项", "reason": "反映", "problem": "无证经营"}
BOTH = "身兼两职"
VISIT = {"ways": ["11(2)2"], "record": "查阅台账", "present": [LEADERS[0], MEMBERS[0]]}


def switch_off(office: Office, name: str) -> None:
    with office.writing() as session:
        accounts.switch(session, "TL", name, active=False)


def test_the_wrong_office_is_told_who_in_the_right_one(office: Office) -> None:
    case = office.special(to="submitted")
    refused = office.refused(COORDINATOR, "approve", case, {"note": "同意"})
    assert refused["role_missing"]["people"] == [AUTHORITY]


def test_whoever_asked_is_not_among_those_who_decide(office: Office) -> None:
    with office.writing() as session:
        accounts.put(session, [Actor(BOTH, frozenset({Role.COORDINATOR, Role.AUTHORITY}), "TL")])
    case = office.opens(BOTH, **SPECIAL, targets=[BACHUAN])
    office.does(COORDINATOR, "submit", case, {"contents": ["9(3)"]})
    assert office.refused(BOTH, "approve", case, {"note": "同意"})["own_request"]["people"] == [AUTHORITY]
    switch_off(office, AUTHORITY)
    assert office.refused(BOTH, "approve", case, {"note": "同意"})["own_request"]["people"] == []


def test_nobody_is_named_who_comes_from_the_unit(office: Office) -> None:
    with office.writing() as session:
        accounts.put(session, [Actor(SECOND_COORDINATOR, frozenset({Role.COORDINATOR}), "TL", BACHUAN)])
    case = office.special([BACHUAN], to="published")
    [rectification] = office.parts(case, "rectification")
    refused = office.refused(LEADERS[0], "close", rectification.id, {"note": "符合要求"})
    assert refused["role_missing"]["people"] == [COORDINATOR]


def test_nobody_is_named_who_is_absent_that_day(office: Office) -> None:
    case = office.special([BACHUAN], to="under_way")
    [group], visit = office.parts(case, "group"), office.part(case, "visit", BACHUAN)
    both = office.refused(COORDINATOR, "visit_on_site", visit, VISIT)["role_missing"]["people"]
    assert both == [LEADERS[0], MEMBERS[0]]
    office.does(LEADERS[0], "record_absence", group.id, {"member": MEMBERS[0], "note": "出差"})
    assert office.refused(COORDINATOR, "visit_on_site", visit, VISIT)["role_missing"]["people"] == [LEADERS[0]]


def test_an_office_that_does_another_act_first_is_named_by_who_can_do_that(office: Office) -> None:
    case = office.opens(COORDINATOR, **SPECIAL, targets=[BACHUAN])
    office.does(COORDINATOR, "submit", case, {"contents": ["9(3)"]})
    office.does(AUTHORITY, "suspend", case, {"note": "等候批示"})
    refused = office.refused(AUTHORITY, "approve", case, {"note": "同意"})
    assert refused["case_suspended"]["people"] == [AUTHORITY]


def test_an_account_without_a_role_in_the_act_learns_no_name(office: Office) -> None:
    case = office.special([BACHUAN, TUQIAO], to="published")
    [part, _] = office.parts(case, "rectification")
    for stranger in (OFFICERS[BACHUAN], AUDITOR):
        refused = office.refused(stranger, "close", part.id, {"note": "符合要求"})
        assert set(refused) == {"role_missing"}
        assert "people" not in refused["role_missing"]


def test_an_officer_learns_the_names_of_their_own_unit_alone(office: Office) -> None:
    case = office.special([BACHUAN, TUQIAO], to="published")
    other = office.part(case, "rectification", TUQIAO)
    refused = office.refused(
        OFFICERS[BACHUAN], "report", other, {"summary": "已停止经营并整改到位", "evidence": EVIDENCE}
    )
    assert "people" not in refused["not_of_this_unit"]


def test_the_question_names_the_same_people_as_the_refused_act(office: Office) -> None:
    case = office.special(to="submitted")
    refused = office.refused(COORDINATOR, "approve", case, {"note": "同意"})
    with office.reading() as session:
        for reader in (operator(), open_reader(session, account_named(session, COORDINATOR))):
            answer = case_queries.why(session, office.clock, reader, case, "approve", actor=COORDINATOR)
            assert {one.code: list(one.people or ()) for one in answer.refusals} == {
                code: one["people"] for code, one in refused.items()
            }
