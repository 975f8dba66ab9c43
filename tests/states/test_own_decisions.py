"""Nobody decides their own, however long ago it was theirs (SPEC rule 6)."""

from dataclasses import replace
from typing import Any

import pytest

from states.engine.case import Case, Role
from tests.states.world import AUTHORITY, COORDINATOR, OFFICE, PLAN, SECOND_COORDINATOR, World

AGREED = {"note": "同意"}


@pytest.fixture
def world() -> World:
    """Two coordinators who hold every deciding office besides."""
    world = World()
    offices = {Role.COORDINATOR, Role.AUTHORITY, Role.SUPERVISION_OFFICE}
    for name in (COORDINATOR, SECOND_COORDINATOR):
        world.accounts[name] = replace(world.accounts[name], roles=frozenset(offices))
    return world


def done(world: World, case: Case, *acts: tuple[str, str, dict[str, Any]]) -> Case:
    """The case after these acts, each by somebody."""
    for who, act, data in acts:
        case = world.do(case, act, data, by=who)
    return case


def test_everybody_who_did_an_act_is_kept_the_last_one_last(world: World) -> None:
    case = world.inspection("consolidated", actors_by_act={"consolidate": (COORDINATOR, SECOND_COORDINATOR)})
    again = done(world, case, (AUTHORITY, "send_back", AGREED), (COORDINATOR, "consolidate", {"summary": "报告"}))
    assert again.actors_by_act["consolidate"] == (SECOND_COORDINATOR, COORDINATOR)
    assert again.actors("consolidate", "send_back", "publish") == {COORDINATOR, SECOND_COORDINATOR, AUTHORITY}


@pytest.mark.parametrize("act", ["approve", "return", "reject"])
def test_who_submitted_first_decides_nothing_after_a_return(world: World, act: str) -> None:
    contents = {"contents": ["9(1)", "9(3)"]}
    case = world.inspection("drafted", opened_by=SECOND_COORDINATOR, actors_by_act={"open": (SECOND_COORDINATOR,)})
    resubmitted = done(
        world,
        case,
        (COORDINATOR, "submit", contents),
        (AUTHORITY, "return", AGREED),
        (SECOND_COORDINATOR, "submit", contents),
    )
    assert world.codes(resubmitted, act, AGREED, by=COORDINATOR) == {"own_request"}
    assert world.codes(resubmitted, act, AGREED, by=SECOND_COORDINATOR) == {"own_request"}
    assert world.codes(resubmitted, act, AGREED, by=AUTHORITY) == set()


@pytest.mark.parametrize("act", ["consent", "send_back"])
def test_who_consolidated_does_not_decide_on_the_report(world: World, act: str) -> None:
    """Article 13(5): the joint office makes the report, the authority consents to it."""
    case = world.inspection("consolidated", actors_by_act={"consolidate": (COORDINATOR, SECOND_COORDINATOR)})
    assert world.codes(case, act, AGREED, by=COORDINATOR) == {"own_report"}
    assert world.codes(case, act, AGREED, by=AUTHORITY) == set()


@pytest.mark.parametrize("by", ["plan", "amend"])
def test_who_planned_does_not_file(world: World, by: str) -> None:
    """Article 13(2): the joint office plans, the supervision office files."""
    start = "approved" if by == "plan" else "filed"
    planned = done(world, world.inspection(start), (COORDINATOR, by, {**PLAN, "note": "期限不变"}))
    assert world.codes(planned, "file", {}, by=COORDINATOR) == {"own_plan"}
    assert world.codes(planned, "file", {}, by=OFFICE) == set()


def test_whoever_asked_for_an_extension_before_does_not_decide_on_the_next(world: World) -> None:
    world.inspection("published")
    request = {"note": "困难", "until": "2026-04-30"}
    case = world.part(
        "rectification",
        "R01",
        "awaiting_plan",
        unit="500151001",
        dossier={"extension_requests": [request]},
        actors_by_act={"ask_extension": (COORDINATOR, "巴川街道联络员")},
    )
    assert "own_request" in world.codes(case, "refuse_extension", AGREED, by=COORDINATOR)
    assert "own_request" not in world.codes(case, "refuse_extension", AGREED, by=SECOND_COORDINATOR)
