"""Designated departments, admonitory talks and recommendations (Decree 733 art. 7, 12(7), 21)."""

from __future__ import annotations

from typing import Any

import pytest

from states.engine.successions import NO_CHANGES, Successions, UnitChange
from tests.states.world import (
    AUTHORITY,
    BACHUAN,
    DAY,
    DONGCHENG,
    INSPECTION,
    OFFICE,
    PLAN,
    PULU,
    UNITS,
    World,
    named,
)

MARKET_BUREAU = "TL-D-03"
DESIGNATION: dict[str, Any] = {
    "department": MARKET_BUREAU,
    "document": "铜府办〔2026〕8号",
    "matter": "电动自行车质量",
    "scope": "巴川街道、东城街道",
    "duty": "检查并报告",
    "period": {"begins": "2026-03-01", "ends": "2026-05-31"},
}
TALK = {"unit": BACHUAN, "people": ["巴川街道主任"], "reason": "整改推进缓慢"}
RECOMMENDATION = {"measure": "criticise", "unit": BACHUAN, "grounds": "督察结论第三项"}


@pytest.fixture
def world() -> World:
    world = World()
    world.inspection("published")
    return world


class TestDesignation:
    """Art. 7: a department supervises the matter, scope, duty and period it is designated for."""

    def codes_of_opening(self, department: str, became: Successions = NO_CHANGES) -> set[str]:
        world = World(became=became)
        blank = world.inspection("new", targets=(), dossier={})
        application = {
            "kind": "special", "year": 2026, "title": "专项", "targets": [BACHUAN, DONGCHENG], "problem": "质量",
            "designation": {**DESIGNATION, "department": department},
        }  # fmt: skip
        return world.codes(blank, "open", application)

    def test_the_department_is_on_the_roster_and_does_not_inspect_itself(self) -> None:
        assert self.codes_of_opening(MARKET_BUREAU) == set()
        assert self.codes_of_opening("TL-D-99") == {"unit_unknown"}
        assert self.codes_of_opening(BACHUAN) == {"department_is_a_target"}
        ended = Successions((UnitChange("abolished", DAY, (UNITS[MARKET_BUREAU],), (), None),))
        assert self.codes_of_opening(MARKET_BUREAU, ended) == {"unit_ended"}

    @pytest.mark.parametrize(("ends", "refused"), [("2026-05-31", set[str]()), ("2026-06-01", {"outside_designation"})])
    def test_the_plan_keeps_to_the_period(self, ends: str, refused: set[str]) -> None:
        world = World()
        case = world.inspection("approved")
        application = {**case.dossier["application"], "designation": DESIGNATION}
        case = world.inspection("approved", dossier={**case.dossier, "application": application})
        plan = {**PLAN, "period": {"begins": "2026-03-01", "ends": ends}}
        assert world.codes(case, "plan", plan) == refused


class TestTalks:
    """Art. 12(7): the head of an inspected unit, or the people responsible."""

    def test_a_talk_is_arranged_and_recorded(self, world: World) -> None:
        case = world.do(world.part("admonitory_talk", "Y01", "new"), "arrange", TALK, by=OFFICE, on=DAY)
        case = world.do(case, "record_talk", {"attended": ["巴川街道主任"], "record": "要求限期整改"}, by=OFFICE)
        assert case.state == "concluded"

    def test_with_a_unit_that_was_inspected(self, world: World) -> None:
        case = world.part("admonitory_talk", "Y01", "new")
        assert world.codes(case, "arrange", {**TALK, "unit": PULU}) == {"unit_not_a_target"}
        assert named(PULU) in world.says("unit_not_a_target", case, "arrange", {**TALK, "unit": PULU})


class TestRecommendations:
    """Art. 21: approved by the authority before anything comes of them."""

    def test_the_authority_approves_and_what_was_carried_out_is_recorded(self, world: World) -> None:
        case = world.do(world.part("recommendation", "J01", "new"), "draft", RECOMMENDATION)
        assert world.codes(case, "carry_out", {"body": "区考核办", "result": "已通报批评"}) == {"out_of_order"}
        case = world.do(case, "approve", {"note": "同意"}, by=AUTHORITY)
        case = world.do(case, "carry_out", {"body": "区考核办", "result": "已通报批评"})
        assert case.state == "carried_out"

    def test_not_before_there_is_a_conclusion(self, world: World) -> None:
        world.inspection("under_way")
        case = world.part("recommendation", "J01", "new")
        assert world.codes(case, "draft", RECOMMENDATION) == {"inspection_elsewhere"}

    @pytest.mark.parametrize("state", ["arranged", "drafted"])
    def test_what_goes_on_is_named_when_the_inspection_is_closed(self, world: World, state: str) -> None:
        procedure, number = {"arranged": ("admonitory_talk", "Y01"), "drafted": ("recommendation", "J01")}[state]
        world.part(procedure, number, state)
        case = world.cases[INSPECTION]
        assert "goes_on_unnamed" in world.codes(case, "close", {})
        assert "goes_on_unnamed" not in world.codes(case, "close", {"goes_on": [f"{INSPECTION}-{number}"]})
