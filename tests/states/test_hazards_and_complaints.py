"""Listed hazards to their delisting, and complaints answered or taken up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from states.engine.case import Case
from states.engine.deadlines import Deadline
from tests.states.matters_world import CHENGDU, EVIDENCE, LISTING, OFFICER, XINJIANG, MattersWorld
from tests.states.world import AUTHORITY, BACHUAN, COORDINATOR, DONGCHENG, SECOND_COORDINATOR

BACK = {"note": "未整治到位", "due_on": "2026-05-06"}


@pytest.fixture
def world() -> MattersWorld:
    return MattersWorld(regulation=CHENGDU)


@pytest.mark.parametrize(
    ("said", "refused"),
    [({}, set()), ({"due_on": "2026-03-02"}, {"due_not_ahead"}), ({"unit": "650100"}, {"unit_unknown"})],
)
def test_a_hazard_is_listed_with_a_limit_ahead_at_a_unit_of_ours(
    world: MattersWorld, said: dict[str, Any], refused: set[str]
) -> None:
    assert world.codes(world.root("hazard", "G01"), "list_hazard", {**LISTING, **said}, by=AUTHORITY) == refused


def test_whoever_entered_the_claim_neither_verifies_nor_returns_it(world: MattersWorld) -> None:
    case = world.root("hazard", "G01", "removal_claimed", actors_by_act={"claim": (OFFICER, COORDINATOR)})
    verified = {"record": "现场核实", "evidence": EVIDENCE}
    assert world.codes(case, "verify_removal", verified) == world.codes(case, "return", BACK) == {"own_handed_in"}
    assert world.codes(case, "verify_removal", verified, by=SECOND_COORDINATOR) == set()
    assert world.codes(case, "return", {**BACK, "due_on": "2026-03-01"}, by=SECOND_COORDINATOR) == {"due_not_ahead"}


def test_whoever_verified_does_not_delist(world: MattersWorld) -> None:
    case = world.root("hazard", "G01", "verified", actors_by_act={"verify_removal": (COORDINATOR,)})
    assert world.codes(case, "delist", {"note": "同意"}, by=AUTHORITY) == set()
    world.accounts[AUTHORITY] = replace(world.accounts[AUTHORITY], name=COORDINATOR)
    assert world.codes(case, "delist", {"note": "同意"}, by=AUTHORITY) == {"own_verification"}


def limited(world: MattersWorld, case: Case) -> None:
    limit = date(2026, 4, 1)
    world.running = [Deadline(case.id, "hazard_limit", 1, "TL", "2(5)", case.opened_on, BACHUAN, fixed=limit)]


@pytest.mark.parametrize(
    ("until", "on", "refused"),
    [
        ("2026-04-10", "2026-04-01", set()),
        ("2026-04-01", "2026-03-20", {"limit_not_later"}),
        ("2026-04-10", "2026-04-02", {"hazard_limit_passed"}),
        ("2199-01-01", "2026-03-20", {"due_unreachable"}),
    ],
)
def test_a_limit_is_put_off_before_it_has_passed(world: MattersWorld, until: str, on: str, refused: set[str]) -> None:
    case = world.root("hazard", "G01", "planned")
    limited(world, case)
    said, day = {"until": until, "note": "设备到货推迟"}, date.fromisoformat(on)
    assert world.codes(case, "extend", said, by=AUTHORITY, on=day) == refused


COMPLAINT = {"complaint": {"title": "电梯", "channel": "12365", "problem": "电梯困人多发", "content": "多次困人"}}


def complaint(world: MattersWorld, **changes: Any) -> Case:
    return world.root("complaint", "J01", "received", **{"dossier": COMPLAINT, **changes})


@pytest.mark.parametrize(
    ("kind", "state", "problem", "refused"),
    [
        ("special", "drafted", "电梯困人多发", set()),
        ("special", "drafted", "电梯困人， 多发。", set()),
        ("special", "drafted", "燃气灶质量", {"problem_differs"}),
        ("special", "closed", "电梯困人多发", {"case_ended"}),
        ("duty_check", "drafted", "电梯困人多发", {"no_special_inspection"}),
    ],
)
def test_a_complaint_is_taken_up_where_its_problem_is(
    world: MattersWorld, kind: str, state: str, problem: str, refused: set[str]
) -> None:
    case = complaint(world)
    application = {"application": {"kind": kind, "year": 2026, "title": "专项", "problem": problem}}
    world.root("inspection", "X01", state, kind=kind, unit=None, targets=(BACHUAN,), dossier=application)
    assert world.codes(case, "take_up_complaint", {"inspection": "TL-2026-X01"}) == refused


def test_an_inspection_of_another_jurisdiction_is_none(world: MattersWorld) -> None:
    case = complaint(world)
    world.root("inspection", "X01", "drafted", kind="special", jurisdiction="XJ")
    assert world.codes(case, "take_up_complaint", {"inspection": "TL-2026-X01"}) == {"no_special_inspection"}


def test_a_new_inspection_needs_targets_of_ours(world: MattersWorld) -> None:
    assert world.codes(complaint(world), "take_up_complaint", {}) == set()
    assert world.codes(complaint(world, unit=None), "take_up_complaint", {}) == {"target_missing"}
    assert world.codes(complaint(world, unit=None), "take_up_complaint", {"targets": [DONGCHENG]}) == set()
    assert world.codes(complaint(world), "take_up_complaint", {"targets": ["650100"]}) == {"unit_unknown"}


def test_a_text_without_special_inspections_only_answers() -> None:
    world = MattersWorld(regulation=replace(CHENGDU, kinds=XINJIANG.kinds))
    assert world.codes(complaint(world), "take_up_complaint", {}) == {"no_special_kind"}
    answer = {"answer": "已整改", "told": "电话"}
    assert world.codes(complaint(world), "answer_complaint", answer) == set()


def test_a_complaint_is_about_a_unit_of_ours(world: MattersWorld) -> None:
    blank = world.root("complaint", "J01", unit=None)
    said = {**COMPLAINT["complaint"], "unit": "650100"}
    assert world.codes(blank, "receive", said) == {"unit_unknown"}
    assert world.codes(blank, "receive", {**said, "unit": BACHUAN}) == set()
