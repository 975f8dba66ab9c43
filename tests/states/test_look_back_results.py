"""What a look-back finds unresolved is not closed out or accepted before it is answered (Tongliang art. 10, 14)."""

from datetime import date
from typing import Any

import pytest

from states.engine.case import Case
from states.inspection.kinds import Kind
from tests.states.world import BACHUAN, DONGCHENG, INSPECTION, LEADER, SECOND_COORDINATOR, World

EARLIER, LOOK_BACK = f"{INSPECTION}-F01", "TL-2026-H01"
TOLD = date(2026, 3, 20)
BEFORE, AFTER = "2026-03-18", "2026-03-23"
EVIDENCE = [{"title": "台账照片"}]


@pytest.fixture
def world() -> World:
    world = World()
    world.inspection("published")
    return world


def renewed(world: World, state: str = "fed_back", **changes: Any) -> Case:
    """A look-back at the inspection found its first finding unresolved, and told the unit so."""
    inspection = world.cases[INSPECTION]
    world.inspection("fed_back", Kind.LOOK_BACK, id=LOOK_BACK, parent=INSPECTION)
    world.put(inspection)
    recorded = {"by": LEADER, "on": "2026-03-19", "text": "台账仍不全", "earlier": EARLIER}
    dossier = {"finding": recorded, "told": {"by": LEADER, "on": TOLD.isoformat()}}
    return world.finding_at(BACHUAN, LOOK_BACK, "F01", state, dossier=dossier, **changes)


def claimed(world: World, on: str) -> Case:
    claim = {"by": "巴川街道联络员", "on": on, "note": "已整改", "evidence": EVIDENCE}
    return world.part("finding", "F01", "claimed", unit=BACHUAN, opened_by=LEADER, dossier={"claims": [claim]})


def reported(world: World, on: str, state: str = "spot_checked") -> Case:
    report = {"by": "巴川街道联络员", "on": on, "summary": "已整改", "evidence": EVIDENCE}
    order = {"bulletin_on": "2026-03-02", "findings": [EARLIER]}
    return world.part("rectification", "R01", state, unit=BACHUAN, dossier={"order": order, "reports": [report]})


def close_out(world: World, case: Case) -> set[str]:
    return world.codes(case, "close_out", {"note": "属实"}, by=SECOND_COORDINATOR)


class TestUnresolved:
    @pytest.mark.parametrize(
        ("on", "codes"), [(BEFORE, {"look_back_unresolved"}), ("2026-03-20", {"look_back_unresolved"}), (AFTER, set())]
    )
    def test_a_finding_is_closed_out_after_it_was_claimed_anew(self, world: World, on: str, codes: set[str]) -> None:
        renewed(world)
        assert close_out(world, claimed(world, on)) == codes

    @pytest.mark.parametrize(("on", "codes"), [(BEFORE, {"look_back_unresolved"}), (AFTER, set())])
    @pytest.mark.parametrize(("state", "act"), [("spot_checked", "accept"), ("accepted", "close")])
    def test_a_rectification_is_accepted_after_it_was_reported_anew(
        self, world: World, on: str, codes: set[str], state: str, act: str
    ) -> None:
        renewed(world)
        world.part("finding", "F01", "closed_out", unit=BACHUAN)
        assert world.codes(reported(world, on, state), act, {"note": "验收"} if act == "accept" else {}) == codes

    @pytest.mark.parametrize("state", ["closed_out", "withdrawn"])
    def test_what_was_settled_in_the_look_back_stands_in_no_ones_way(self, world: World, state: str) -> None:
        renewed(world, state)
        assert close_out(world, claimed(world, BEFORE)) == set()

    def test_what_was_accepted_is_returned_only_for_a_look_back(self, world: World) -> None:
        form = {"note": "“回头看”未整改到位", "due_on": "2026-03-20"}
        case = reported(world, BEFORE, "accepted")
        assert world.codes(case, "return", form) == {"acceptance_stands"}
        renewed(world)
        assert world.codes(case, "return", form) == set()


class TestWhatItFinds:
    def visit(self, world: World) -> Case:
        world.inspection("published", id="TL-2025-X01")
        world.finding_at(BACHUAN, "TL-2025-X01", "F01")
        world.finding_at(BACHUAN, "TL-2025-X01", "F02", "withdrawn")
        world.inspection("under_way", Kind.LOOK_BACK, parent="TL-2025-X01")
        world.group("prepared")
        return world.visit(state="visited", dossier={"order": {"targets": [BACHUAN]}, "visits": [{"by": LEADER}]})

    @pytest.mark.parametrize(
        ("earlier", "codes"),
        [
            (None, {"finding_not_followed_up"}),
            ("TL-2025-X01-F01", set()),
            ("TL-2025-X01-F02", {"finding_not_of_parent"}),
            ("TL-2026-X09-F01", {"earlier_finding_unknown"}),
        ],
    )
    def test_it_follows_a_finding_of_its_inspection(self, world: World, earlier: str | None, codes: set[str]) -> None:
        visit, found = self.visit(world), {"text": "台账仍不全", "content": "9(3)", "earlier": earlier}
        assert world.codes(visit, "record_finding", found, by=LEADER) == codes
        assert world.codes(visit, "feed_back", {"advice": "限期整改", "findings": [found]}, by=LEADER) == codes

    def test_other_inspections_find_what_there_is(self, world: World) -> None:
        world.inspection("under_way")
        world.group("prepared")
        assert (
            world.codes(
                world.visit(code=DONGCHENG), "record_finding", {"text": "台账不全", "content": "9(3)"}, by=LEADER
            )
            == set()
        )
