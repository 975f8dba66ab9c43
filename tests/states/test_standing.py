"""What holds for every act: who may, on which day, in which order, and not while the case is suspended."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

import messages
from messages.errors import Outcome
from states.engine.case import Actor, Role
from states.engine.evaluate import possible_acts
from states.engine.forms.base import Decision
from states.engine.refusals import ActRefused
from tests.states.world import (
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    DAY,
    DONGCHENG,
    INSPECTION,
    MEMBER,
    OFFICE,
    SECOND_COORDINATOR,
    World,
    officer,
)


@pytest.fixture
def world() -> World:
    return World()


def test_an_act_out_of_order_is_refused_and_says_what_is_possible(world: World) -> None:
    case = world.inspection("approved")
    said = world.says("out_of_order", case, "publish", {})
    assert said == (
        "当前状态为“已批准”，“通报”只能在“已同意通报”之后办理。请先按程序办理，目前可办：制定方案、更换人员、更正、中止、取消。"
    )
    refusal = world.weigh(case, "publish", {}).refusals[0]
    assert (refusal.article, refusal.who) == ("13(5)", (Role.COORDINATOR, Role.AUTHORITY))


def test_an_act_out_of_order_hides_neither_the_wrong_role_nor_the_wrong_day(world: World) -> None:
    case = world.inspection("approved")
    verdict = world.weigh(case, "publish", {}, by=OFFICE, on=DAY - timedelta(days=400))
    codes = [one.code for one in verdict.refusals]
    assert codes[0] == "out_of_order"
    assert {"role_missing", "dated_before_the_last_act"} <= set(codes)
    assert ActRefused(case.id, "publish", verdict.refusals).outcome is Outcome.REFUSED


def test_resuming_is_offered_only_where_something_is_suspended(world: World) -> None:
    case = replace(world.inspection("under_way"), suspended=True)
    offered = {verdict.act: verdict for verdict in possible_acts(case, world.context(case, "amend", by=AUTHORITY))}
    assert offered["resume"].allowed
    assert not offered["suspend"].allowed


def test_an_act_before_there_is_a_case_is_out_of_order(world: World) -> None:
    assert "out_of_order" in world.codes(world.inspection("new"), "submit", {})


def test_an_unknown_act_is_refused(world: World) -> None:
    assert world.codes(world.inspection("approved"), "rubber_stamp") == {"act_unknown"}


def test_a_case_that_has_ended_takes_no_act_and_offers_none(world: World) -> None:
    case = world.inspection("rejected")
    assert world.codes(case, "submit", {}) == {"case_ended"}
    assert possible_acts(case, world.context(case, "submit")) == ()


def test_what_only_follows_is_not_offered(world: World) -> None:
    case = world.inspection("under_way")
    offered = [verdict.act for verdict in possible_acts(case, world.context(case, "amend"))]
    assert offered == ["feed_back", "amend", "hand_over", "correct", "suspend", "cancel"]


def test_the_wrong_role_is_told_whose_act_it_is(world: World) -> None:
    case = world.inspection("planned")
    assert world.codes(case, "file", {}) == {"role_missing"}
    assert world.says("role_missing", case, "file", {}) == (
        "“联席办协调员甲”办理“备案”属越权办理，该项由区委区政府督查室办理。请由区委区政府督查室办理。"
    )
    assert world.codes(case, "file", {}, by=OFFICE) == set()


def test_anybody_in_particular_is_not_asked_for_when_only_the_facts_matter(world: World) -> None:
    assert world.codes(world.inspection("planned"), "file", {}, by=None) == set()


def test_an_account_of_another_jurisdiction_is_refused(world: World) -> None:
    world.accounts["外地协调员"] = Actor("外地协调员", frozenset({Role.COORDINATOR}), "SZ")
    assert world.codes(world.inspection("reported"), "consolidate", {"summary": "报告"}, by="外地协调员") == {
        "other_jurisdiction"
    }


def test_a_liaison_officer_acts_for_their_own_unit_only(world: World) -> None:
    world.inspection("published")
    finding = world.part("finding", "F01", "fed_back", unit=BACHUAN)
    assert world.codes(finding, "confirm", {}, by=officer(BACHUAN)) == set()
    assert world.codes(finding, "confirm", {}, by=officer(DONGCHENG)) == {"not_of_this_unit"}


def test_no_act_is_dated_in_the_future(world: World) -> None:
    case = world.inspection("reported")
    tomorrow = DAY + timedelta(days=1)
    assert world.codes(case, "consolidate", {"summary": "报告"}, on=tomorrow, today=DAY) == {"dated_in_the_future"}


def test_no_act_is_dated_before_the_one_before_it(world: World) -> None:
    case = world.inspection("reported")
    refusal = world.weigh(case, "consolidate", {"summary": "报告"}, on=date(2026, 3, 1)).refusals[0]
    assert (refusal.code, refusal.earliest) == ("dated_before_the_last_act", DAY)
    assert world.codes(case, "consolidate", {"summary": "报告"}, on=DAY) == set()


def test_a_suspended_case_waits_until_it_is_resumed(world: World) -> None:
    case = world.do(world.inspection("reported"), "suspend", {"note": "防汛"}, by=AUTHORITY)
    assert (case.state, case.suspended) == ("reported", True)
    assert world.codes(case, "consolidate", {"summary": "报告"}) == {"case_suspended"}
    assert world.codes(case, "suspend", {"note": "再次"}, by=AUTHORITY) == {"case_suspended"}
    assert world.codes(case, "cancel", {"note": "不再开展"}, by=AUTHORITY) == set()
    resumed = world.do(case, "resume", {"note": "汛情解除"}, by=AUTHORITY)
    assert not resumed.suspended
    assert world.codes(resumed, "consolidate", {"summary": "报告"}) == set()
    assert world.codes(resumed, "resume", {"note": "再恢复"}, by=AUTHORITY) == {"not_suspended"}


def test_nothing_is_visited_while_the_inspection_is_suspended(world: World) -> None:
    world.inspection("under_way", suspended=True)
    world.group("prepared")
    visit = world.visit()
    given = {"ways": ["11(2)1"], "record": "听取汇报"}
    assert world.codes(visit, "visit_on_site", given, by=MEMBER) == {"case_suspended"}


def test_no_part_goes_on_while_the_inspection_is_suspended_but_what_is_about_it_does(world: World) -> None:
    world.inspection("published", suspended=True)
    rectification = world.part("rectification", "R01", "reported", unit="500151001")
    referral = world.part("referral", "T01", "receipted")
    assert "case_suspended" in world.codes(rectification, "spot_check", {"result": "属实"})
    assert world.codes(referral, "conclude", {"note": "已处理"}) == set()


def test_nothing_is_visited_before_the_inspection_started(world: World) -> None:
    world.inspection("under_way", acted_on=date(2026, 3, 9))
    world.group("prepared")
    given = {"ways": ["11(2)1"], "record": "听取汇报"}
    visit = world.visit()
    refusal = world.weigh(visit, "visit_on_site", given, by=MEMBER, on=date(2026, 3, 6)).refusals[0]
    assert (refusal.code, refusal.earliest) == ("dated_before_the_last_act", date(2026, 3, 9))
    assert INSPECTION in refusal.fact


def test_a_refusal_lists_everything_at_once(world: World) -> None:
    case = world.inspection("submitted", suspended=True)
    asked = {"note": "同意"}
    assert world.codes(case, "approve", asked, by=COORDINATOR, on=DAY, today=date(2026, 3, 1)) == {
        "role_missing",
        "case_suspended",
        "own_request",
        "dated_in_the_future",
    }


def test_a_refused_act_changes_nothing_and_says_so_to_scripts(world: World) -> None:
    case = world.inspection("submitted")
    with pytest.raises(ActRefused) as refused:
        world.do(case, "approve", {"note": "同意"}, by=SECOND_COORDINATOR)
    assert world.cases[case.id] == case
    assert refused.value.outcome is Outcome.NOT_PERMITTED
    assert refused.value.refusal_views()[0].model_dump(mode="json") == {
        "code": "role_missing",
        "article": "13(1)",
        "citation": "第十三条第（一）项",
        "fact": "“联席办协调员乙”办理“批准”属越权办理，该项由区委、区政府办理。",
        "cure": "报请区委、区政府审批，由授权人员办理。",
        "who": ["authority"],
        "who_names": ["区委、区政府"],
        "earliest": None,
    }


def test_a_refusal_speaks_the_language_chosen(world: World) -> None:
    refusal = world.weigh(world.inspection("planned"), "file", {}).refusals[0]
    messages.set_language("en")
    assert refusal.fact == "联席办协调员甲 may not do “file”: that is for supervision office."


def test_an_act_is_kept_with_who_did_it_and_when(world: World) -> None:
    case = world.do(world.inspection("reported"), "consolidate", {"summary": "全区报告"}, on=date(2026, 3, 5))
    assert (case.state, case.version, case.acted_on) == ("consolidated", 2, date(2026, 3, 5))
    assert case.actors_by_act["consolidate"] == (COORDINATOR,)
    report = case.dossier["district_report"]
    assert (report["by"], report["on"], report["summary"]) == (COORDINATOR, "2026-03-05", "全区报告")


def test_what_is_done_again_is_kept_beside_what_was_done_before(world: World) -> None:
    case = world.inspection("consolidated")
    sent_back = world.do(case, "send_back", {"note": "补充数据"}, by=AUTHORITY)
    again = replace(sent_back, state="consolidated")
    twice = world.do(again, "send_back", {"note": "再核"}, by=AUTHORITY)
    assert [entry.note for entry in twice.read_all("sent_back", Decision)] == ["补充数据", "再核"]
