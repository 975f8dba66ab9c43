"""Significant matters, referrals, results passed on and reviews (Tongliang art. 16-22; Decree 733 art. 17)."""

from dataclasses import replace
from datetime import date

import pytest

from states.engine.case import Case
from tests.states.world import (
    APPRAISAL,
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    INSPECTION,
    LEADER,
    MEMBER,
    NANCHENG,
    World,
    officer,
    served,
)

MATTER = {"matter": "发现重大安全隐患", "facts": "现场发现"}
REFERRAL = {"ground": "non_cooperation", "destination": "judiciary", "subject": "某单位", "facts": "拒不提供"}
REVIEWED = {"outcome": "upheld", "reviewers": ["李复核"], "note": "事实清楚"}


@pytest.fixture
def world() -> World:
    world = World()
    world.inspection("published")
    return world


class TestSignificantMatters:
    def test_each_hop_is_dated(self, world: World) -> None:
        case = world.do(world.part("significant_matter", "M01", "new"), "raise", MATTER, by=MEMBER, on=date(2026, 3, 3))
        case = world.do(case, "receive", {}, on=date(2026, 3, 3))
        case = world.do(case, "forward", {}, on=date(2026, 3, 4))
        case = world.do(case, "instruct", {"note": "立即处置"}, by=AUTHORITY, on=date(2026, 3, 5))
        case = world.do(case, "conclude", {"note": "已处置"}, on=date(2026, 3, 20))
        hops = ("matter", "receipt", "forwarding", "instruction", "outcome")
        days = ["2026-03-03", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-20"]
        assert [case.dossier[hop]["on"] for hop in hops] == days

    def test_they_come_up_once_the_groups_are_there(self, world: World) -> None:
        world.inspection("filed")
        matter, referral = world.part("significant_matter", "M01", "new"), world.part("referral", "T01", "new")
        assert world.codes(matter, "raise", MATTER, by=LEADER) == {"inspection_elsewhere"}
        assert world.codes(referral, "draft", REFERRAL, by=LEADER) == {"inspection_elsewhere"}
        world.inspection("staffed")
        assert world.codes(matter, "raise", MATTER, by=LEADER) == set()


class TestReferrals:
    def test_the_authority_decides_and_a_receipt_comes_back(self, world: World) -> None:
        case = world.do(world.part("referral", "T01", "new"), "draft", REFERRAL, by=LEADER)
        case = world.do(case, "approve", {"note": "同意移交"}, by=AUTHORITY)
        case = world.do(case, "send", {})
        case = world.do(case, "receipt", {"receipt": "铜纪收〔2026〕3号"})
        assert world.do(case, "conclude", {"note": "已立案"}).state == "concluded"

    @pytest.mark.parametrize("act", ["approve", "drop"])
    def test_nobody_decides_their_own(self, world: World, act: str) -> None:
        case = world.part("referral", "T01", "drafted", opened_by=AUTHORITY)
        assert world.codes(case, act, {"note": "同意"}, by=AUTHORITY) == {"own_request"}


class TestResults:
    def passed(self, world: World, number: str, receiver: str = "appraisal_office") -> Case:
        given = {"receiver": receiver, "summary": "督察结果"}
        return world.do(world.part("passing_on", number, "new"), "pass", given)

    def test_they_go_once_to_each_body_and_come_back_receipted(self, world: World) -> None:
        first = self.passed(world, "P01")
        again = world.part("passing_on", "P02", "new")
        said = world.says("already_passed_on", again, "pass", {"receiver": "appraisal_office", "summary": "督察结果"})
        assert said.startswith(f"督察结果已送过同一部门（{INSPECTION}-P01，区级考核工作组织部门）。")
        other = {"receiver": "organisation_department", "summary": "督察结果"}
        assert world.codes(again, "pass", other) == set()
        assert world.codes(first, "receipt", {"receipt": "签收"}) == {"not_the_receiver"}
        assert world.do(first, "receipt", {"receipt": "考核办签收"}, by=APPRAISAL).state == "receipted"

    def test_a_body_without_an_account_receipts_on_paper(self, world: World) -> None:
        second = self.passed(world, "P02", "organisation_department")
        assert "书面回执" in world.says("not_the_receiver", second, "receipt", {"receipt": "签收"}, by=APPRAISAL)
        assert world.codes(second, "receipt", {"receipt": "组织部收7号"}) == set()
        first = self.passed(world, "P01")
        del world.accounts[APPRAISAL]
        assert world.codes(first, "receipt", {"receipt": "考办收12号"}) == set()

    def settled(self, world: World, state: str) -> None:
        world.part("rectification", "R01", state, unit=BACHUAN)

    def contents(self, case: Case) -> list[str]:
        return list(case.dossier["contents"]["contains"])

    def test_the_rectification_follows_once_it_is_in(self, world: World) -> None:
        """Art. 22: 督察结果和整改情况; the first may have been receipted long before the second is in."""
        self.settled(world, "reported")
        first = self.passed(world, "P01", "organisation_department")
        assert self.contents(first) == ["result"]
        world.do(first, "receipt", {"receipt": "组织部收7号"})
        later = {"receiver": "organisation_department", "summary": "整改情况", "contains": ["rectification"]}
        again = world.part("passing_on", "P02", "new")
        assert world.codes(again, "pass", later) == {"rectification_not_in"}
        self.settled(world, "accepted")
        second = world.do(again, "pass", later)
        assert self.contents(second) == ["rectification"]
        assert world.codes(world.part("passing_on", "P03", "new"), "pass", later) == {"already_passed_on"}

    def test_passed_on_after_the_acceptance_both_go_together(self, world: World) -> None:
        self.settled(world, "closed")
        assert self.contents(self.passed(world, "P01")) == ["result", "rectification"]

    def test_the_close_waits_for_both_from_both(self, world: World) -> None:
        self.settled(world, "closed")
        case = world.cases[INSPECTION]
        assert world.codes(case, "close", {}) == {"results_not_receipted"}
        for number, receiver in enumerate(("appraisal_office", "organisation_department"), start=1):
            passing = {"receiver": receiver, "summary": "督察结果"}
            dossier = {"passing": passing, "contents": {"contains": ["result"]}}
            world.part("passing_on", f"P0{number}", "receipted", dossier=dossier)
        assert world.codes(case, "close", {}) == {"rectification_not_receipted"}
        for number, receiver in enumerate(("appraisal_office", "organisation_department"), start=3):
            passing = {"receiver": receiver, "summary": "整改情况"}
            dossier = {"passing": passing, "contents": {"contains": ["rectification"]}}
            world.part("passing_on", f"P0{number}", "receipted", dossier=dossier)
        assert world.codes(case, "close", {}) == set()

    def test_what_an_earlier_version_passed_on_held_both(self, world: World) -> None:
        self.settled(world, "closed")
        for number, receiver in enumerate(("appraisal_office", "organisation_department"), start=1):
            passing = {"receiver": receiver, "summary": "督察结果和整改情况"}
            world.part("passing_on", f"P0{number}", "receipted", dossier={"passing": passing})
        assert world.codes(world.cases[INSPECTION], "close", {}) == set()

    def test_there_are_none_before_the_bulletin(self, world: World) -> None:
        world.inspection("consented")
        given = {"receiver": "appraisal_office", "summary": "督察结果"}
        assert world.codes(world.part("passing_on", "P01", "new"), "pass", given) == {"inspection_elsewhere"}


class TestReviews:
    GROUNDS = "结论与事实不符"

    def applied(self, world: World, unit: str = BACHUAN, on: date = date(2026, 3, 10)) -> set[str]:
        case = world.part("review", "W01", "new", unit=unit)
        return world.codes(case, "apply", {"grounds": self.GROUNDS}, by=officer(unit), on=on)

    def test_an_inspected_unit_may_apply(self, world: World) -> None:
        assert self.applied(world) == set()
        assert self.applied(world, unit=NANCHENG) == {"unit_not_inspected"}

    def test_within_30_days_of_the_bulletin_rolling_off_a_rest_day(self, world: World) -> None:
        assert self.applied(world, on=date(2026, 4, 1)) == set()
        assert self.applied(world, on=date(2026, 4, 2)) == {"review_too_late"}
        inspection = world.inspection("published")
        dossier = {
            **inspection.dossier,
            "bulletin": {"on": "2026-03-05"},
            "conclusions": [served(BACHUAN, "2026-03-05")],
        }
        world.put(replace(inspection, dossier=dossier))
        assert self.applied(world, on=date(2026, 4, 7)) == set(), "4 April begins the Qingming holiday, to the 6th"
        assert self.applied(world, on=date(2026, 4, 8)) == {"review_too_late"}

    def test_not_before_there_is_a_conclusion(self, world: World) -> None:
        case = world.inspection("reported")
        world.put(replace(case, dossier={}))
        assert self.applied(world) == {"inspection_elsewhere"}

    @pytest.mark.parametrize("name", [LEADER, MEMBER, COORDINATOR])
    def test_whoever_took_part_stays_out_of_it(self, world: World, name: str) -> None:
        case = world.part("review", "W01", "applied", unit=BACHUAN)
        given = {**REVIEWED, "reviewers": ["李复核", name]}
        assert world.codes(case, "decide", given, by=AUTHORITY) == {"reviewer_took_part"}
        assert world.codes(case, "decide", REVIEWED, by=AUTHORITY) == set()
