"""Nothing is left open under an inspection that has gone past it, unless somebody says so."""

from __future__ import annotations

from casework.nightly.follow_ups import follow_up
from storage.messages import notices
from tests.casework.office import (
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    DONGCHENG,
    EVIDENCE,
    LEADERS,
    OFFICERS,
    TUQIAO,
    Office,
    groups,
    plan_of,
)
from tests.casework.test_whole_procedure import pass_on_results, put_right

VISITED = {"ways": ["11(2)2"], "record": "查阅台账"}


def told_everybody_but_asked_for_more(office: Office) -> str:
    """The last target is told its results while a wider plan is before the authority."""
    case = office.special([BACHUAN], to="under_way")
    wider = plan_of(office, case, targets=[BACHUAN, TUQIAO])
    office.does(COORDINATOR, "amend", case, {**wider, "note": "群众反映"})
    office.does(LEADERS[0], "visit_on_site", case, VISITED)
    told = office.does(LEADERS[0], "feed_back", case, {"advice": "整改", "findings": [{"text": "台账不全"}]})
    assert told["inspection"]["state"] == "under_way"
    return case


def test_an_amendment_can_still_be_granted_when_the_last_target_has_been_told(office: Office) -> None:
    case = told_everybody_but_asked_for_more(office)
    assert set(office.refused(LEADERS[0], "feed_back", case)) == {"amendment_pending"}
    office.does(AUTHORITY, "grant", f"{case}-A01", {"note": "同意"})
    assert office.case(case).targets == (BACHUAN, TUQIAO)
    office.advance(case, "published")
    assert {part.unit for part in office.parts(case, "rectification")} == {BACHUAN, TUQIAO}


def test_once_it_is_refused_or_withdrawn_the_leader_is_told_to_go_on(office: Office) -> None:
    for who, act, problem in ((AUTHORITY, "refuse", "一"), (COORDINATOR, "withdraw", "二")):
        case = told_everybody_but_asked_for_more(office)
        follow_up(office.database, office.clock, "test", limit=1000)
        office.does(who, act, f"{case}-A01", {"note": problem})
        follow_up(office.database, office.clock, "test", limit=1000)
        with office.reading() as session:
            [told] = notices.find(session, case_id=case, role="group_leader")
        assert "反馈" in told.text
        assert office.does(LEADERS[0], "feed_back", case)["inspection"]["state"] == "fed_back"
        office.does(AUTHORITY, "cancel", case, {"note": "不再需要"})
        office.on(office.day.replace(year=office.day.year + 2))


def test_with_a_cancelled_rectification_end_its_findings_and_no_others(office: Office) -> None:
    case = office.special([BACHUAN, DONGCHENG])
    office.does(AUTHORITY, "cancel", office.part(case, "rectification", BACHUAN), {"note": "机构撤并"})
    assert {part.unit: part.state for part in office.parts(case, "finding")} == {
        BACHUAN: "withdrawn",
        DONGCHENG: "in_bulletin",
    }
    office.does(AUTHORITY, "cancel", case, {"note": "机构改革"})
    assert {part.state for part in office.parts(case, "rectification")} == {"cancelled"}
    assert office.breaks() == []


def test_a_referral_that_outlasts_the_inspection_is_named_when_it_is_closed(office: Office) -> None:
    case = office.special([BACHUAN])
    lead = {
        "ground": "other_crime",
        "destination": "judiciary",
        "subject": "某企业",
        "facts": "涉嫌犯罪",
        "evidence": EVIDENCE,
    }
    referral = office.does(COORDINATOR, "refer", case, lead)["case"]
    with office.at_once():
        put_right(office, case, BACHUAN)
        pass_on_results(office, case)
    assert set(office.refused(COORDINATOR, "close", case)) == {"goes_on_unnamed"}
    closed = office.does(COORDINATOR, "close", case, {"goes_on": [referral]})
    assert closed["state"] == "closed" and closed["goes_on"] == [{"case": referral, "state": "drafted"}]
    office.does(AUTHORITY, "approve", referral, {"note": "同意移送"})


def test_a_cancellation_says_what_goes_on(office: Office) -> None:
    case = office.special([BACHUAN])
    review = office.does(OFFICERS[BACHUAN], "apply_for_review", case, {"grounds": "结论不符"})["case"]
    cancelled = office.does(AUTHORITY, "cancel", case, {"note": "机构改革"})
    assert cancelled["goes_on"] == [{"case": review, "state": "applied"}]


def test_an_exception_asked_for_on_the_inspection_is_a_case_of_its_own_and_lapses_with_it(office: Office) -> None:
    case = office.special([BACHUAN], to="filed")
    reason = {"rule": "core_members", "note": "须以行业专家为主"}
    asked = office.does(COORDINATOR, "ask_exception", case, reason)["case"]
    staffed = {**groups([BACHUAN])[0], "members": [{"name": "行业专家", "body": "某协会", "invited_as": "experts"}]}
    assert set(office.refused(COORDINATOR, "staff", case, {"groups": [staffed]})) == {"invited_outnumber"}
    office.does(AUTHORITY, "grant", asked, {"note": "同意"})
    office.does(COORDINATOR, "staff", case, {"groups": [staffed]})
    reasons = [row["reason"] for row in office.shown(asked)["timeline"]]
    assert reasons == ["须以行业专家为主", "同意"]

    parent = office.special([TUQIAO], problem="另一问题")
    look_back = office.inspection("look_back", [TUQIAO], "approved", parent=parent)
    pending = office.does(COORDINATOR, "ask_exception", look_back, {"rule": "on_site", "note": "封山"})["case"]
    office.does(AUTHORITY, "cancel", look_back, {"note": "不再需要"})
    assert office.state(pending) == "lapsed" and office.breaks() == []
