"""Conclusions served on the units, and reviews of them (Decree 733 art. 16, 17)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from states.engine.case import Case, Role
from states.engine.deadlines import ReminderStep
from states.packs import pack_of
from tests.states.world import (
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    DONGCHENG,
    INSPECTION,
    LEADER,
    MEMBER,
    NANCHENG,
    OTHER_LEADER,
    SECOND_COORDINATOR,
    TONGLIANG,
    World,
    officer,
    served,
)

DECIDED = {"outcome": "upheld", "reviewers": ["区司法局甲"], "note": "事实清楚"}


@pytest.fixture
def world() -> World:
    world = World()
    world.inspection("published")
    return world


def with_conclusions(world: World, *conclusions: dict[str, Any]) -> Case:
    inspection = world.cases[INSPECTION]
    return world.put(replace(inspection, dossier={**inspection.dossier, "conclusions": list(conclusions)}))


def apply(world: World, on: date, unit: str = BACHUAN) -> set[str]:
    case = world.part("review", "W01", "new", unit=unit)
    return world.codes(case, "apply", {"grounds": "结论与事实不符"}, by=officer(unit), on=on, today=on)


def applied(world: World, **changes: Any) -> Case:
    return world.part("review", "W01", "applied", **{"unit": BACHUAN, "opened_by": officer(BACHUAN), **changes})


class TestServing:
    def serve(self, world: World, case: Case, **given: Any) -> set[str]:
        form = {"target": BACHUAN, "receipt": "王五签收", **given}
        return world.codes(case, "serve_conclusion", form, on=date(2026, 3, 10), today=date(2026, 3, 10))

    @pytest.mark.parametrize(
        ("given", "codes"),
        [
            ({}, set()),
            ({"received_on": "2026-03-05"}, set()),
            ({"received_on": "2026-03-01"}, {"received_before_the_bulletin"}),
            ({"received_on": "2026-03-11"}, {"received_in_the_future"}),
            ({"target": NANCHENG}, {"unit_not_inspected"}),
        ],
    )
    def test_each_unit_receives_it_on_a_day(self, world: World, given: dict[str, Any], codes: set[str]) -> None:
        assert self.serve(world, with_conclusions(world), **given) == codes

    def test_it_is_served_once(self, world: World) -> None:
        assert self.serve(world, with_conclusions(world, served(BACHUAN))) == {"conclusion_served"}

    def test_the_inspection_ends_when_every_unit_has_it(self, world: World) -> None:
        case = with_conclusions(world, served(BACHUAN))
        assert "东城街道" in world.says("conclusion_unserved", case, "close", {})


class TestApplying:
    def test_the_thirty_days_run_from_the_receipt_of_the_unit(self, world: World) -> None:
        with_conclusions(world, served(BACHUAN, "2026-03-20"), served(DONGCHENG, "2026-03-02"))
        assert apply(world, date(2026, 4, 20)) == set(), "the 19th is a Sunday"
        assert apply(world, date(2026, 4, 21)) == {"review_too_late"}
        assert apply(world, date(2026, 4, 2), DONGCHENG) == {"review_too_late"}
        assert apply(world, date(2026, 3, 19)) == {"dated_before_the_last_act"}

    def test_before_it_was_served_none_have_begun(self, world: World) -> None:
        with_conclusions(world)
        assert apply(world, date(2026, 9, 1)) == set()

    def test_one_closed_by_an_earlier_version_counts_from_the_bulletin(self, world: World) -> None:
        world.put(replace(with_conclusions(world), state="closed"))
        assert apply(world, date(2026, 4, 2)) == {"review_too_late"}

    def test_one_at_a_time(self, world: World) -> None:
        world.part("review", "W09", "applied", unit=BACHUAN)
        assert apply(world, date(2026, 3, 10)) == {"review_pending"}
        assert apply(world, date(2026, 3, 10), DONGCHENG) == set()
        world.part("review", "W09", "withdrawn", unit=BACHUAN)
        assert apply(world, date(2026, 3, 10)) == set()


class TestDeciding:
    @pytest.mark.parametrize("name", [LEADER, MEMBER, COORDINATOR, SECOND_COORDINATOR, OTHER_LEADER, "已换下的组员"])
    def test_whoever_took_part_in_any_stage_stays_out_of_it(self, world: World, name: str) -> None:
        inspection = world.cases[INSPECTION]
        training = [{"by": COORDINATOR, "on": "2026-03-02", "content": "培训", "attended": ["已换下的组员"]}]
        world.put(replace(inspection, dossier={**inspection.dossier, "training": training}))
        world.part("finding", "F01", "confirmed", unit=BACHUAN, actors_by_act={"uphold": (SECOND_COORDINATOR,)})
        world.group()
        world.visit(actors_by_act={"visit_on_site": (OTHER_LEADER,)})
        given = {**DECIDED, "reviewers": ["区司法局甲", name]}
        assert world.codes(applied(world), "decide", given, by=AUTHORITY) == {"reviewer_took_part"}

    def test_nobody_of_the_unit_reviews_it(self, world: World) -> None:
        given = {**DECIDED, "reviewers": [officer(BACHUAN)]}
        assert world.codes(applied(world), "decide", given, by=AUTHORITY) == {"reviewer_of_the_unit"}

    @pytest.mark.parametrize(
        ("outcome", "findings", "codes"),
        [
            ("upheld", [], set()),
            ("upheld", ["F01"], {"outcome_unfit"}),
            ("changed", [], {"outcome_unfit"}),
            ("changed", ["F01"], set()),
            ("changed", ["F02"], {"reviewed_finding_unknown"}),
            ("changed", ["F03"], {"reviewed_finding_unknown"}),
            ("revoked", [], set()),
            ("revoked", ["F01"], {"outcome_unfit"}),
        ],
    )
    def test_a_change_names_findings_of_the_unit(
        self, world: World, outcome: str, findings: list[str], codes: set[str]
    ) -> None:
        world.part("finding", "F01", "rectifying", unit=BACHUAN)
        world.part("finding", "F02", "rectifying", unit=DONGCHENG)
        world.part("finding", "F03", "closed_out", unit=BACHUAN)
        named = [{"finding": f"{INSPECTION}-{one}"} for one in findings]
        given = {**DECIDED, "outcome": outcome, "findings": named}
        assert world.codes(applied(world), "decide", given, by=AUTHORITY) == codes


class TestTheRectificationMeanwhile:
    def test_it_goes_on_unless_the_authority_suspends_it(self, world: World) -> None:
        case = world.part("rectification", "R01", "awaiting_plan", unit=BACHUAN)
        assert world.codes(case, "suspend", {"note": "暂缓"}, by=AUTHORITY) == {"no_review_under_way"}
        applied(world)
        suspended = world.do(case, "suspend", {"note": "暂缓"}, by=AUTHORITY)
        assert suspended.suspended
        assert "case_suspended" in world.codes(suspended, "file_plan", None, by=officer(BACHUAN))
        assert world.do(suspended, "resume", {"note": "恢复"}, by=AUTHORITY).suspended is False
        assert world.codes(case, "resume", {"note": "恢复"}, by=AUTHORITY) == {"not_suspended"}


def test_the_decider_is_reminded_of_the_decision_from_the_first_warning_on() -> None:
    pack = pack_of(TONGLIANG.key)
    for step in ReminderStep:
        assert Role.AUTHORITY in pack.recipients(step, "review_decision", owed_by_office=True)
    assert Role.AUTHORITY not in pack.recipients(ReminderStep.SOON_5, "rectification_report")
