"""Drafts are edited and withdrawn by their maker; a case that was closed by mistake is opened again (house rules)."""

from __future__ import annotations

from typing import Any

import pytest

from states.engine.case import Case
from tests.states.world import (
    BACHUAN,
    COORDINATOR,
    DONGCHENG,
    INSPECTION,
    PULU,
    SECOND_COORDINATOR,
    World,
)

REASON = {"note": "误办结"}


@pytest.fixture
def world() -> World:
    return World()


def of_the_maker(world: World, state: str) -> Case:
    return world.inspection(state, opened_by=COORDINATOR)


class TestDrafts:
    @pytest.mark.parametrize("state", ["drafted", "returned"])
    def test_all_it_says_can_be_changed_but_kind_and_year(self, world: World, state: str) -> None:
        change: dict[str, Any] = {"title": "电动车专项督察", "targets": [PULU], "problem": "非法改装"}
        edited = world.do(of_the_maker(world, state), "edit", change)
        assert (edited.state, edited.title, edited.targets) == (state, "电动车专项督察", (PULU,))
        assert edited.dossier["application"]["problem"] == "非法改装"
        assert edited.dossier["application"]["reason"] == "群众反映强烈"

    def test_what_is_changed_is_judged_as_at_the_opening(self, world: World) -> None:
        case = of_the_maker(world, "drafted")
        assert world.codes(case, "edit", {"targets": ["500151999"]}) == {"unit_unknown"}
        assert world.codes(case, "edit", {"targets": []}) == {"target_missing"}

    @pytest.mark.parametrize(("act", "data"), [("edit", {"title": "改名"}), ("retract", {"note": "误立项"})])
    def test_only_by_the_maker(self, world: World, act: str, data: dict[str, Any]) -> None:
        case = of_the_maker(world, "drafted")
        assert world.codes(case, act, data, by=SECOND_COORDINATOR) == {"not_the_maker"}
        assert world.codes(case, act, data) == set()

    def test_what_was_submitted_is_not_edited_behind_the_authority(self, world: World) -> None:
        assert "out_of_order" in world.codes(of_the_maker(world, "submitted"), "edit", {"title": "改名"})

    def test_a_draft_opened_by_mistake_holds_nobody_up(self, world: World) -> None:
        case = world.inspection("drafted")
        other = world.put(world.inspection("drafted", id="TL-2026-X02"))
        world.put(case)
        assert world.codes(case, "submit", {"contents": ["9(1)"]}) == set()
        world.inspection("submitted", id=other.id)
        assert world.codes(case, "submit", {"contents": ["9(1)"]}) == {"overlap_unexplained"}


class TestReopening:
    def test_an_inspection_that_was_closed_too_early_is_published_again(self, world: World) -> None:
        assert world.do(world.inspection("closed"), "reopen", REASON).state == "published"

    def test_a_rectification_only_while_its_inspection_goes_on(self, world: World) -> None:
        world.inspection("published")
        case = world.part("rectification", "R01", "closed", unit=BACHUAN)
        assert world.codes(case, "reopen", REASON) == set()
        world.inspection("closed")
        assert world.codes(case, "reopen", REASON) == {"inspection_is_closed"}

    def test_a_finding_only_while_its_rectification_goes_on(self, world: World) -> None:
        world.inspection("published")
        case = world.part("finding", "F01", "closed_out", unit=DONGCHENG)
        order = {"order": {"bulletin_on": "2026-03-02", "findings": [f"{INSPECTION}-F01"]}}
        for state, codes in (("spot_checked", set[str]()), ("closed", {"rectification_is_closed"})):
            world.part("rectification", "R01", state, unit=DONGCHENG, dossier=order)
            assert world.codes(case, "reopen", REASON) == codes
