"""People leave: their duties pass on at any open state, and what they can no longer do (SPEC rule 12)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from access.reader import operator
from casework.acts.act_models import ActRequest
from casework.administration import account_administration
from casework.administration.account_administration import ClosedAccount
from casework.errors import RefusedByRule
from casework.views import case_queries
from tests.casework.office import (
    ADMINISTRATOR,
    APPRAISAL,
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    LEADERS,
    MEMBERS,
    OFFICERS,
    RESPONSIBLE_LEADER,
    SECOND_COORDINATOR,
    SUPERVISION_OFFICE,
    TUQIAO,
    Office,
)

LEAVING, SUCCESSOR = LEADERS[0], LEADERS[2]


def handed(**change: Any) -> dict[str, Any]:
    return {"note": "调离区委办公室", "changes": [change]}


def leader_leaves(office: Office) -> dict[str, Any]:
    trained = office.day.isoformat()
    return handed(duty="leader", leaves=LEAVING, takes_over={"name": SUCCESSOR}, trained_on=trained)


ACTS = {
    "trained": ("prepare", {"information": "已收集"}),
    "under_way": ("record_absence", {"member": MEMBERS[0], "note": "因病住院"}),
    "fed_back": ("report", {"summary": "督察报告"}),
}


@pytest.mark.parametrize("state", ACTS)
def test_the_successor_of_a_leader_goes_on_and_the_leaver_can_no_longer(office: Office, state: str) -> None:
    """Article 13(4): a group whose leader had left could neither feed back nor report."""
    case = office.special([BACHUAN, TUQIAO], to=state)
    [first, _] = office.parts(case, "group")
    done = office.does(COORDINATOR, "hand_over", case, leader_leaves(office))
    assert [(one["case"], one["act"]) for one in done["followed"]] == [(first.id, "change_people")]
    assert (done["state"], office.state(first.id)) == (state, first.state)
    act, data = ACTS[state]
    assert set(office.refused(LEAVING, act, first.id, data)) == {"other_group"}
    office.does(SUCCESSOR, act, first.id, data)
    assert office.breaks() == []


def test_the_inspection_is_finished_by_the_successor(office: Office) -> None:
    case = office.special([BACHUAN, TUQIAO], to="under_way")
    office.does(COORDINATOR, "hand_over", case, leader_leaves(office))
    office.advance(case, "published")
    assert {entry.dossier["order"]["leader"]["name"] for entry in office.parts(case, "group")} == {
        SUCCESSOR,
        LEADERS[1],
    }


def test_several_leave_at_once_and_the_journal_tells_of_each(office: Office) -> None:
    case = office.special([BACHUAN], to="under_way")
    changes = [
        leader_leaves(office)["changes"][0],
        {"duty": "member", "leaves": MEMBERS[0], "takes_over": {"name": MEMBERS[3]}, "trained_on": "2026-03-02"},
        {"duty": "handler", "leaves": COORDINATOR, "takes_over": {"name": SECOND_COORDINATOR}},
    ]
    office.does(SECOND_COORDINATOR, "hand_over", case, {"note": "机构改革", "changes": changes})
    [group] = office.parts(case, "group")
    order = group.dossier["order"]
    assert (order["leader"]["name"], [one["name"] for one in order["members"]]) == (SUCCESSOR, [MEMBERS[3]])
    with office.reading() as session:
        shown = case_queries.show(session, office.clock, operator(), case)
    assert [row.act for row in shown.timeline][-2:] == ["hand_over", "change_people"]
    assert office.breaks() == []


def test_a_hand_over_is_refused_whole(office: Office) -> None:
    case = office.special([BACHUAN], to="under_way")
    office.on(date(2026, 6, 1))
    good = leader_leaves(office)["changes"][0]
    wrong = {"duty": "member", "leaves": MEMBERS[0], "takes_over": {"name": "路人甲"}}
    refused = office.refused(COORDINATOR, "hand_over", case, {"note": "调离", "changes": [good, wrong]})
    assert set(refused) == {"not_for_groups", "invited_outnumber", "successor_untrained"}
    assert refused["not_for_groups"]["article"] == "13(3)"


def closed(office: Office, name: str) -> ClosedAccount:
    """The administrator closes an account."""
    with office.writing() as session:
        return account_administration.close_account(session, office.clock, ActRequest(ADMINISTRATOR), name)


def test_closing_an_account_lists_what_it_still_had_to_do(office: Office) -> None:
    case = office.special([BACHUAN, TUQIAO], to="under_way")
    [first, _] = office.parts(case, "group")
    assert [(duty.case, duty.duty) for duty in closed(office, LEAVING).open_duties] == [(first.id, "group")]
    assert [(duty.case, duty.duty) for duty in closed(office, COORDINATOR).open_duties] == [(case, "handler")]
    change = leader_leaves(office)
    office.does(SECOND_COORDINATOR, "hand_over", case, change)
    assert closed(office, APPRAISAL).open_duties == ()


@pytest.mark.parametrize("name", [AUTHORITY, RESPONSIBLE_LEADER, SUPERVISION_OFFICE, OFFICERS[BACHUAN], ADMINISTRATOR])
def test_the_last_holder_of_a_needed_office_stays(office: Office, name: str) -> None:
    case = office.special([BACHUAN], to="published")
    with pytest.raises(RefusedByRule) as refused:
        closed(office, name)
    assert refused.value.code == "last_holder" and case
    assert closed(office, OFFICERS[TUQIAO]).active is False, "nothing of this unit is open"


def test_one_of_two_coordinators_leaves_and_the_other_stays(office: Office) -> None:
    office.special([BACHUAN], to="submitted")
    closed(office, COORDINATOR)
    with pytest.raises(RefusedByRule):
        closed(office, SECOND_COORDINATOR)
