"""The plan, its amendment, the groups and their training (Tongliang art. 11-13, 16)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from states.engine.case import Case
from states.engine.frequency import Key, Use
from states.inspection.kinds import Kind
from tests.states.world import (
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    DONGCHENG,
    LEADER,
    MEMBER,
    NANCHENG,
    PARENT,
    PLAN,
    World,
)

AMENDED = {**PLAN, "note": "延长期限"}


@pytest.fixture
def world() -> World:
    return World()


class TestThePlan:
    def planned(self, world: World, kind: Kind = Kind.SPECIAL, **changes: Any) -> set[str]:
        return world.codes(world.inspection("approved", kind), "plan", {**PLAN, **changes})

    def test_with_all_five_items_it_is_taken(self, world: World) -> None:
        after = world.do(world.inspection("approved"), "plan", PLAN)
        assert (after.state, after.dossier["plan"]["purpose"]) == ("planned", PLAN["purpose"])

    def test_every_missing_item_is_named(self, world: World) -> None:
        refusals = world.weigh(world.inspection("approved"), "plan", {}).refusals
        assert {item.code for item in refusals} == {"plan_item_missing"}
        assert [item.params["field"] for item in refusals] == ["purpose", "targets", "contents", "methods", "period"]
        assert refusals[4].fact == "督察方案缺少“督察期限”。"

    def test_targets_and_contents_are_those_approved(self, world: World) -> None:
        assert self.planned(world, targets=[BACHUAN, DONGCHENG, NANCHENG]) == {"target_outside_approval"}
        assert self.planned(world, targets=[BACHUAN]) == {"target_left_out"}
        assert self.planned(world, targets=[BACHUAN, DONGCHENG, "X-1"]) == {"unit_unknown"}
        assert self.planned(world, contents=["9(2)"]) == {"content_outside_approval"}

    def test_a_look_back_is_on_site_may_be_written_too_and_never_by_a_third_party(self, world: World) -> None:
        assert self.planned(world, Kind.LOOK_BACK, methods=["on_site", "written"]) == set()
        assert self.planned(world, Kind.LOOK_BACK, methods=["written"]) == {"method_required"}
        assert self.planned(world, Kind.LOOK_BACK, methods=["on_site", "third_party"]) == {"method_unlawful"}

    def test_on_site_ways_are_the_eight_of_article_11(self, world: World) -> None:
        assert self.planned(world, ways=["11(2)8"]) == set()
        assert self.planned(world, ways=["11(2)9"]) == {"way_unknown"}

    def test_only_a_comprehensive_inspection_of_both_methods_may_sample(self, world: World) -> None:
        sample = {"sampling": {"size": 1}, "period": {"begins": "2026-03-10", "ends": "2026-05-31"}}
        both = ["written", "on_site"]
        assert self.planned(world, Kind.COMPREHENSIVE, methods=both, **sample) == set()
        assert self.planned(world, Kind.COMPREHENSIVE, methods=["on_site"], **sample) == {"sampling_unlawful"}
        assert self.planned(world, Kind.SPECIAL, methods=both, **sample) == {"sampling_unlawful"}

    def test_nobody_chooses_the_seed_of_the_sample(self, world: World) -> None:
        sample = {"methods": ["written", "on_site"], "sampling": {"size": 1, "seed": "2026"}}
        assert self.planned(world, Kind.COMPREHENSIVE, **sample) == {"seed_chosen"}

    def test_a_plan_on_site_names_its_ways(self, world: World) -> None:
        assert self.planned(world, ways=[]) == {"ways_missing"}
        assert self.planned(world, methods=["written"], ways=[]) == set()

    def test_a_sample_is_no_larger_than_the_whole(self, world: World) -> None:
        sample = {"methods": ["written", "on_site"], "sampling": {"size": 3}}
        assert self.planned(world, Kind.COMPREHENSIVE, **sample) == {"sample_too_large"}

    def test_the_period_runs_forward(self, world: World) -> None:
        assert self.planned(world, period={"begins": "2026-03-02", "ends": "2026-03-01"}) == {"period_backward"}
        assert self.planned(world, period={"begins": "2026-03-02", "ends": "2026-03-02"}) == set()

    def test_a_comprehensive_one_begins_in_its_declared_year(self, world: World) -> None:
        late = {"begins": "2026-12-31", "ends": "2027-01-31"}
        outside = {"begins": "2027-01-01", "ends": "2027-01-31"}
        assert self.planned(world, Kind.COMPREHENSIVE, period=late) == set()
        assert self.planned(world, Kind.COMPREHENSIVE, period=outside) == {"period_outside_year"}
        assert self.planned(world, Kind.SPECIAL, period=outside) == set()


class TestAmending:
    @pytest.mark.parametrize("state", ["filed", "staffed", "trained", "prepared", "under_way"])
    def test_a_change_within_the_scope_is_filed_again(self, world: World, state: str) -> None:
        later = {**AMENDED, "period": {"begins": "2026-03-01", "ends": "2026-07-31"}}
        after = world.do(world.inspection(state), "amend", later)
        assert (after.state, after.dossier["plan"]["period"]["ends"]) == ("planned", "2026-07-31")

    @pytest.mark.parametrize("change", [{"targets": [BACHUAN]}, {"contents": ["9(1)"]}, {"contents": ["9(1)", "9(4)"]}])
    def test_a_change_of_targets_or_contents_goes_to_the_authority(self, world: World, change: Any) -> None:
        verdict = world.weigh(world.inspection("under_way"), "amend", {**AMENDED, **change})
        assert verdict.allowed and verdict.step is not None
        assert (verdict.step.to, verdict.step.consequences) == ("=", ("ask_amendment",))

    def test_what_it_adds_is_on_the_roster_and_on_the_list_of_its_kind(self, world: World) -> None:
        case = world.inspection("filed")
        assert world.codes(case, "amend", {**AMENDED, "targets": [BACHUAN, "X-1"]}) == {"unit_unknown"}
        assert world.codes(case, "amend", {**AMENDED, "contents": ["8(1)"]}) == {"content_unlawful"}

    def test_within_the_scope_it_keeps_to_the_rules_of_every_plan(self, world: World) -> None:
        assert world.codes(world.inspection("filed"), "amend", {**AMENDED, "purpose": ""}) == {"plan_item_missing"}

    def test_a_look_back_takes_in_targets_of_its_parent_only(self, world: World) -> None:
        world.inspection("published", id=PARENT, targets=(BACHUAN, DONGCHENG, NANCHENG))
        case = world.inspection("filed", Kind.LOOK_BACK, parent=PARENT)
        world.finding_at(NANCHENG, PARENT)
        contents = {"contents": ["10(1)"]}
        grown = {**AMENDED, **contents, "targets": [BACHUAN, DONGCHENG, NANCHENG]}
        assert world.codes(case, "amend", grown) == set()
        assert world.codes(case, "amend", {**grown, "targets": [BACHUAN, "500151004"]}) == {"target_not_of_parent"}
        world.finding_at(NANCHENG, PARENT, state="withdrawn")
        assert world.codes(case, "amend", grown) == {"target_without_findings"}

    def test_it_takes_in_no_target_that_is_taken_or_held(self, world: World) -> None:
        case = world.inspection("filed")
        grown = {**AMENDED, "targets": [BACHUAN, DONGCHENG, NANCHENG]}
        world.taken = [Use(Key("target", NANCHENG), "TL-2025-X09", date(2025, 9, 1), date(2026, 9, 1))]
        refusal = world.weigh(case, "amend", grown).refusals[0]
        assert (refusal.code, refusal.earliest) == ("added_target_taken", date(2026, 9, 2))
        world.taken = [Use(Key("target", NANCHENG), "TL-2026-X05", date(2026, 3, 1), None)]
        assert world.codes(case, "amend", grown) == {"added_target_held"}
        assert "TL-2026-X05" in world.says("added_target_held", case, "amend", grown)

    def test_one_amendment_is_decided_before_the_next(self, world: World) -> None:
        case = world.inspection("filed")
        world.part("amendment", "A01", "asked")
        assert world.codes(case, "amend", AMENDED) == {"amendment_pending"}
        assert world.codes(case, "amend", {**AMENDED, "targets": [BACHUAN]}) == {"amendment_pending"}

    def test_the_authority_decides_it_and_never_its_own(self, world: World) -> None:
        world.inspection("filed")
        amendment = world.part("amendment", "A01", "asked")
        assert world.codes(amendment, "grant", {"note": "同意"}, by=AUTHORITY) == set()
        assert world.codes(amendment, "grant", {"note": "同意"}, by=COORDINATOR) == {"role_missing", "own_request"}

    def test_what_was_granted_becomes_plan_targets_and_scope(self, world: World) -> None:
        case = world.inspection("under_way")
        grown = {**AMENDED, "targets": [BACHUAN, DONGCHENG, NANCHENG], "contents": ["9(4)"]}
        verdict = world.weigh(case, "adopt_amendment", grown, by=AUTHORITY, as_consequence=True)
        assert verdict.allowed and verdict.step is not None and verdict.step.effect is not None
        after = verdict.step.effect(case, world.context(case, "adopt_amendment", grown, AUTHORITY))
        assert after.targets == (BACHUAN, DONGCHENG, NANCHENG)
        assert after.dossier["scope"] == {"contents": ["9(1)", "9(3)", "9(4)"]}


class TestTraining:
    def trained(self, world: World, attended: list[str], case: Case | None = None, **given: Any) -> set[str]:
        data = {"content": "督察业务", "attended": attended, **given}
        return world.codes(case or world.inspection("staffed"), "train", data)

    def test_everybody_takes_part(self, world: World) -> None:
        assert self.trained(world, [LEADER, MEMBER]) == set()
        assert self.trained(world, [LEADER]) == {"training_missed"}

    def test_training_for_this_inspection_counts_once_and_for_all(self, world: World) -> None:
        case = world.inspection("staffed")
        before = replace(case, dossier={**case.dossier, "training": [{"content": "业务", "attended": [MEMBER]}]})
        assert self.trained(world, [LEADER], before) == set()

    def test_it_was_held_by_the_day_it_is_recorded(self, world: World) -> None:
        assert self.trained(world, [LEADER, MEMBER], held_on="2026-03-02") == set()
        assert self.trained(world, [LEADER, MEMBER], held_on="2019-03-01") == {"training_before_staffing"}
        assert self.trained(world, [LEADER, MEMBER], held_on="2026-03-03") == {"training_in_the_future"}
