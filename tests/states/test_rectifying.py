"""Findings and rectification, up to the close-out by a second person (Tongliang art. 14)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from calendars import Term
from states.engine.case import Case
from states.engine.deadlines import Deadline
from states.inspection.kinds import Kind
from tests.states.world import (
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    DONGCHENG,
    INSPECTION,
    LEADER,
    OTHER_LEADER,
    SECOND_COORDINATOR,
    World,
    officer,
)

FINDINGS = [f"{INSPECTION}-F01", f"{INSPECTION}-F02"]
REPORT = {"summary": "已建立台账", "evidence": [{"title": "台账照片"}]}
CHECKED = {"result": "现场核实属实"}
DUE = date(2026, 3, 23)
"""15 working days from the bulletin of Monday, 2 March 2026."""


def measures(*findings: str) -> dict[str, Any]:
    answered = [{"finding": one, "measure": "建立台账", "responsible": "张三", "by": "2026-03-16"} for one in findings]
    return {"summary": "整改方案", "measures": answered}


@pytest.fixture
def world() -> World:
    world = World()
    world.inspection("published")
    return world


def rectification(world: World, state: str = "awaiting_plan", **changes: Any) -> Case:
    dossier = {"order": {"bulletin_on": "2026-03-02", "findings": FINDINGS}}
    return world.part("rectification", "R01", state, **{"unit": BACHUAN, "dossier": dossier, **changes})


def finding(world: World, state: str, number: str = "F01", **changes: Any) -> Case:
    return world.part("finding", number, state, **{"unit": BACHUAN, "opened_by": LEADER, **changes})


class TestFindings:
    def test_the_unit_confirms_or_disputes_giving_a_reason(self, world: World) -> None:
        told = finding(world, "fed_back")
        assert world.do(told, "confirm", {}, by=officer(BACHUAN)).state == "confirmed"
        assert world.do(told, "dispute", {"note": "台账已建"}, by=officer(BACHUAN)).state == "disputed"

    @pytest.mark.parametrize("act", ["uphold", "withdraw"])
    def test_whoever_recorded_it_does_not_judge_the_objection(self, world: World, act: str) -> None:
        asked = {"withdrawal_requests": [{"by": LEADER, "on": "2026-03-02", "note": "认定有误"}]}
        disputed = finding(world, "disputed", opened_by=COORDINATOR, dossier=asked)
        assert world.codes(disputed, act, {"note": "核实"}) == {"own_finding"}
        assert world.codes(disputed, act, {"note": "核实"}, by=SECOND_COORDINATOR) == set()

    @pytest.mark.parametrize("act", ["close_out", "return"])
    def test_closing_takes_a_second_person_of_the_joint_office(self, world: World, act: str) -> None:
        claimed = world.do(finding(world, "rectifying"), "claim", {"note": "已整改", "evidence": [{"title": "照片"}]})
        assert world.codes(claimed, act, {"note": "属实"}) == {"own_claim"}
        assert world.codes(claimed, act, {"note": "属实"}, by=SECOND_COORDINATOR) == set()
        recorded = finding(world, "claimed", opened_by=SECOND_COORDINATOR)
        assert world.codes(recorded, act, {"note": "属实"}, by=SECOND_COORDINATOR) == {"own_claim"}

    def test_a_finding_of_the_group_is_withdrawn_only_at_its_own_request(self, world: World) -> None:
        world.group()
        disputed = finding(world, "disputed")
        assert world.codes(disputed, "withdraw", {"note": "证据不足"}) == {"withdrawal_not_asked"}
        assert world.codes(disputed, "ask_withdrawal", {"note": "认定有误"}, by=OTHER_LEADER) == {"other_group"}
        asked = world.do(disputed, "ask_withdrawal", {"note": "认定有误"}, by=LEADER)
        assert asked.state == "disputed"
        assert world.do(asked, "withdraw", {"note": "同意撤回"}).state == "withdrawn"

    def test_one_at_a_target_that_is_left_out_goes_with_it(self, world: World) -> None:
        recorded = finding(world, "recorded")
        assert world.codes(recorded, "withdraw", {"note": "对象调整"}, as_consequence=True) == set()

    def test_the_unit_may_claim_and_any_coordinator_then_closes(self, world: World) -> None:
        given = {"note": "已整改", "evidence": [{"title": "照片"}]}
        claimed = world.do(finding(world, "rectifying"), "claim", given, by=officer(BACHUAN))
        assert world.do(claimed, "close_out", {"note": "属实"}).state == "closed_out"

    def test_what_was_returned_is_claimed_again(self, world: World) -> None:
        returned = world.do(finding(world, "claimed"), "return", {"note": "证据不足"})
        given = {"note": "补充", "evidence": [{"title": "照片"}]}
        assert world.do(returned, "claim", given, by=officer(BACHUAN)).state == "claimed"


class TestThePlanOfTheUnit:
    def test_it_answers_every_finding_of_the_unit_and_no_other(self, world: World) -> None:
        case, by = rectification(world), officer(BACHUAN)
        assert world.codes(case, "file_plan", measures(*FINDINGS), by=by) == set()
        assert world.codes(case, "file_plan", measures(FINDINGS[0]), by=by) == {"finding_unanswered"}
        beyond = measures(*FINDINGS, f"{INSPECTION}-F09")
        assert world.codes(case, "file_plan", beyond, by=by) == {"finding_of_other_case"}

    def test_a_finding_that_was_withdrawn_needs_no_measure(self, world: World) -> None:
        case, by = rectification(world), officer(BACHUAN)
        finding(world, "in_bulletin", "F01")
        finding(world, "withdrawn", "F02")
        assert world.codes(case, "file_plan", measures(FINDINGS[0]), by=by) == set()
        assert world.codes(case, "file_plan", measures(*FINDINGS), by=by) == set()

    @pytest.mark.parametrize(
        ("due", "codes"),
        [
            ("2020-01-01", {"measure_in_the_past"}),
            ("2026-03-01", {"measure_in_the_past"}),
            ("2026-03-02", set()),
            ("2999-01-01", {"due_unreachable"}),
        ],
    )
    def test_a_measure_is_not_due_before_the_plan(self, world: World, due: str, codes: set[str]) -> None:
        plan = measures(FINDINGS[0])
        plan["measures"][0]["by"] = due
        finding(world, "withdrawn", "F02")
        assert world.codes(rectification(world), "file_plan", plan, by=officer(BACHUAN)) == codes


class TestReportAndCheck:
    def test_the_report_stops_the_term_that_the_bulletin_opened(self, world: World) -> None:
        opened = world.weigh(rectification(world, "new"), "open", as_consequence=True).step
        reported = world.weigh(rectification(world, "plan_in"), "report", REPORT, by=officer(BACHUAN)).step
        assert opened is not None and reported is not None
        assert opened.starts_term == reported.meets_term == "rectification_report"

    def test_it_runs_reported_checked_accepted_closed(self, world: World) -> None:
        case = world.do(rectification(world, "plan_in"), "report", REPORT, by=officer(BACHUAN))
        for act, data, state in (
            ("spot_check", CHECKED, "spot_checked"),
            ("accept", {"note": "认可"}, "accepted"),
            ("close", {}, "closed"),
        ):
            case = world.do(case, act, data)
            assert case.state == state

    def test_a_returned_report_gets_a_new_term_that_lies_ahead(self, world: World) -> None:
        case = rectification(world, "spot_checked")
        assert world.codes(case, "return", {"note": "不实", "due_on": "2026-03-23"}) == set()
        assert world.codes(case, "return", {"note": "不实", "due_on": "2026-03-02"}) == {"due_not_ahead"}
        assert world.codes(case, "return", {"note": "不实", "due_on": "2099-04-10"}) == {
            "due_unreachable",
            "new_term_too_long",
        }

    def test_the_new_term_is_no_way_around_the_cap(self, world: World) -> None:
        case = rectification(world, "spot_checked")
        assert "2026-03-23" in world.says("new_term_too_long", case, "return", {"note": "不实", "due_on": "2026-03-24"})
        assert world.codes(case, "return", {"note": "不实", "due_on": "2028-06-30"}) >= {"new_term_too_long"}
        limits = tuple(replace(one, extension_cap=5) for one in world.regulation.terms)
        world.regulation = replace(world.regulation, terms=limits)
        assert world.codes(case, "return", {"note": "不实", "due_on": "2026-03-30"}) == set()

    def test_it_closes_when_every_finding_is_closed_out(self, world: World) -> None:
        case = rectification(world, "accepted")
        finding(world, "closed_out", "F01")
        finding(world, "claimed", "F02")
        assert world.says("finding_open", case, "close", {}).startswith(f"问题 {FINDINGS[1]} 尚未销号（已申请销号）。")
        finding(world, "withdrawn", "F02")
        assert world.codes(case, "close", {}) == set()


class TestALookBackInsteadOfTheSpotCheck:
    LOOK_BACK = "TL-2026-H01"

    def checked(self, world: World, **changes: Any) -> set[str]:
        given = {"id": self.LOOK_BACK, "parent": INSPECTION, **changes}
        world.inspection(given.pop("state", "fed_back"), Kind.LOOK_BACK, **given)
        world.inspection("published")
        return world.codes(rectification(world, "reported"), "spot_check", {**CHECKED, "look_back": self.LOOK_BACK})

    def test_it_stands_in_once_it_was_fed_back(self, world: World) -> None:
        assert self.checked(world) == set()
        assert self.checked(world, state="under_way") == {"look_back_unfinished"}

    def test_it_has_to_be_of_this_inspection_and_unit(self, world: World) -> None:
        assert self.checked(world, parent="TL-2025-Z01") == {"look_back_unfit"}
        assert self.checked(world, targets=(DONGCHENG,)) == {"look_back_unfit"}
        other = {**CHECKED, "look_back": "TL-2026-H09"}
        assert world.codes(rectification(world, "reported"), "spot_check", other) == {"look_back_unfit"}

    def test_not_when_it_found_more(self, world: World) -> None:
        again = finding(world, "fed_back", "F09")
        world.put(replace(again, parent=self.LOOK_BACK))
        assert self.checked(world) == {"look_back_found_more"}


class TestMoreTime:
    @pytest.fixture
    def case(self, world: World) -> Case:
        case = rectification(world, "plan_in")
        term = Term(15, "working_days", rollover=False)
        world.running.append(Deadline(case.id, "rectification_report", 1, "TL", "14", date(2026, 3, 2), BACHUAN, term))
        return case

    @pytest.fixture
    def generous(self, world: World) -> World:
        """A jurisdiction that has set its cap to ten working days."""
        terms = tuple(replace(term, extension_cap=10) for term in world.regulation.terms)
        world.regulation = replace(world.regulation, terms=terms)
        return world

    def asked(self, world: World, case: Case, until: date, on: date = date(2026, 3, 10)) -> set[str]:
        given = {"note": "设备到货推迟", "until": until.isoformat()}
        return world.codes(case, "ask_extension", given, by=officer(BACHUAN), on=on)

    def test_the_regulation_gives_none_unless_a_jurisdiction_sets_a_cap(self, world: World, case: Case) -> None:
        assert self.asked(world, case, date(2026, 3, 24)) == {"extension_over_cap"}

    def test_it_keeps_to_the_cap(self, generous: World, case: Case) -> None:
        assert self.asked(generous, case, date(2026, 4, 7)) == set(), "ten working days, Qingming being a holiday"
        assert self.asked(generous, case, date(2026, 4, 8)) == {"extension_over_cap"}

    def test_what_was_granted_before_counts_against_the_cap(self, generous: World, case: Case) -> None:
        generous.running = [generous.running[0].extended(date(2026, 9, 1), 9)]
        assert self.asked(generous, case, date(2026, 4, 7)) == set()
        assert self.asked(generous, case, date(2026, 4, 8)) == {"extension_over_cap"}

    def test_it_is_asked_for_before_the_due_date(self, generous: World, case: Case) -> None:
        assert self.asked(generous, case, date(2026, 3, 30), on=date(2026, 3, 20)) == set()
        assert self.asked(generous, case, date(2026, 3, 30), on=DUE) == {"asked_too_late"}
        assert self.asked(generous, case, date(2026, 3, 30), on=date(2026, 3, 24)) == {"asked_too_late"}

    def test_it_is_for_more_time_and_within_the_calendar(self, generous: World, case: Case) -> None:
        assert self.asked(generous, case, DUE) == {"extension_not_later"}
        assert self.asked(generous, case, date(2099, 1, 1)) == {"due_unreachable"}

    def test_not_while_the_clock_stands_still(self, generous: World, case: Case) -> None:
        generous.running = [generous.running[0].pause(date(2026, 3, 9))]
        assert self.asked(generous, case, date(2026, 3, 30)) == {"case_suspended"}

    def test_one_request_is_decided_before_the_next(self, generous: World, case: Case) -> None:
        given = {"note": "设备到货推迟", "until": "2026-03-30"}
        asked = generous.do(case, "ask_extension", given, by=officer(BACHUAN))
        assert self.asked(generous, asked, date(2026, 3, 31)) == {"extension_pending"}
        granted = generous.do(asked, "grant_extension", {"note": "同意"})
        assert granted.state == "plan_in"
        assert self.asked(generous, granted, date(2026, 3, 31)) == set()

    @pytest.mark.parametrize("act", ["grant_extension", "refuse_extension"])
    def test_the_joint_office_decides_what_was_asked_and_nobody_their_own(
        self, generous: World, case: Case, act: str
    ) -> None:
        assert generous.codes(case, act, {"note": "同意"}) == {"no_extension_pending"}
        asked = generous.do(case, "ask_extension", {"note": "推迟", "until": "2026-03-30"}, by=officer(BACHUAN))
        assert generous.codes(asked, act, {"note": "同意"}) == set()
        assert generous.codes(asked, act, {"note": "同意"}, by=AUTHORITY) == {"role_missing"}
        mine = replace(asked, actors_by_act={**asked.actors_by_act, "ask_extension": (COORDINATOR,)})
        assert generous.codes(mine, act, {"note": "同意"}) == {"own_request"}
