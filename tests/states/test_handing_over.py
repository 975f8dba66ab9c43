"""People leave at any open state: their duties pass to successors who can and may do them (SPEC rule 12)."""

from dataclasses import replace
from typing import Any

import pytest

from states.engine.case import Case, Role
from states.inspection.hand_over import handler_of
from states.inspection.procedures.conduct import FINAL, STATES
from tests.states.world import (
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    DONGCHENG,
    GROUP,
    LEADER,
    MEMBER,
    NANCHENG,
    OTHER_LEADER,
    OTHER_MEMBER,
    SECOND_COORDINATOR,
    World,
    officer,
)

STAFFED = STATES[STATES.index("staffed") : STATES.index("closed")]
KEPT = {"by": COORDINATOR, "on": "2026-03-02"}
TRAINED = {"trained_on": "2026-03-02"}


@pytest.fixture
def world() -> World:
    return World()


def change(duty: str, leaves: str, takes_over: str | None, **more: Any) -> dict[str, Any]:
    return {"duty": duty, "leaves": leaves, "takes_over": {"name": takes_over} if takes_over else None, **more}


def handed(*changes: dict[str, Any]) -> dict[str, Any]:
    return {"note": "调离", "changes": list(changes)}


def staffed(world: World, state: str = "under_way", **changes: Any) -> Case:
    case = world.inspection(state, **changes)
    world.group("prepared")
    return case


LEADERS_CHANGE = change("leader", LEADER, OTHER_LEADER, **TRAINED)


@pytest.mark.parametrize("state", STAFFED)
def test_several_leave_at_once_in_any_open_state(world: World, state: str) -> None:
    every = handed(
        LEADERS_CHANGE,
        change("member", MEMBER, OTHER_MEMBER, **TRAINED),
        change("officer", officer(BACHUAN), "巴川街道新联络员"),
        change("handler", COORDINATOR, SECOND_COORDINATOR),
    )
    world.accounts["巴川街道新联络员"] = replace(world.accounts[officer(BACHUAN)], name="巴川街道新联络员")
    after = world.do(staffed(world, state), "hand_over", every, by=SECOND_COORDINATOR)
    [group] = after.dossier["staffing"]["groups"]
    assert (after.state, group["leader"]["name"]) == (state, OTHER_LEADER)
    assert (group["leader"]["body"], group["targets"]) == ("区政府办公室", GROUP["targets"])
    assert [one["name"] for one in group["members"]] == [OTHER_MEMBER]
    assert handler_of(after) == SECOND_COORDINATOR


@pytest.mark.parametrize("state", ["drafted", "submitted", "returned", "approved", "planned", "filed"])
def test_the_handler_leaves_before_there_are_groups(world: World, state: str) -> None:
    case = world.inspection(state)
    assert world.codes(case, "hand_over", handed(change("handler", COORDINATOR, SECOND_COORDINATOR))) == set()
    assert world.codes(case, "hand_over", handed(LEADERS_CHANGE)) == {"duty_not_held"}


@pytest.mark.parametrize("state", sorted(FINAL))
def test_nothing_is_handed_over_once_the_inspection_has_ended(world: World, state: str) -> None:
    assert world.codes(staffed(world, state), "hand_over", handed(LEADERS_CHANGE)) == {"case_ended"}


def test_people_leave_also_while_the_inspection_is_suspended(world: World) -> None:
    assert world.codes(staffed(world, suspended=True), "hand_over", handed(LEADERS_CHANGE)) == set()


def test_only_the_joint_office_hands_over(world: World) -> None:
    assert world.codes(staffed(world), "hand_over", handed(LEADERS_CHANGE), by=AUTHORITY) == {"role_missing"}


