"""The days of acts: what a party hands in counts when it is recorded, late entries, and nothing before its facts."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from states.engine.case import Case, Role
from states.engine.forms.base import HandedIn
from states.inspection.kinds import Kind
from states.inspection.procedures import PROCEDURES
from tests.states.world import (
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    DAY,
    LEADER,
    PARENT,
    SERVICE,
    World,
    officer,
)

LATER = DAY + timedelta(days=18)
REPORT: dict[str, Any] = {"summary": "已整改", "evidence": [{"title": "照片"}]}
ENTRY = {"received_by": "收发室李四", "reason": "纸质报告当日收讫，录入延误"}


@pytest.fixture
def world() -> World:
    return World()


def rectifying(world: World) -> Case:
    world.inspection("published")
    return world.part("rectification", "R01", "plan_in", unit=BACHUAN)


class TestWhatAPartyHandsIn:
    """Rule 9: it counts on the day it is recorded."""

    def test_the_unit_does_not_date_its_report_back(self, world: World) -> None:
        case = rectifying(world)
        on_time: dict[str, Any] = {"by": officer(BACHUAN), "today": LATER}
        assert world.codes(case, "report", REPORT, on=DAY, **on_time) == {"counts_when_recorded"}
        assert world.codes(case, "report", REPORT, on=LATER, **on_time) == set()
        refused = world.weigh(case, "report", REPORT, on=DAY, **on_time).refusals[0]
        assert (refused.earliest, refused.article) == (LATER, "house")

    def test_the_office_enters_a_paper_that_came_in_earlier(self, world: World) -> None:
        late = {**REPORT, "late_entry": ENTRY}
        case = rectifying(world)
        assert world.codes(case, "report", late, on=DAY, today=LATER) == set()
        assert world.codes(case, "report", REPORT, on=DAY, today=LATER) == {"role_missing", "counts_when_recorded"}

    def test_the_service_makes_no_late_entry(self, world: World) -> None:
        late = {**REPORT, "late_entry": ENTRY}
        assert world.codes(rectifying(world), "report", late, by=SERVICE, on=DAY, today=LATER) == {"only_in_person"}

    def test_the_party_makes_no_late_entry_of_its_own(self, world: World) -> None:
        late, case = {**REPORT, "late_entry": ENTRY}, rectifying(world)
        assert world.codes(case, "report", late, by=officer(BACHUAN), on=DAY, today=LATER) == {
            "role_missing",
            "late_entry_by_the_party",
        }
        theirs = {**REPORT, "late_entry": {**ENTRY, "received_by": officer(BACHUAN)}}
        assert world.codes(case, "report", theirs, on=DAY, today=LATER) == {"late_entry_received_by_a_party"}
        world.accounts[COORDINATOR] = replace(world.accounts[COORDINATOR], unit=BACHUAN)
        assert world.codes(case, "report", late, on=DAY, today=LATER) == {"late_entry_by_the_party"}

    def test_a_decision_with_a_time_limit_is_not_dated_back(self, world: World) -> None:
        world.inspection("published")
        review = world.part("review", "W01", "applied", unit=BACHUAN)
        decided = {"outcome": "upheld", "reviewers": ["区司法局甲"], "note": "维持"}
        assert world.codes(review, "decide", decided, by=AUTHORITY, on=DAY, today=LATER) == {"counts_when_decided"}

    def test_whatever_a_unit_hands_in_may_be_entered_late(self) -> None:
        steps = [step for procedure in PROCEDURES.values() for step in procedure.steps]
        handed_in = [one for one in steps if Role.TARGET_OFFICER in one.by and not one.consequence_only]
        assert len(handed_in) > 5
        assert [one.act for one in handed_in if not issubclass(one.form, HandedIn)] == []


class TestFactsOfOtherCases:
    """Rule 10: an act is not dated before the facts it rests on."""

    def test_a_rectification_closes_after_its_findings(self, world: World) -> None:
        world.inspection("published")
        finding = world.part("finding", "F01", "closed_out", unit=BACHUAN, acted_on=LATER)
        order = {"bulletin_on": "2026-03-02", "findings": [finding.id]}
        case = world.part("rectification", "R01", "accepted", unit=BACHUAN, dossier={"order": order})
        asked: dict[str, Any] = {"on": DAY, "today": LATER}
        assert world.codes(case, "close", {}, **asked) == {"dated_before_the_last_act"}
        assert world.weigh(case, "close", {}, **asked).refusals[0].earliest == LATER
        assert world.codes(case, "close", {}, on=LATER) == set()

    def test_an_inspection_closes_after_its_rectifications(self, world: World) -> None:
        case = world.inspection("published")
        world.part("rectification", "R01", "closed", unit=BACHUAN, acted_on=LATER)
        assert "dated_before_the_last_act" in world.codes(case, "close", {}, on=DAY, today=LATER)
        assert "dated_before_the_last_act" not in world.codes(case, "close", {}, on=LATER)

    @pytest.mark.parametrize(
        ("procedure", "act", "data"),
        [
            ("passing_on", "pass", {"receiver": "appraisal_office", "summary": "结果"}),
            ("review", "apply", {"grounds": "不符", "late_entry": ENTRY}),
        ],
    )
    def test_results_and_reviews_follow_the_bulletin(
        self, world: World, procedure: str, act: str, data: dict[str, Any]
    ) -> None:
        inspection = world.inspection("published")
        world.put(replace(inspection, dossier={**inspection.dossier, "bulletin": {"on": LATER.isoformat()}}))
        case = world.part(procedure, "N01", "new", unit=BACHUAN, acted_on=DAY)
        assert "dated_before_the_last_act" in world.codes(case, act, data, on=DAY, today=LATER)
        assert world.codes(case, act, data, on=LATER, today=LATER + timedelta(days=1)) == set()

    def test_a_referral_is_not_dated_before_the_groups_were_formed(self, world: World) -> None:
        inspection = world.inspection("under_way")
        staffed = {**inspection.dossier["staffing"], "on": LATER.isoformat()}
        world.put(replace(inspection, dossier={**inspection.dossier, "staffing": staffed}))
        data = {"ground": "other_crime", "destination": "judiciary", "subject": "某企业", "facts": "涉嫌犯罪"}
        case = world.part("referral", "T01", "new", acted_on=DAY)
        assert world.codes(case, "draft", data, by=LEADER, on=DAY, today=LATER) == {"dated_before_the_last_act"}
        assert world.codes(case, "draft", data, by=LEADER, on=LATER) == set()

    def test_a_look_back_is_opened_from_the_day_its_inspection_was_published(self, world: World) -> None:
        parent = world.put(replace(world.inspection("published"), id=PARENT))
        bulletin = {"on": LATER.isoformat(), "bulletin_on": "2026-03-02"}
        world.put(replace(parent, dossier={**parent.dossier, "bulletin": bulletin}, acted_on=date(2026, 9, 1)))
        world.finding_at(BACHUAN, PARENT)
        case = world.inspection("new", Kind.LOOK_BACK)
        data = {"kind": "look_back", "year": 2026, "title": "回头看", "targets": [BACHUAN], "parent": PARENT}
        refused = world.weigh(case, "open", data, on=DAY, today=LATER).refusals
        assert [(one.code, one.earliest) for one in refused] == [("dated_before_the_last_act", LATER)]
        assert world.codes(case, "open", data, on=LATER, today=date(2026, 10, 1)) == set()


class TestSuspensions:
    """Rule 10: nothing is dated inside a suspension, and none is dated around what was done."""

    def suspended(self, world: World, **changes: Any) -> Case:
        inspection = world.inspection("published")
        days = {"suspensions": [{"on": "2026-03-02"}], "resumptions": [{"on": LATER.isoformat()}]}
        return world.put(replace(inspection, dossier={**inspection.dossier, **days}, **changes))

    def test_no_act_is_dated_inside_one(self, world: World) -> None:
        self.suspended(world)
        case = world.part("rectification", "R01", "reported", unit=BACHUAN, acted_on=DAY)
        found = {
            days: world.codes(
                case, "spot_check", {"result": "属实"}, on=DAY + timedelta(days=days), today=LATER + timedelta(days=9)
            )
            for days in (0, 1, 17, 18)
        }
        inside = {"dated_inside_a_suspension"}
        assert found == {0: set(), 1: inside, 17: inside, 18: set()}

    def test_a_cancelled_one_ends_with_its_inspection(self, world: World) -> None:
        inspection = self.suspended(world)
        kept = {name: one for name, one in inspection.dossier.items() if name != "resumptions"}
        ended = replace(inspection, state="cancelled", dossier={**kept, "cancellation": {"on": LATER.isoformat()}})
        world.put(ended)
        passed = {"passing": {"receiver": "organisation_department", "summary": "结果"}}
        matter = world.part("passing_on", "P01", "passed", acted_on=DAY, dossier=passed)
        asked: dict[str, Any] = {"on": DAY + timedelta(days=3), "today": LATER}
        assert "dated_inside_a_suspension" in world.codes(matter, "receipt", {"receipt": "回执"}, **asked)

    def test_none_begins_before_what_was_done(self, world: World) -> None:
        inspection = world.inspection("published")
        world.part("rectification", "R01", "plan_in", unit=BACHUAN, acted_on=LATER)
        asked: dict[str, Any] = {"data": {"note": "暂停"}, "by": AUTHORITY, "today": LATER}
        assert world.codes(inspection, "suspend", on=DAY, **asked) == {"suspended_before_what_was_done"}
        assert world.codes(inspection, "suspend", on=LATER, **asked) == set()


@pytest.mark.parametrize(
    ("kind", "year"), [("comprehensive", 2062), ("special", 2099), ("special", 2004), ("look_back", 2025)]
)
def test_an_inspection_is_opened_for_this_year_or_the_next_within_its_cycle(world: World, kind: str, year: int) -> None:
    case, data = world.inspection("new", Kind(kind)), {"kind": kind, "title": "督察", "targets": [BACHUAN]}
    assert "year_out_of_reach" in world.codes(case, "open", {**data, "year": year})
    assert "year_out_of_reach" not in world.codes(case, "open", {**data, "year": 2026})
    assert "year_out_of_reach" not in world.codes(case, "open", {**data, "year": 2027})
