"""Carrying out, feeding back, reporting, publishing and closing (Tongliang art. 11, 13(4)-14, 16, 17, 21, 22)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from states.engine.case import Case
from tests.states.world import (
    BACHUAN,
    COORDINATOR,
    DAY,
    DONGCHENG,
    LEADER,
    MEMBER,
    NANCHENG,
    OFFICE,
    OTHER_LEADER,
    OTHER_MEMBER,
    SERVED,
    World,
    named,
    officer,
)

ADVICE = {"advice": "建立台账"}
NUMBERED = {"number": "铜质督〔2026〕3号"}
REPORT = {"summary": "督察报告"}
VISITED = {"ways": ["11(2)1", "11(2)3"], "record": "听取汇报并个别谈话"}


@pytest.fixture
def world() -> World:
    return World()


class TestPreparing:
    def test_a_group_collects_information_on_all_its_targets(self, world: World) -> None:
        world.inspection("trained")
        group = world.group()
        assert (
            world.codes(group, "prepare", {"information": "巴川街道和东城街道的三定方案和考核结果"}, by=LEADER) == set()
        )
        some = {"information": "巴川街道、东城街道三定方案", "targets": [BACHUAN]}
        assert world.codes(group, "prepare", some, by=LEADER) == {"information_missing"}
        more = {"information": "巴川街道、东城街道三定方案", "targets": [BACHUAN, DONGCHENG, NANCHENG]}
        assert world.codes(group, "prepare", more, by=LEADER) == {"target_of_other_group"}

    def test_what_is_entered_speaks_of_every_target(self, world: World) -> None:
        world.inspection("trained")
        group, first = world.group(), {"code": BACHUAN, "information": "考核结果"}
        assert named(DONGCHENG) in world.says("information_unsaid", group, "prepare", {"about": [first]}, by=LEADER)
        assert world.codes(group, "prepare", {"information": "已收集"}, by=LEADER) == {"information_unsaid"}
        assert world.codes(group, "prepare", {}, by=LEADER) == {"information_unsaid"}
        second = {"code": DONGCHENG, "information": "投诉举报"}
        assert world.codes(group, "prepare", {"about": [first, second]}, by=LEADER) == set()
        mixed = {"information": f"{DONGCHENG} 投诉举报", "about": [first]}
        assert world.codes(group, "prepare", mixed, by=LEADER) == set()
        outside = {"about": [first, second, {"code": NANCHENG, "information": "考核结果"}]}
        assert world.codes(group, "prepare", outside, by=LEADER) == {"target_of_other_group"}

    def test_a_group_with_one_target_speaks_of_it(self, world: World) -> None:
        world.inspection("trained")
        alone = world.group(targets=(BACHUAN,))
        assert world.codes(alone, "prepare", {"information": "已收集"}, by=LEADER) == set()

    def test_only_its_own_leader_does(self, world: World) -> None:
        world.inspection("trained")
        asked = {"information": "巴川街道、东城街道三定方案"}
        assert world.codes(world.group(), "prepare", asked, by=OTHER_LEADER) == {"other_group"}

    def test_not_before_the_training(self, world: World) -> None:
        world.inspection("staffed")
        assert world.codes(world.group(), "prepare", {"information": "巴川街道、东城街道"}, by=LEADER) == {
            "inspection_elsewhere"
        }

    def test_the_inspection_is_prepared_when_every_group_is(self, world: World) -> None:
        case = world.inspection("trained")
        world.group("prepared")
        world.part("group", "G02", "formed", title="第二组")
        asked = {"information": "已收集"}
        assert world.says("groups_behind", case, "prepare", asked, by=LEADER).startswith(
            "尚有督察组未完成：第二组（TL-2026-X01-G02）。"
        )
        world.part("group", "G02", "prepared")
        assert world.codes(case, "prepare", asked, by=LEADER) == set()

    def test_an_absence_is_of_a_member_and_has_a_reason(self, world: World) -> None:
        world.inspection("under_way")
        group = world.group("prepared")
        assert world.codes(group, "record_absence", {"member": MEMBER, "note": "住院"}, by=LEADER) == set()
        assert world.codes(group, "record_absence", {"member": "路人甲", "note": "住院"}, by=LEADER) == {"not_in_group"}


class TestStarting:
    def test_within_the_period_of_the_plan(self, world: World) -> None:
        case = world.inspection("prepared", acted_on=date(2026, 2, 1))
        early = world.weigh(case, "start", SERVED, on=date(2026, 2, 28)).refusals[0]
        assert (early.code, early.earliest, early.article) == ("period_not_begun", date(2026, 3, 1), "16")
        assert world.codes(case, "start", SERVED, on=date(2026, 3, 1)) == set()
        assert world.codes(case, "start", SERVED, on=date(2026, 6, 30)) == set()
        assert world.codes(case, "start", SERVED, on=date(2026, 7, 1)) == {"period_over"}

    def test_the_notice_is_served_on_every_target(self, world: World) -> None:
        case = world.inspection("prepared")
        some = {**SERVED, "served": SERVED["served"][:1]}
        assert world.codes(case, "start", SERVED) == set()
        assert world.codes(case, "start", {}) == {"notice_unserved"}
        assert named(DONGCHENG) in world.says("notice_unserved", case, "start", some)

    def test_it_says_which_notice_was_served_once_on_each_target(self, world: World) -> None:
        case = world.inspection("prepared")
        first, second = SERVED["served"]
        assert world.codes(case, "start", {"served": [first, second]}) == {"notice_unnumbered"}
        numbered = [{**one, "number": "铜质督通〔2026〕1号"} for one in (first, second)]
        assert world.codes(case, "start", {"served": numbered}) == set()
        twice = {**SERVED, "served": [first, second, {**first, "received_by": "孙七"}]}
        assert world.codes(case, "start", twice) == {"notice_served_twice"}
        another = {**SERVED, "served": [first, second, {"code": NANCHENG, "received_by": "孙七"}]}
        assert world.codes(case, "start", another) == {"notice_to_another"}

    def test_a_notice_is_served_between_the_filing_and_the_start(self, world: World) -> None:
        found = world.inspection("prepared")
        filed = {"by": OFFICE, "on": "2026-03-02", "number": "督备1号"}
        case = world.put(replace(found, dossier={**found.dossier, "filing": filed}))
        for day, codes in (
            ("2026-03-01", {"notice_before_filing"}),
            ("2026-03-02", set()),
            ("2026-03-05", set()),
            ("2026-03-06", {"notice_not_served_yet"}),
        ):
            served = {**SERVED, "served": [{**one, "served_on": day} for one in SERVED["served"]]}
            assert world.codes(case, "start", served, on=date(2026, 3, 5)) == codes

    def test_not_while_a_change_of_the_plan_is_undecided(self, world: World) -> None:
        case = world.inspection("prepared")
        world.part("amendment", "A01", "asked")
        assert "A01" in world.says("amendment_pending", case, "start", SERVED)
        world.part("amendment", "A01", "withdrawn")
        assert world.codes(case, "start", SERVED) == set()


class TestVisiting:
    @pytest.fixture
    def visit(self, world: World) -> Case:
        world.inspection("under_way")
        world.group("prepared")
        return world.visit()

    def test_leader_and_members_visit(self, world: World, visit: Case) -> None:
        for name in (LEADER, MEMBER):
            assert world.codes(visit, "visit_on_site", {**VISITED, "present": [LEADER, MEMBER]}, by=name) == set()

    def test_nobody_from_another_group_does(self, world: World, visit: Case) -> None:
        for name in (OTHER_LEADER, OTHER_MEMBER):
            assert world.codes(visit, "visit_on_site", VISITED, by=name) == {"other_group"}

    def test_nobody_goes_along_who_is_not_in_the_group(self, world: World, visit: Case) -> None:
        given = {**VISITED, "present": [LEADER, "路人甲"]}
        assert world.codes(visit, "visit_on_site", given, by=LEADER) == {"not_in_group"}

    def test_by_the_eight_ways(self, world: World, visit: Case) -> None:
        assert world.codes(visit, "visit_on_site", {**VISITED, "ways": ["11(2)9"]}, by=LEADER) == {"way_unknown"}

    @pytest.mark.parametrize("state", ["prepared", "fed_back"])
    def test_only_while_the_inspection_is_under_way(self, world: World, visit: Case, state: str) -> None:
        world.inspection(state)
        assert world.codes(visit, "visit_on_site", VISITED, by=LEADER) == {"inspection_elsewhere"}

    def test_a_self_inspection_is_asked_for_by_a_day_ahead(self, world: World) -> None:
        world.inspection("under_way")
        world.group("prepared")
        visit = world.visit(dossier={"order": {"targets": [BACHUAN], "methods": ["written"]}})
        act = "request_self_inspection"
        assert world.codes(visit, act, {"due_on": "2026-03-20"}, by=LEADER) == set()
        assert world.codes(visit, act, {"due_on": "2026-03-02"}, by=LEADER) == {"due_not_ahead"}
        assert "due_unreachable" in world.codes(visit, act, {"due_on": "2206-03-20"}, by=LEADER)

    def test_the_unit_hands_it_in_itself(self, world: World, visit: Case) -> None:
        report = {"report": "自查情况", "evidence": [{"title": "台账"}]}
        asked = replace(visit, state="visited")
        assert world.codes(asked, "hand_in_self_inspection", report, by=officer(BACHUAN)) == set()
        assert world.codes(asked, "hand_in_self_inspection", report, by=officer(DONGCHENG)) == {"not_of_this_unit"}

    def test_a_finding_is_about_what_the_inspection_covers(self, world: World, visit: Case) -> None:
        act = "record_finding"
        assert world.codes(visit, act, {"text": "未建台账", "content": "9(3)"}, by=MEMBER) == set()
        assert world.codes(visit, act, {"text": "未建台账", "content": "9(4)"}, by=MEMBER) == {"content_not_planned"}

    def test_a_renewed_finding_is_one_of_this_unit(self, world: World, visit: Case) -> None:
        world.part("finding", "F01", "closed_out", unit=BACHUAN)
        world.part("finding", "F02", "closed_out", unit=DONGCHENG)
        for earlier, codes in (
            ("F01", set()),
            ("F02", {"earlier_finding_unknown"}),
            ("F09", {"earlier_finding_unknown"}),
        ):
            given = {"text": "仍未整改", "content": "9(3)", "earlier": f"{visit.family}-{earlier}"}
            assert world.codes(visit, "record_finding", given, by=LEADER) == codes


class TestFeedingBack:
    def visit(self, world: World, methods: list[str], **dossier: Any) -> Case:
        world.inspection("under_way")
        world.group("prepared")
        order = {"targets": [BACHUAN], "methods": methods}
        return world.visit(state="visited", dossier={"order": order, **dossier})

    @pytest.mark.parametrize(
        ("method", "document"),
        [("written", {"self_inspection": {}}), ("on_site", {"visits": [{}]}), ("third_party", {"evaluations": [{}]})],
    )
    def test_each_method_of_the_plan_was_used_first(self, world: World, method: str, document: dict[str, Any]) -> None:
        assert world.codes(self.visit(world, [method]), "feed_back", ADVICE, by=LEADER) == {"method_not_used"}
        assert world.codes(self.visit(world, [method], **document), "feed_back", ADVICE, by=LEADER) == set()

    def test_an_overdue_self_inspection_does_not_hold_it_up_once_it_is_on_record(self, world: World) -> None:
        visit = self.visit(world, ["written"], self_inspection_request={"due_on": "2026-03-04"})
        on_the_day, after = date(2026, 3, 4), date(2026, 3, 5)
        assert world.codes(visit, "feed_back", ADVICE, by=LEADER, on=on_the_day) == {"method_not_used"}
        assert world.codes(visit, "feed_back", ADVICE, by=LEADER, on=after) == {"missing_unrecorded"}
        recorded = {"note": "两次催报", "by": LEADER, "on": "2026-03-05"}
        known = world.put(replace(visit, dossier={**visit.dossier, "no_self_inspection": recorded}))
        assert world.codes(known, "feed_back", ADVICE, by=LEADER, on=after) == set()

    def test_problems_come_with_advice(self, world: World) -> None:
        visit = self.visit(world, ["on_site"], visits=[{}])
        assert world.codes(visit, "feed_back", {}, by=LEADER) == set()
        told = {"findings": [{"text": "未建台账", "content": "9(3)"}]}
        assert world.codes(visit, "feed_back", told, by=LEADER) == {"advice_missing"}
        assert world.codes(visit, "feed_back", {**told, **ADVICE}, by=LEADER) == set()
        world.part("finding", "F01", "recorded", unit=BACHUAN)
        assert world.codes(visit, "feed_back", {}, by=LEADER) == {"advice_missing"}

    def test_problems_first_named_now_keep_to_the_scope_as_well(self, world: World) -> None:
        visit = self.visit(world, ["on_site"], visits=[{}])
        told = {"findings": [{"text": "未建台账", "content": "9(4)"}], **ADVICE}
        assert world.codes(visit, "feed_back", told, by=LEADER) == {"content_not_planned"}

    def test_the_inspection_is_fed_back_when_every_target_is(self, world: World) -> None:
        self.visit(world, ["on_site"])
        case = world.inspection("under_way")
        world.visit(BACHUAN, "fed_back")
        world.visit(DONGCHENG, "visited", "V02")
        assert world.says("targets_behind", case, "feed_back", {}, by=LEADER).startswith(
            f"尚未向下列督察对象反馈：{named(DONGCHENG)}。"
        )
        world.visit(DONGCHENG, "withdrawn", "V02")
        assert world.codes(case, "feed_back", {}, by=LEADER) == {"targets_behind"}
        world.visit(DONGCHENG, "fed_back", "V03")
        assert world.codes(case, "feed_back", {}, by=LEADER) == set()


class TestReporting:
    def test_a_group_reports_when_it_has_told_every_target(self, world: World) -> None:
        world.inspection("fed_back")
        group = world.group("prepared")
        world.visit(BACHUAN, "fed_back")
        assert world.codes(group, "report", REPORT, by=LEADER) == set()
        world.visit(DONGCHENG, "visited", "V02")
        assert world.codes(group, "report", REPORT, by=LEADER) == {"targets_behind"}

    def test_not_while_visits_go_on(self, world: World) -> None:
        world.inspection("under_way")
        assert world.codes(world.group("prepared"), "report", REPORT, by=LEADER) == {"inspection_elsewhere"}

    def test_the_inspection_is_reported_when_every_group_has(self, world: World) -> None:
        case = world.inspection("fed_back")
        world.group("reported")
        world.part("group", "G02", "prepared")
        assert world.codes(case, "report", REPORT, by=LEADER) == {"groups_behind"}
        world.part("group", "G02", "disbanded")
        assert world.codes(case, "report", REPORT, by=LEADER) == set()


class TestPublishing:
    def test_the_bulletin_follows_the_consent_and_precedes_its_record(self, world: World) -> None:
        case = world.inspection("consented")
        on = date(2026, 3, 6)
        assert world.codes(case, "publish", {**NUMBERED, "bulletin_on": "2026-03-02"}, on=on) == set()
        assert world.codes(case, "publish", NUMBERED, on=on) == set()
        early = world.weigh(case, "publish", {**NUMBERED, "bulletin_on": "2026-03-01"}, on=on).refusals[0]
        assert (early.code, early.earliest) == ("bulletin_before_consent", DAY)
        assert world.codes(case, "publish", {**NUMBERED, "bulletin_on": "2026-03-07"}, on=on) == {
            "bulletin_in_the_future"
        }

    def test_the_term_from_its_day_can_be_counted(self, world: World) -> None:
        case = world.inspection("consented")
        assert world.codes(case, "publish", {"number": "铜质督〔1998〕3号", "bulletin_on": "1998-03-02"}) == {
            "bulletin_before_consent",
            "due_date_unknown",
        }

    @pytest.mark.parametrize(
        ("number", "code"),
        [
            ("", "bulletin_unnumbered"),
            ("1号", "number_malformed"),
            ("铜质督〔2026〕号", "number_malformed"),
            ("铜质督〔2025〕3号", "number_of_another_year"),
            ("铜质督〔2026〕3号", "number_taken"),
            ("铜质督[2026] 第03号", "number_taken"),
            ("铜质督（２０２６）３号", "number_taken"),
            ("铜质督〔2026〕4号", None),
            ("铜府督〔2026〕3号", None),
        ],
    )
    def test_the_bulletin_bears_a_number_of_its_own_in_its_year(
        self, world: World, number: str, code: str | None
    ) -> None:
        other = world.inspection("closed", id="TL-2026-X02")
        world.put(replace(other, dossier={"bulletin": {**NUMBERED, "by": COORDINATOR, "on": "2026-03-01"}}))
        case = world.inspection("consented")
        assert world.codes(case, "publish", {"number": number}) == ({code} if code else set())
        if code == "number_taken":
            assert "TL-2026-X02" in world.says(code, case, "publish", {"number": number})


class TestClosing:
    @pytest.fixture
    def case(self, world: World) -> Case:
        case = world.inspection("published")
        world.part("rectification", "R01", "closed", unit=BACHUAN)
        for number, receiver in (("P01", "appraisal_office"), ("P02", "organisation_department")):
            world.part(
                "passing_on", number, "receipted", dossier={"passing": {"receiver": receiver, "summary": "结果"}}
            )
        return case

    def test_when_everything_is_done(self, world: World, case: Case) -> None:
        assert world.do(case, "close", {}).state == "closed"

    def test_not_while_a_rectification_is_open(self, world: World, case: Case) -> None:
        world.part("rectification", "R02", "reported", unit=DONGCHENG)
        assert named(DONGCHENG) in world.says("rectifications_open", case, "close", {})

    def test_not_before_both_bodies_have_receipted_the_results(self, world: World, case: Case) -> None:
        passing = {"passing": {"receiver": "organisation_department", "summary": "结果"}}
        world.part("passing_on", "P02", "passed", dossier=passing)
        refusals = world.weigh(case, "close", {}).refusals
        assert [(item.code, item.article) for item in refusals] == [("results_not_receipted", "22")]

    def test_not_while_a_finding_is_open_though_its_rectification_is_over(self, world: World, case: Case) -> None:
        world.part("finding", "F01", "claimed", unit=BACHUAN)
        assert "TL-2026-X01-F01" in world.says("finding_open", case, "close", {})
        order = {"order": {"bulletin_on": "2026-03-02", "findings": ["TL-2026-X01-F01"]}}
        world.part("rectification", "R01", "reported", unit=BACHUAN, dossier=order)
        assert world.codes(case, "close", {}) == {"rectifications_open"}

    def test_not_before_a_significant_matter_has_reached_the_authority(self, world: World, case: Case) -> None:
        for state in ("raised", "received"):
            matter = world.part("significant_matter", "M01", state)
            assert matter.id in world.says("matter_unreported", case, "close", {"goes_on": [matter.id]})
        world.part("significant_matter", "M01", "concluded")
        assert world.codes(case, "close", {}) == set()

    @pytest.mark.parametrize(
        ("procedure", "state"),
        [("significant_matter", "forwarded"), ("significant_matter", "instructed")]
        + [("referral", state) for state in ("drafted", "approved", "sent", "receipted")],
    )
    def test_what_goes_on_afterwards_is_named(self, world: World, case: Case, procedure: str, state: str) -> None:
        part = world.part(procedure, "T01", state)
        assert part.id in world.says("goes_on_unnamed", case, "close", {})
        closed = world.do(case, "close", {"goes_on": [part.id]})
        assert (closed.state, closed.dossier["closing"]["goes_on"]) == ("closed", [part.id])

    def test_not_while_a_review_is_open(self, world: World, case: Case) -> None:
        world.part("review", "W01", "applied", unit=BACHUAN)
        assert world.codes(case, "close", {}) == {"review_open"}
        world.part("review", "W01", "decided", unit=BACHUAN)
        assert world.codes(case, "close", {}) == set()
