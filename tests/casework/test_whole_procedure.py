"""From the application to the close, as an office does it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import regulations
from casework.errors import NotFound
from casework.nightly.follow_ups import follow_up
from states.engine.forms.reading import FormRefused
from states.engine.sampling import draw
from storage.messages import notices
from tests.casework.office import (
    APPRAISAL,
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    DONGCHENG,
    EVIDENCE,
    LEADERS,
    OFFICERS,
    RESPONSIBLE_LEADER,
    SECOND_COORDINATOR,
    SUPERVISION_OFFICE,
    TUQIAO,
    Office,
    collected,
    dump,
    everybody,
    groups,
    plan_of,
    served,
)

NAMES = {one.code: one.name for one in regulations.jurisdiction("TL").roster() if one.category == "镇（街道）"}
TOWNSHIPS = list(NAMES)


def put_right(office: Office, case: str, unit: str) -> None:
    """A unit puts its findings right, and the joint office sees to it."""
    rectification = office.part(case, "rectification", unit)
    findings = office.case(rectification).dossier["order"]["findings"]
    measures = [{"finding": one, "measure": "补齐", "responsible": "王五", "by": "2026-12-01"} for one in findings]
    office.does(OFFICERS[unit], "file_plan", rectification, {"measures": measures})
    for finding in findings:
        office.does(OFFICERS[unit], "claim", finding, {"note": "已完成", "evidence": EVIDENCE})
    office.does(OFFICERS[unit], "report", case, {"summary": "已整改", "evidence": EVIDENCE})
    for finding in findings:
        office.does(COORDINATOR, "close_out", finding, {"note": "核验通过"})
    office.does(COORDINATOR, "spot_check", rectification, {"result": "属实"})
    office.does(COORDINATOR, "accept", rectification, {"note": "同意"})
    office.does(COORDINATOR, "close", rectification)


def pass_on_results(office: Office, case: str) -> None:
    """Every unit has its conclusion, and the results go to both bodies, which receipt them."""
    targets = office.case(case).targets
    office.does(COORDINATOR, "serve_conclusion", case, [{"target": code, "receipt": "签收"} for code in targets])
    for receiver, who in (("appraisal_office", APPRAISAL), ("organisation_department", COORDINATOR)):
        passed = office.does(COORDINATOR, "pass_on", case, {"receiver": receiver, "summary": "督察结果"})
        office.does(who, "receipt", passed["case"], {"receipt": "回执1号"})


def test_a_comprehensive_inspection_of_every_township_runs_from_the_application_to_the_close(office: Office) -> None:
    case = office.opens(kind="comprehensive", year=2026, title="2026年综合督察", targets=TOWNSHIPS, reason="年度计划")
    assert case == "TL-2026-Z01"
    office.does(COORDINATOR, "submit", case, {"contents": ["8(1)", "8(3)"]})
    office.does(AUTHORITY, "approve", case, {"note": "同意"})
    both = plan_of(office, case, methods=["written", "on_site"], ways=["11(2)1"], sampling={"size": 4})
    office.does(COORDINATOR, "plan", case, both)
    office.does(SUPERVISION_OFFICE, "file", case, {"number": "督备〔2026〕1号"})
    staffed = groups(TOWNSHIPS, LEADERS)
    formed = office.does(COORDINATOR, "staff", case, {"groups": staffed})
    assert len(formed["followed"]) == 4 + 28
    office.does(COORDINATOR, "train", case, {"content": "业务培训", "attended": everybody(staffed)})
    with office.at_once():
        moved = [
            office.does(group["leader"]["name"], "prepare", case, collected(group["targets"])) for group in staffed
        ]
        assert [one["inspection"]["state"] for one in moved] == ["trained", "trained", "trained", "prepared"]
        office.does(COORDINATOR, "start", case, served(TOWNSHIPS))

    [kept] = office.case(case).dossier["draws"]
    drawn = draw(kept["seed"], TOWNSHIPS, 4)
    assert list(drawn) == kept["drawn"]
    visits = {visit.unit: visit for visit in office.parts(case, "visit")}
    on_site = {unit for unit, visit in visits.items() if "on_site" in visit.dossier["order"]["methods"]}
    assert on_site == set(drawn) and len(visits) == 28

    with office.at_once():
        for group in staffed:
            leader = group["leader"]["name"]
            for code in group["targets"]:
                office.does(leader, "request_self_inspection", case, {"target": code, "due_on": "2026-03-20"})
                report = {"report": "自查情况", "evidence": EVIDENCE}
                office.does(f"{NAMES[code]}联络员", "hand_in_self_inspection", visits[code].id, report)
                if code in drawn:
                    present = everybody([group])
                    visited = {"target": code, "ways": ["11(2)1"], "record": "座谈", "present": present}
                    office.does(leader, "visit_on_site", case, visited)
        for group in staffed:
            findings = [{"text": "台账不全", "content": "8(3)"}]
            told = [
                {"code": code, "advice": "限期整改", "findings": findings if code in (BACHUAN, TUQIAO) else []}
                for code in group["targets"]
            ]
            office.does(group["leader"]["name"], "feed_back", case, {"targets": told})
    assert office.state(case) == "fed_back"
    with office.at_once():
        for leader in LEADERS:
            office.does(leader, "report", case, {"summary": "督察报告"})
    office.advance(case, "consented")
    published = office.does(COORDINATOR, "publish", case, {"number": "铜质督〔2026〕3号"})
    assert [row["case"] for row in published["deadlines"]] == [f"{case}-R01", f"{case}-R02"]

    with office.at_once():
        put_right(office, case, BACHUAN)
        put_right(office, case, TUQIAO)
        pass_on_results(office, case)
    assert office.does(COORDINATOR, "close", case)["state"] == "closed"
    assert office.breaks() == []
    shown = office.shown(case)
    assert {row["act"] for row in shown["now"]} == {
        "raise_matter",
        "refer",
        "arrange_talk",
        "recommend",
        "pass_on",
        "apply_for_review",
    }
    assert [row["on"] for row in shown["timeline"]] == sorted(row["on"] for row in shown["timeline"])


def test_a_special_inspection_with_all_three_methods_tells_what_follows_each_act(office: Office) -> None:
    case = office.special([BACHUAN], to="approved")
    methods = ["written", "on_site", "third_party"]
    office.does(COORDINATOR, "plan", case, plan_of(office, case, methods=methods))
    office.advance(case, "under_way")
    leader, visit = LEADERS[0], office.part(case, "visit", BACHUAN)
    asked = office.does(leader, "request_self_inspection", visit, {"due_on": "2026-03-20"})
    assert [(row["term"], row["due"]) for row in asked["deadlines"]] == [("self_inspection_report", "2026-03-20")]
    early = office.refused(leader, "feed_back", visit, {"advice": "如实填写"})
    assert set(early) == {"method_not_used"}
    office.does(OFFICERS[BACHUAN], "hand_in_self_inspection", visit, {"report": "自查", "evidence": EVIDENCE})
    office.does(leader, "visit_on_site", visit, {"ways": ["11(2)2"], "record": "查阅"})
    office.does(leader, "record_evaluation", visit, {"contractor": "评价公司", "survey": "100户", "report": "满意"})
    office.does(leader, "record_finding", visit, {"text": "台账不全", "content": "9(3)"})
    told = office.does(leader, "feed_back", visit, {"advice": "限期整改", "findings": [{"text": "未公示电话"}]})
    assert {(row["act"], row["to"]) for row in told["followed"]} == {
        ("record", "recorded"),
        ("tell", "fed_back"),
        ("feed_back", "fed_back"),
    }
    assert told["inspection"] == {"case": case, "state": "fed_back"}
    office.does(OFFICERS[BACHUAN], "confirm", f"{case}-F01")
    office.does(OFFICERS[BACHUAN], "dispute", f"{case}-F02", {"note": "已公示"})
    office.does(leader, "ask_withdrawal", f"{case}-F02", {"note": "申辩成立"})
    office.does(COORDINATOR, "withdraw", f"{case}-F02", {"note": "同意撤回"})
    office.advance(case, "published")
    assert office.case(office.part(case, "rectification", BACHUAN)).dossier["order"]["findings"] == [f"{case}-F01"]
    with office.at_once():
        put_right(office, case, BACHUAN)
        pass_on_results(office, case)
    office.does(COORDINATOR, "close", case)
    assert (office.state(f"{case}-F01"), office.state(f"{case}-F02")) == ("closed_out", "withdrawn")
    assert office.breaks() == []


def test_a_look_back_stands_in_for_the_spot_check_and_another_may_follow_it(office: Office) -> None:
    parent = office.special()
    rectification = office.part(parent, "rectification", BACHUAN)
    first = office.inspection("look_back", [BACHUAN], "under_way", parent=parent)
    assert office.case(first).actors_by_act["approve"] == (RESPONSIBLE_LEADER,)
    assert (office.case(first).parent, office.case(first).family) == (parent, first)
    visit = office.part(first, "visit", BACHUAN)
    with office.at_once():
        office.does(LEADERS[0], "visit_on_site", visit, {"ways": ["11(2)2"], "record": "实地查看"})
        office.does(LEADERS[0], "feed_back", visit, {"advice": "", "findings": []})
        findings = office.case(rectification).dossier["order"]["findings"]
        measures = [{"finding": one, "measure": "补齐", "responsible": "王五", "by": "2026-12-01"} for one in findings]
        office.does(OFFICERS[BACHUAN], "file_plan", rectification, {"measures": measures})
        office.does(OFFICERS[BACHUAN], "report", rectification, {"summary": "已整改", "evidence": EVIDENCE})
    office.does(COORDINATOR, "spot_check", rectification, {"result": "回头看属实", "look_back": first})
    office.advance(first, "published")
    assert office.parts(first, "rectification") == []

    second = office.inspection("look_back", [BACHUAN], "published", parent=parent)
    [again] = office.parts(second, "rectification")
    assert (office.case(second).parent, again.unit) == (parent, BACHUAN)
    third = office.inspection("look_back", [BACHUAN], "drafted", parent=second)
    assert office.case(third).parent == second
    unfit = office.refused(COORDINATOR, "return", rectification, {"note": "如实填写", "due_on": "2026-03-01"})
    assert "due_not_ahead" in unfit
    assert office.breaks() == []


def test_a_finding_that_was_not_put_right_opens_a_new_round(office: Office) -> None:
    parent = office.special([BACHUAN])
    look_back = office.inspection("look_back", [BACHUAN], "under_way", parent=parent)
    visit = office.part(look_back, "visit", BACHUAN)
    office.does(LEADERS[0], "visit_on_site", visit, {"ways": ["11(2)2"], "record": "实地查看"})
    renewed = {"text": "仍无台账", "earlier": f"{parent}-F01"}
    office.does(LEADERS[0], "feed_back", visit, {"advice": "立即整改", "findings": [renewed]})
    office.advance(look_back, "published")
    assert office.deadline(office.part(look_back, "rectification", BACHUAN)).deadline.running


def test_what_a_look_back_found_unresolved_is_put_right_anew_before_it_is_closed(office: Office) -> None:
    """A finding claimed before the look-back is neither closed out nor accepted for it (Tongliang art. 10, 14)."""
    parent = office.special([BACHUAN])
    finding, rectification = f"{parent}-F01", office.part(parent, "rectification", BACHUAN)
    done = {"note": "已补齐", "evidence": EVIDENCE}
    with office.at_once():
        measure = {"finding": finding, "measure": "补齐台账", "responsible": "王五", "by": "2026-12-01"}
        office.does(OFFICERS[BACHUAN], "file_plan", rectification, {"measures": [measure]})
        office.does(OFFICERS[BACHUAN], "claim", finding, done)
        office.does(OFFICERS[BACHUAN], "report", rectification, {"summary": "已整改", "evidence": EVIDENCE})
        office.does(COORDINATOR, "spot_check", rectification, {"result": "书面核实"})
    look_back = office.later().inspection("look_back", [BACHUAN], "fed_back", parent=parent)
    for act, case in (("close_out", finding), ("accept", rectification)):
        assert set(office.refused(SECOND_COORDINATOR, act, case, {"note": "属实"})) == {"look_back_unresolved"}
    office.does(SECOND_COORDINATOR, "return", finding, {"note": "“回头看”未整改到位"})
    again = {"note": "“回头看”未整改到位", "due_on": (office.day + timedelta(days=7)).isoformat()}
    office.does(SECOND_COORDINATOR, "return", rectification, again)
    office.later()
    office.does(OFFICERS[BACHUAN], "claim", finding, done)
    office.does(OFFICERS[BACHUAN], "report", rectification, {"summary": "重新整改", "evidence": EVIDENCE})
    office.does(COORDINATOR, "spot_check", rectification, {"result": "到场核实"})
    office.does(SECOND_COORDINATOR, "close_out", finding, {"note": "属实"})
    office.does(SECOND_COORDINATOR, "accept", rectification, {"note": "验收"})
    assert office.does(SECOND_COORDINATOR, "close", rectification)["state"] == "closed"
    assert office.state(look_back) == "fed_back"


def test_several_findings_are_closed_out_together_or_not_at_all(office: Office) -> None:
    case = office.special([BACHUAN, DONGCHENG], to="under_way")
    before = dump(office.database)
    [visit] = [part.id for part in office.parts(case, "visit") if part.unit == BACHUAN]
    with pytest.raises(FormRefused):
        office.does(LEADERS[0], "record_finding", visit, [{"text": "一"}, {"text": "二"}, {"txt": "三"}])
    assert dump(office.database) == before
    office.does(LEADERS[0], "record_finding", visit, [{"text": "一"}, {"text": "二"}])
    assert [part.dossier["finding"]["text"] for part in office.parts(case, "finding")] == ["一", "二"]


def test_an_act_asked_of_the_inspection_finds_the_part_that_is_meant(office: Office) -> None:
    case = office.special([BACHUAN, DONGCHENG], to="under_way")
    first, second = office.parts(case, "visit")
    visited = {"ways": ["11(2)2"], "record": "查阅台账"}
    assert office.does(LEADERS[1], "visit_on_site", case, visited)["case"] == second.id
    assert office.does(LEADERS[0], "visit_on_site", case, {"target": BACHUAN, **visited})["case"] == first.id
    assert office.does("督察组员二", "record_finding", case, {"text": "组员所见"})["case"] == second.id
    with pytest.raises(NotFound) as ambiguous:
        office.does(SECOND_COORDINATOR, "withdraw", case, {"note": "如实填写"})
    assert ambiguous.value.code == "which_part"


def test_the_wrong_office_asking_an_act_of_many_parts_is_told_whose_it_is(office: Office) -> None:
    case = office.special([BACHUAN, DONGCHENG], to="under_way")
    refused = office.refused(COORDINATOR, "feed_back", case, {"advice": "如实填写"})
    assert refused["role_missing"]["who"] == ["group_leader"]


def test_what_is_neither_fields_nor_a_list_of_them_is_refused(office: Office) -> None:
    case = office.special([BACHUAN], to="under_way")
    before = dump(office.database)
    for data in ([], "文字", ["文字"], 7, [None]):
        with pytest.raises(FormRefused):
            office.does(LEADERS[0], "feed_back", case, data)  # type: ignore[arg-type]
    with pytest.raises(FormRefused):
        office.does(LEADERS[0], "feed_back", case, {"targets": ["巴川"]})
    assert dump(office.database) == before


def test_an_amendment_that_adds_a_target_goes_to_the_authority_and_is_staffed_anew(office: Office) -> None:
    case = office.special([BACHUAN], to="under_way")
    wider = plan_of(office, case, targets=[BACHUAN, TUQIAO])
    office.does(COORDINATOR, "amend", case, {**wider, "note": "群众反映"})
    assert (office.state(case), office.case(case).targets) == ("under_way", (BACHUAN,))
    assert "amendment_pending" in office.refused(COORDINATOR, "amend", case, {**wider, "note": "再改"})
    office.does(AUTHORITY, "grant", f"{case}-A01", {"note": "同意"})
    assert (office.state(case), office.case(case).targets) == ("planned", (BACHUAN, TUQIAO))
    office.advance(case, "published")
    assert {visit.unit: visit.state for visit in office.parts(case, "visit")} == {
        BACHUAN: "fed_back",
        TUQIAO: "fed_back",
    }
    assert len(office.parts(case, "rectification")) == 2
    assert office.breaks() == []


def test_an_amendment_that_drops_the_last_target_still_out_lets_the_inspection_move_on(office: Office) -> None:
    case = office.special([BACHUAN, DONGCHENG], to="under_way")
    visited = {"ways": ["11(2)2"], "record": "查阅台账"}
    office.does(LEADERS[0], "visit_on_site", case, visited)
    office.does(LEADERS[0], "feed_back", case, {"advice": "整改", "findings": [{"text": "台账不全"}]})
    office.does(LEADERS[1], "visit_on_site", case, visited)
    office.does(LEADERS[1], "record_finding", case, {"text": "尚未告知"})
    narrower = plan_of(office, case, targets=[BACHUAN])
    office.does(COORDINATOR, "amend", case, {**narrower, "note": "机构撤并"})
    office.does(AUTHORITY, "grant", f"{case}-A01", {"note": "同意"})
    office.advance(case, "under_way")
    assert {visit.unit: visit.state for visit in office.parts(case, "visit")} == {
        BACHUAN: "fed_back",
        DONGCHENG: "withdrawn",
    }
    office.does(LEADERS[0], "feed_back", case)
    office.advance(case, "published")
    assert [part.unit for part in office.parts(case, "rectification")] == [BACHUAN]


def test_a_cancelled_inspection_takes_along_what_hangs_on_it_and_frees_nothing_once_carried_out(office: Office) -> None:
    case = office.special([BACHUAN])
    office.does(AUTHORITY, "cancel", case, {"note": "机构改革"})
    assert {part.state for part in office.parts(case, "rectification")} == {"cancelled"}
    assert {part.state for part in office.parts(case, "finding")} == {"withdrawn"}
    assert not office.deadline(f"{case}-R01").deadline.running
    other = office.opens(kind="special", year=2026, title="再次", targets=[BACHUAN], problem="另一问题")
    assert "frequency_target" in office.refused(COORDINATOR, "submit", other, {"contents": ["9(3)"]})


def test_an_inspection_cancelled_before_it_was_carried_out_frees_its_keys(office: Office) -> None:
    case = office.special([BACHUAN], to="trained")
    office.does(AUTHORITY, "cancel", case, {"note": "不再需要"})
    assert {part.state for part in office.parts(case, "group")} == {"disbanded"}
    again = office.special([BACHUAN], to="approved")
    assert office.state(again) == "approved"


def test_results_are_receipted_by_the_body_they_went_to_and_it_alone_is_told(office: Office) -> None:
    case = office.special([BACHUAN])
    for receiver, whose, other in (
        ("appraisal_office", APPRAISAL, COORDINATOR),
        ("organisation_department", COORDINATOR, APPRAISAL),
    ):
        passed = office.does(COORDINATOR, "pass_on", case, {"receiver": receiver, "summary": "督察结果"})["case"]
        follow_up(office.database, office.clock, "test", limit=1000)
        refused = office.refused(other, "receipt", passed, {"receipt": "回执1号"})
        assert set(refused) == {"not_the_receiver"}
        with office.reading() as session:
            told = {one.recipient_role for one in notices.find(session, case_id=passed)}
        assert told == set(refused["not_the_receiver"]["who"])
        assert office.does(whose, "receipt", passed, {"receipt": "回执1号"})["state"] == "receipted"


def test_a_significant_matter_goes_hop_by_hop_to_the_authority(office: Office) -> None:
    case = office.special([BACHUAN], to="under_way")
    raised = office.does(LEADERS[0], "raise_matter", case, {"matter": "疑似制假", "facts": "现场发现"})["case"]
    assert office.case(raised).unit is None
    for who, act, data in (
        (COORDINATOR, "receive", {}),
        (COORDINATOR, "forward", {}),
        (AUTHORITY, "instruct", {"note": "立即查处"}),
        (COORDINATOR, "conclude", {"note": "已移交"}),
    ):
        office.later().does(who, act, raised, data)
    days = [row["on"] for row in office.shown(raised)["timeline"]]
    assert days == sorted(set(days)) and office.state(raised) == "concluded"


def test_a_lead_is_referred_and_receipted(office: Office) -> None:
    case = office.special([BACHUAN], to="under_way")
    lead = {"ground": "other_crime", "destination": "judiciary", "subject": "某企业", "facts": "涉嫌犯罪"}
    referral = office.does(COORDINATOR, "refer", case, lead)["case"]
    office.does(AUTHORITY, "approve", referral, {"note": "同意移送"})
    office.does(COORDINATOR, "send", referral)
    office.does(COORDINATOR, "receipt", referral, {"receipt": "收讫"})
    office.does(COORDINATOR, "conclude", referral, {"note": "已立案"})
    assert office.state(referral) == "concluded"


def test_a_unit_applies_for_review_within_thirty_days_and_outsiders_decide(office: Office) -> None:
    case = office.special([BACHUAN])
    office.does(COORDINATOR, "serve_conclusion", case, {"target": BACHUAN, "receipt": "签收"})
    review = office.does(OFFICERS[BACHUAN], "apply_for_review", case, {"grounds": "结论不符"})
    assert [(row["term"], row["article"]) for row in review["deadlines"]] == [("review_decision", "decree-733:17")]
    assert office.deadline(review["case"]).due_on == date(2026, 4, 14), "30 days later"
    partial = {"outcome": "upheld", "reviewers": [LEADERS[0]], "note": "维持"}
    assert set(office.refused(AUTHORITY, "decide", review["case"], partial)) == {"reviewer_took_part"}
    assert "review_open" in office.refused(COORDINATOR, "close", case)
    office.does(AUTHORITY, "decide", review["case"], {**partial, "reviewers": ["区司法局甲"]})
    assert office.deadline(review["case"]).deadline.met_on == office.day
    stranger = office.refused(OFFICERS[DONGCHENG], "apply_for_review", case, {"grounds": "如实填写"})
    assert "unit_not_inspected" in stranger
    office.on(date(2026, 6, 1))
    assert "review_too_late" in office.refused(OFFICERS[BACHUAN], "apply_for_review", case, {"grounds": "如实填写"})
