"""Applying and approving (Tongliang art. 5, 8-10, 12, 13(1); Decree 733 art. 15)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from regulations import Unit
from states.engine.frequency import Key, Use
from states.engine.successions import Successions, UnitChange
from states.inspection.kinds import Kind
from tests.states.world import (
    APPLICATION,
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    DAY,
    DONGCHENG,
    INSPECTION,
    NANCHENG,
    PARENT,
    PULU,
    RESPONSIBLE_LEADER,
    UNITS,
    World,
    named,
)

SUBMITTED = {"contents": ["9(1)"]}
TAKEN = Use(Key("target", BACHUAN), "TL-2025-X09", date(2025, 11, 21), date(2026, 11, 21))


def opened(kind: str = "special", **given: Any) -> dict[str, Any]:
    return {"kind": kind, "year": 2026, "title": "督察", "targets": [BACHUAN], **given}


@pytest.fixture
def world() -> World:
    return World()


class TestOpening:
    def test_units_of_the_roster_may_be_inspected(self, world: World) -> None:
        case = world.inspection("new", dossier={})
        after = world.do(case, "open", opened(problem="电动自行车质量"))
        assert (after.state, after.dossier["application"]["problem"]) == ("drafted", "电动自行车质量")

    def test_an_inspection_without_targets_is_refused(self, world: World) -> None:
        assert world.codes(world.inspection("new"), "open", opened(targets=[])) == {"target_missing"}

    def test_every_unknown_unit_is_named(self, world: World) -> None:
        refusals = world.weigh(world.inspection("new"), "open", opened(targets=["500000", BACHUAN, "X-9"])).refusals
        assert [item.params["unit"] for item in refusals if item.code == "unit_unknown"] == ["500000", "X-9"]

    def test_a_unit_that_ended_is_named_with_the_unit_after_it(self, world: World) -> None:
        later = Unit("500151031", "新街道", "镇（街道）", "")
        world.became = Successions((UnitChange("recoded", DAY, (UNITS[BACHUAN],), (later,), later.code),))
        [refused] = world.weigh(world.inspection("new"), "open", opened(targets=[BACHUAN])).refusals
        assert (refused.code, refused.params["day"]) == ("unit_ended", DAY)


class TestOpeningALookBack:
    def parent(self, world: World, state: str) -> None:
        world.inspection(state, id=PARENT, targets=(BACHUAN, DONGCHENG, PULU))
        for number, code in enumerate((BACHUAN, DONGCHENG), start=1):
            world.finding_at(code, PARENT, f"F{number:02d}")

    def asked(self, world: World, **given: Any) -> set[str]:
        return world.codes(world.inspection("new", Kind.LOOK_BACK), "open", opened("look_back", **given))

    def test_it_looks_back_at_a_published_inspection(self, world: World) -> None:
        self.parent(world, "published")
        assert self.asked(world, parent=PARENT) == set()

    def test_it_needs_a_parent(self, world: World) -> None:
        assert self.asked(world) == {"parent_missing"}
        assert self.asked(world, parent="TL-2024-Z01") == {"parent_missing"}

    def test_the_parent_has_to_be_published(self, world: World) -> None:
        self.parent(world, "consented")
        assert self.asked(world, parent=PARENT) == {"parent_not_published"}

    def test_its_targets_are_the_parents(self, world: World) -> None:
        self.parent(world, "closed")
        assert self.asked(world, parent=PARENT, targets=[DONGCHENG, NANCHENG]) == {"target_not_of_parent"}

    def test_a_unit_without_findings_is_not_looked_back_at(self, world: World) -> None:
        self.parent(world, "closed")
        assert self.asked(world, parent=PARENT, targets=[BACHUAN, PULU]) == {"target_without_findings"}
        world.finding_at(PULU, PARENT, "F09", "withdrawn")
        assert self.asked(world, parent=PARENT, targets=[BACHUAN, PULU]) == {"target_without_findings"}

    @pytest.mark.parametrize(("contents", "codes"), [(["10(2)"], {"content_required"}), (["10(1)", "10(2)"], set())])
    def test_other_matters_only_accompany_the_rectification(
        self, world: World, contents: list[str], codes: set[str]
    ) -> None:
        """Art. 10(2) alone would make a look-back a special inspection without a limit."""
        assert world.codes(world.inspection("drafted", Kind.LOOK_BACK), "submit", {"contents": contents}) == codes


class TestSubmitting:
    def test_the_contents_become_the_scope_of_the_approval(self, world: World) -> None:
        after = world.do(world.inspection("drafted"), "submit", {"contents": ["9(3)", "9(1)"]})
        assert (after.state, after.dossier["scope"]) == ("submitted", {"contents": ["9(1)", "9(3)"]})

    def test_some_contents_have_to_be_chosen(self, world: World) -> None:
        assert world.codes(world.inspection("drafted"), "submit", {}) == {"contents_missing"}

    @pytest.mark.parametrize(
        ("kind", "own", "foreign"),
        [(Kind.COMPREHENSIVE, "8(9)", "9(1)"), (Kind.SPECIAL, "9(5)", "8(1)"), (Kind.LOOK_BACK, "10(1)", "9(1)")],
    )
    def test_each_kind_has_contents_of_its_own(self, world: World, kind: Kind, own: str, foreign: str) -> None:
        case = world.inspection("drafted", kind)
        assert world.codes(case, "submit", {"contents": [own]}) == set()
        refusal = world.weigh(case, "submit", {"contents": [foreign]}).refusals[0]
        assert (refusal.code, refusal.article) == ("content_unlawful", own.partition("(")[0])

    def test_an_overlap_has_to_be_explained(self, world: World) -> None:
        world.inspection("under_way", Kind.COMPREHENSIVE, id="TL-2026-Z01", targets=(BACHUAN,))
        case = world.inspection("drafted", dossier={"application": {**APPLICATION, "problem": "电梯"}})
        assert "TL-2026-Z01" in world.says("overlap_unexplained", case, "submit", SUBMITTED)
        named = {**SUBMITTED, "not_duplicate": "TL-2026-Z01不含电梯"}
        assert world.codes(case, "submit", named) == set()
        explained = replace(
            case, dossier={"application": {**APPLICATION, "problem": "电梯", "not_duplicate": "TL-2026-Z01不含电梯"}}
        )
        assert world.codes(explained, "submit", SUBMITTED) == set()

    @pytest.mark.parametrize(
        "said",
        [{"note": "TL-2026-Z01不含电梯"}, {"not_duplicate": "不重复"}, {"not_duplicate": "TL-2026-Z011不含电梯"}],
    )
    def test_by_a_remark_or_without_its_number_it_is_not_explained(self, world: World, said: dict[str, str]) -> None:
        world.inspection("under_way", Kind.COMPREHENSIVE, id="TL-2026-Z01", targets=(BACHUAN,))
        case = world.inspection(
            "drafted", dossier={"application": {**APPLICATION, "problem": "电梯", "reason": "群众反映强烈"}}
        )
        assert world.codes(case, "submit", {**SUBMITTED, **said}) == {"overlap_unexplained"}

    def test_each_of_several_is_explained(self, world: World) -> None:
        for number, unit in (("Z01", BACHUAN), ("X09", DONGCHENG)):
            world.inspection("under_way", id=f"TL-2026-{number}", targets=(unit,))
        case = world.inspection("drafted")
        one = {**SUBMITTED, "not_duplicate": "TL-2026-Z01不含电梯"}
        [refused] = world.weigh(case, "submit", one).refusals
        assert refused.params["others"] == ("TL-2026-X09",)
        both = {**SUBMITTED, "not_duplicate": "TL-2026-Z01不含电梯，TL-2026-X09针对另一问题"}
        assert world.codes(case, "submit", both) == set()

    def test_ended_inspections_and_the_parent_of_a_look_back_are_no_overlap(self, world: World) -> None:
        world.inspection("closed", id="TL-2025-Z01")
        world.inspection("published", id=PARENT)
        case = world.inspection("drafted", Kind.LOOK_BACK, parent=PARENT, dossier={})
        assert world.codes(case, "submit", {"contents": ["10(1)"]}) == set()

    def test_a_limit_that_is_taken_is_refused_unless_an_exception_is_asked_for(self, world: World) -> None:
        world.taken.append(TAKEN)
        case = world.inspection("drafted")
        assert world.codes(case, "submit", SUBMITTED) == {"frequency_target"}
        assert world.codes(case, "submit", {**SUBMITTED, "exception": "发生质量安全事件"}) == set()

    def test_a_limit_that_does_not_hold_in_principle_yields_to_no_exception(self, world: World) -> None:
        limits = tuple(replace(limit, in_principle=False) for limit in world.regulation.limits)
        world.regulation = replace(world.regulation, limits=limits)
        world.taken.append(TAKEN)
        case = world.inspection("drafted")
        assert world.codes(case, "submit", {**SUBMITTED, "exception": "发生质量安全事件"}) == {"frequency_target"}


class TestDeciding:
    def test_the_authority_approves(self, world: World) -> None:
        after = world.do(world.inspection("submitted"), "approve", {"note": "同意开展"}, by=AUTHORITY)
        assert (after.state, after.dossier["approval"]["note"]) == ("approved", "同意开展")

    def test_the_responsible_leader_signs_look_backs_and_nothing_else(self, world: World) -> None:
        look_back = world.inspection("submitted", Kind.LOOK_BACK)
        assert world.codes(look_back, "approve", {"note": "同意"}, by=RESPONSIBLE_LEADER) == set()
        assert world.codes(look_back, "approve", {"note": "同意"}, by=AUTHORITY) == {"role_missing"}
        special = world.inspection("submitted")
        assert world.codes(special, "approve", {"note": "同意"}, by=RESPONSIBLE_LEADER) == {"role_missing"}

    @pytest.mark.parametrize("act", ["approve", "return", "reject"])
    @pytest.mark.parametrize(
        "mine", [{"opened_by": AUTHORITY}, {"actors_by_act": {"submit": (AUTHORITY, COORDINATOR)}}]
    )
    def test_nobody_decides_their_own_request(self, world: World, act: str, mine: dict[str, Any]) -> None:
        case = world.inspection("submitted", **mine)
        assert world.codes(case, act, {"note": "同意"}, by=AUTHORITY) == {"own_request"}

    def test_the_limit_is_looked_at_again_on_approval(self, world: World) -> None:
        world.taken.append(TAKEN)
        case = world.inspection("submitted")
        assert world.codes(case, "approve", {"note": "同意"}, by=AUTHORITY) == {"frequency_target"}
        assert world.codes(case, "reject", {"note": "本年已督察"}, by=AUTHORITY) == set()

    def test_an_exception_that_was_granted_lets_it_through(self, world: World) -> None:
        world.taken.append(TAKEN)
        case = world.inspection("submitted")
        world.part("frequency_exception", "E01", "granted")
        assert world.codes(case, "approve", {"note": "同意"}, by=AUTHORITY) == set()

    def test_an_exception_that_was_refused_does_not(self, world: World) -> None:
        world.taken.append(TAKEN)
        case = world.inspection("submitted")
        world.part("frequency_exception", "E01", "refused")
        assert world.codes(case, "approve", {"note": "同意"}, by=AUTHORITY) == {"frequency_target"}

    def test_an_exception_is_decided_before_the_request(self, world: World) -> None:
        case = world.inspection("submitted")
        world.part("frequency_exception", "E01", "asked")
        assert world.codes(case, "approve", {"note": "同意"}, by=AUTHORITY) == {"exception_undecided"}
        world.part("frequency_exception", "E00", "granted")
        assert world.codes(case, "approve", {"note": "同意"}, by=AUTHORITY) == {"exception_undecided"}


class TestDecidingAnException:
    def test_the_authority_grants_it_while_the_request_is_pending(self, world: World) -> None:
        world.inspection("submitted")
        exception = world.part("frequency_exception", "E01", "asked")
        assert world.codes(exception, "grant", {"note": "准予"}, by=AUTHORITY) == set()

    def test_not_before_or_after(self, world: World) -> None:
        world.inspection("returned")
        exception = world.part("frequency_exception", "E01", "asked")
        assert world.codes(exception, "grant", {"note": "准予"}, by=AUTHORITY) == {"request_not_pending"}

    def test_never_by_the_one_who_asks(self, world: World) -> None:
        world.inspection("submitted")
        exception = world.part("frequency_exception", "E01", "asked", opened_by=AUTHORITY)
        assert world.codes(exception, "grant", {"note": "准予"}, by=AUTHORITY) == {"own_request"}
        assert world.codes(exception, "grant", {"note": "准予"}, by=COORDINATOR) == {"role_missing"}


def test_the_refusal_of_a_taken_target_says_when_it_is_free(world: World) -> None:
    world.taken.append(TAKEN)
    refusal = world.weigh(world.inspection("drafted"), "submit", SUBMITTED).refusals[0]
    assert refusal.earliest == date(2026, 11, 22)
    assert refusal.fact == (
        f"督察对象{named(BACHUAN)}一年内（2025-11-21 至 2026-11-21）已批准开展专项督察（TL-2025-X09）。"
    )
    assert refusal.cure.startswith("可自 2026-11-22 起报批")


def test_a_pending_request_names_the_case_that_holds_the_key(world: World) -> None:
    world.taken.append(Use(Key("problem", "电动自行车质量"), "TL-2026-X07", date(2026, 3, 1), None))
    case = world.inspection("drafted")
    assert "TL-2026-X07" in world.says("frequency_problem_held", case, "submit", SUBMITTED)
    assert INSPECTION not in world.says("frequency_problem_held", case, "submit", SUBMITTED)


@pytest.mark.parametrize(
    ("code", "refused"), [("TL-D-01", True), ("TL-D-02", True), ("TL-D-04", True), ("TL-D-03", False)]
)
def test_the_bodies_that_the_groups_come_from_are_no_targets_for_that(code: str, refused: bool) -> None:
    """Art. 13(3) names the two offices and the discipline commission for the groups, art. 5 not as targets."""
    world = World()
    blank = world.inspection("new", targets=(), dossier={})
    application = {"kind": "special", "year": 2026, "title": "专项", "targets": [code], "problem": "质量"}
    assert world.codes(blank, "open", application) == ({"body_inspects_only"} if refused else set())
