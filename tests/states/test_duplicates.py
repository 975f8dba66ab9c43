"""No duplicates: a bare number explains nothing, and an added unit asks the question too (Decree 733 art. 15)."""

from __future__ import annotations

from typing import Any

import pytest

from states.engine.case import Case
from states.inspection.kinds import Kind
from tests.states.world import BACHUAN, DONGCHENG, NANCHENG, PLAN, World

OTHER = "TL-2026-Z01"
SUBMITTED: dict[str, Any] = {"contents": ["9(3)"]}
AMENDED = {**PLAN, "targets": [BACHUAN, DONGCHENG, NANCHENG], "note": "增加南城街道"}
EXPLAINED = f"{OTHER} 查质量工作总体情况，本次只查电动自行车"
SAID = [
    ("", {"overlap_unexplained"}),
    (OTHER, {"overlap_only_named"}),
    (f"{OTHER}。", {"overlap_only_named"}),
    (f"{OTHER} 无", {"overlap_only_named"}),
    (f"{OTHER} 2026", {"overlap_only_named"}),
    ("事项不同", {"overlap_unexplained"}),
    (f"{OTHER}1 事项不同", {"overlap_unexplained"}),
    (EXPLAINED, set()),
]


@pytest.fixture
def world() -> World:
    found = World()
    found.inspection("under_way", Kind.COMPREHENSIVE, id=OTHER, targets=(BACHUAN, NANCHENG))
    return found


def drafted(world: World) -> Case:
    return world.inspection("drafted")


@pytest.mark.parametrize(("said", "codes"), SAID)
def test_an_application_explains_why_it_is_no_duplicate(world: World, said: str, codes: set[str]) -> None:
    assert world.codes(drafted(world), "submit", {**SUBMITTED, "not_duplicate": said}) == codes


@pytest.mark.parametrize(("said", "codes"), SAID)
def test_an_amendment_that_adds_a_unit_does_so_too(world: World, said: str, codes: set[str]) -> None:
    case = world.inspection("filed")
    assert world.codes(case, "amend", {**AMENDED, "not_duplicate": said}) == codes


def test_it_cites_the_decree(world: World) -> None:
    found = world.weigh(world.inspection("filed"), "amend", AMENDED).refusals
    assert [(one.code, one.article) for one in found] == [("overlap_unexplained", "decree-733:15")]
    assert OTHER in found[0].fact


def test_an_amendment_explains_only_what_it_adds(world: World) -> None:
    """The units it had were explained when it was submitted."""
    case = world.inspection("filed")
    assert world.codes(case, "amend", {**AMENDED, "targets": [BACHUAN, DONGCHENG], "contents": ["9(1)"]}) == set()
    assert world.codes(case, "amend", {**AMENDED, "targets": [BACHUAN]}) == set()


def test_a_look_back_does_not_explain_itself_to_its_parent(world: World) -> None:
    case = world.inspection("filed", Kind.LOOK_BACK, parent=OTHER, targets=(BACHUAN,))
    added = {**AMENDED, "targets": [BACHUAN, NANCHENG], "contents": ["10(1)"]}
    assert "overlap_unexplained" not in world.codes(case, "amend", added)