@pytest.mark.parametrize(
    ("wrong", "codes"),
    [
        (change("leader", OTHER_LEADER, LEADER, **TRAINED), {"duty_not_held"}),
        (change("member", LEADER, OTHER_MEMBER, **TRAINED), {"duty_not_held"}),
        (change("handler", SECOND_COORDINATOR, COORDINATOR), {"duty_not_held"}),
        (change("officer", MEMBER, officer(BACHUAN)), {"duty_not_held", "successor_without_office"}),
        (change("leader", LEADER, None), {"successor_missing"}),
        (change("leader", LEADER, LEADER, **TRAINED), {"successor_is_the_same"}),
        (change("leader", LEADER, OTHER_MEMBER, **TRAINED), {"successor_without_office"}),
        (change("handler", COORDINATOR, "ducha-service"), {"successor_without_office"}),
        (change("officer", officer(BACHUAN), officer(DONGCHENG)), {"successor_without_office"}),
        (change("member", MEMBER, LEADER, **TRAINED), {"already_in_the_group"}),
        (change("member", MEMBER, "路人甲", **TRAINED), {"not_for_groups", "invited_outnumber"}),
        (
            change("member", MEMBER, officer(BACHUAN), **TRAINED),
            {"not_for_groups", "invited_outnumber", "own_unit"},
        ),
    ],
    ids=lambda one: f"{one['duty']} {one['leaves']}" if isinstance(one, dict) else "",
)
def test_the_leaver_has_the_duty_and_the_successor_may_take_it(
    world: World, wrong: dict[str, Any], codes: set[str]
) -> None:
    assert world.codes(staffed(world), "hand_over", handed(wrong)) == codes


def test_nobody_leaves_one_duty_twice(world: World) -> None:
    twice = handed(LEADERS_CHANGE, change("leader", LEADER, "督察组长三", **TRAINED))
    assert world.codes(staffed(world), "hand_over", twice) == {"leaves_twice"}


def test_two_leaders_change_places(world: World) -> None:
    second = {"name": "第二组", "leader": {"name": OTHER_LEADER, "body": "区政府办公室"}, "targets": [DONGCHENG]}
    first = {**GROUP, "targets": [BACHUAN]}
    case = staffed(world)
    case = world.put(replace(case, dossier={**case.dossier, "staffing": {**KEPT, "groups": [first, second]}}))
    world.part("group", "G02", "prepared", title="第二组")
    swapped = handed(LEADERS_CHANGE, change("leader", OTHER_LEADER, LEADER, **TRAINED))
    after = world.do(case, "hand_over", swapped)
    assert [one["leader"]["name"] for one in after.dossier["staffing"]["groups"]] == [OTHER_LEADER, LEADER]
    assert {key: after.dossier["staffing"][key] for key in KEPT} == KEPT, "author and day of the staffing stay"


def test_a_member_may_leave_without_a_successor(world: World) -> None:
    after = world.do(staffed(world), "hand_over", handed(change("member", MEMBER, None)))
    assert after.dossier["staffing"]["groups"][0]["members"] == []


def test_who_joins_after_the_training_was_trained_apart(world: World) -> None:
    """Article 13(3): everybody is trained before each inspection."""
    trained = {"by": COORDINATOR, "on": "2026-03-02", "content": "业务", "attended": [LEADER, MEMBER]}
    case = staffed(world)
    case = world.put(replace(case, dossier={**case.dossier, "training": [trained]}))
    untrained = {key: value for key, value in LEADERS_CHANGE.items() if key != "trained_on"}
    assert world.codes(case, "hand_over", handed(untrained)) == {"successor_untrained"}
    ahead = {**LEADERS_CHANGE, "trained_on": "2026-03-09"}
    assert world.codes(case, "hand_over", handed(ahead)) == {"training_in_the_future"}
    after = world.do(case, "hand_over", handed(LEADERS_CHANGE))
    back = change("leader", OTHER_LEADER, LEADER)
    assert world.codes(after, "hand_over", handed(back)) == set(), "who was trained once is trained"


def test_the_successor_of_a_closed_account_is_of_a_target(world: World) -> None:
    """The officer's account was closed before the hand-over."""
    case, gone = staffed(world), officer(BACHUAN)
    del world.accounts[gone]
    for successor, codes in ((officer(DONGCHENG), set()), (officer(NANCHENG), {"successor_without_office"})):
        assert world.codes(case, "hand_over", handed(change("officer", gone, successor))) == codes


def test_a_group_that_has_reported_has_nothing_left_to_hand_over(world: World) -> None:
    case = world.inspection("reported")
    world.group("reported")
    assert world.codes(case, "hand_over", handed(LEADERS_CHANGE)) == {"duty_not_held"}


def test_texts_name_duty_and_office(world: World) -> None:
    case = staffed(world)
    missing = handed(change("leader", LEADER, None))
    assert "组长" in world.says("successor_missing", case, "hand_over", missing)
    lacking = handed(change("leader", LEADER, OTHER_MEMBER, **TRAINED))
    assert "督察组组长账号" in world.says("successor_without_office", case, "hand_over", lacking)
    assert Role.GROUP_LEADER not in world.accounts[OTHER_MEMBER].roles
