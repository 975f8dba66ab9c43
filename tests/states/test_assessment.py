"""Every condition of an assessment: what is taken, and what each rule refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from calendars import Term
from states.assessment import scheme
from states.engine.case import Case
from states.engine.deadlines import Deadline
from tests.states.assessment_world import (
    AUTHORITY,
    AUTUMN,
    CADRES,
    CRITERIA,
    JIANGCHENG,
    LEADER,
    LOCAL,
    MEMBER,
    MEMBERS,
    OFFICE,
    SECOND_OFFICE,
    SPRING,
    STRANGER,
    YANGCHUN,
    YANGJIANG,
    YEAR_ID,
    AssessmentWorld,
    claims,
    entries,
    officer,
    points,
    scores,
)

OPENING = {"year": 2025, "title": "考核", "members": list(MEMBERS)}
GIVEN = {"number": "阳质〔2025〕1号", "points": entries(points())}
ADJUSTED = {**GIVEN, "published_at": "阳质〔2025〕3号", "note": "按年度实际调整"}
PUBLISHED = {"published_at": "阳质〔2025〕2号"}
LEADS = {"name": LEADER, "body": MEMBERS[0]}
GROUP = {"name": "第一组", "leader": LEADS, "members": [], "counties": [JIANGCHENG, YANGCHUN]}
GOAL, MEASURE = {"criterion": CRITERIA[0], "aim": "合格率95%"}, {"criterion": CRITERIA[-1], "aim": "培训"}
TARGETS = {"goals": [GOAL], "measures": [MEASURE]}
REPLY = {"member": MEMBERS[0], "asked_on": "2025-06-03", "replied_on": "2025-06-09", "opinion": "无意见"}
SILENCE = {"member": MEMBERS[1], "asked_on": "2025-06-03", "silent_on": "2025-06-12"}
CHECKS = {"record": "查看现场", "checks": [{"criterion": ref, "found": "属实"} for ref in CRITERIA[:2]]}
VETO = {
    "event": "事件",
    "event_on": "2026-02-01",
    "extent": "regional",
    "finding": "认定",
    "document": "阳府〔2026〕1号",
}
ANNOUNCED = {"number": "阳府质考〔2026〕1号", "public_at": "政府网站"}
FALSE = {
    "falsehood": "false", "facts": "虚报数据", "criticism": "阳质〔2026〕9号", "responsible": ["张三"],
    "traced_by": "市纪委监委",
}  # fmt: skip
ANSWER = {
    "report": "整改", "measures": [{"measure": "补训", "by": "2026-12-01", "responsible": "李四"}], "copied": "5号",
}  # fmt: skip
ORDER = {"measure": "results", "receiver": "干部主管部门", "begins": "2026-09-21", "grounds": "通报"}
JUNE, LATE_JUNE, SEPTEMBER = date(2025, 6, 13), date(2025, 7, 1), date(2026, 9, 21)


@pytest.fixture
def world() -> AssessmentWorld:
    """A world with a year under way."""
    found = AssessmentWorld()
    found.year("team_formed")
    return found


def judged(world: AssessmentWorld, case: Case, act: str, data: Mapping[str, Any] | None, by: str, on: date) -> set[str]:
    return world.codes(case, act, data if data is not None else {}, by=by, on=on, today=on)


def changed(given: list[dict[str, Any]], at: int, **said: Any) -> list[dict[str, Any]]:
    return [*given[:at], {**given[at], **said}, *given[at + 1 :]]


YEAR_ACTS: list[tuple[str, str, dict[str, Any], str, date, dict[str, dict[str, Any]]]] = [
    ("year_opened", "give_points", GIVEN, OFFICE, SPRING, {
        "criterion_unknown": {**GIVEN, "points": changed(entries(points()), 0, criterion="A1(9)1")},
        "criterion_twice": {**GIVEN, "points": [*entries(points()), entries(points())[0]]},
        "criteria_missing": {**GIVEN, "points": entries(points())[1:]},
        "criterion_without_points": {**GIVEN, "points": changed(entries(points()), 0, points="0")},
        "points_do_not_add_up": {**GIVEN, "points": changed(entries(points()), 0, points="4.5")},
    }),
    ("team_formed", "form_team", {"teams": [GROUP]}, OFFICE, SPRING, {
        "county_without_group": {"teams": [{**GROUP, "counties": [JIANGCHENG]}]},
        "county_with_several_groups": {"teams": [GROUP, {**GROUP, "name": "第二组"}]},
        "county_not_assessed": {"teams": [{**GROUP, "counties": [JIANGCHENG, YANGCHUN, "441704"]}]},
        "team_named_twice": {"teams": [{**GROUP, "counties": [JIANGCHENG]}, {**GROUP, "counties": [YANGCHUN]}]},
        "team_leader_unknown": {"teams": [{**GROUP, "leader": {**LEADS, "name": MEMBER}}]},
        "not_of_a_member": {"teams": [{**GROUP, "members": [{"name": MEMBER, "body": "某公司"}]}]},
        "own_county": {"teams": [{**GROUP, "members": [{"name": LOCAL, "body": MEMBERS[0]}]}]},
    }),
]  # fmt: skip


@pytest.mark.parametrize(("state", "act", "good", "by", "on", "bad"), YEAR_ACTS, ids=[row[1] for row in YEAR_ACTS])
def test_what_a_year_takes_and_refuses(
    world: AssessmentWorld, state: str, act: str, good: dict[str, Any], by: str, on: date, bad: dict[str, Any]
) -> None:
    year = world.year(state)
    assert judged(world, year, act, good, by, on) == set()
    assert [code for code, data in bad.items() if code not in judged(world, year, act, data, by, on)] == []


def test_somebody_of_a_county_by_the_body_they_are_said_to_be_of(world: AssessmentWorld) -> None:
    person = {"name": STRANGER, "body": "阳春市人民政府", "expert": True}
    team = {"teams": [{**GROUP, "members": [person]}]}
    assert judged(world, world.year("scheme_known"), "form_team", team, OFFICE, SPRING) == {"own_county"}


def test_a_year_is_opened_ahead_and_once(world: AssessmentWorld) -> None:
    world.cases.clear()
    blank = world.new_year()
    assert judged(world, blank, "open", OPENING, OFFICE, SPRING) == set()
    assert judged(world, blank, "open", OPENING, OFFICE, date(2025, 7, 2)) == {"year_has_begun"}
    assert judged(world, blank, "open", OPENING, OFFICE, date(2025, 7, 1)) == set()
    early = replace(blank, opened_on=date(2024, 6, 1), acted_on=date(2024, 6, 1))
    assert judged(world, early, "open", OPENING, OFFICE, date(2024, 6, 1)) == {"year_too_far_ahead"}
    world.year("closed")
    assert judged(world, blank, "open", OPENING, OFFICE, SPRING) == {"year_is_assessed"}
    world.year("cancelled")
    assert judged(world, blank, "open", OPENING, OFFICE, SPRING) == set()
    world.year("closed", year=2024)
    assert judged(world, blank, "open", OPENING, OFFICE, SPRING) == set()


def test_only_counties_of_this_roster_are_assessed(world: AssessmentWorld) -> None:
    world.cases.clear()
    for counties, code in ((("500151001",), "unit_unknown"), ((), "no_counties")):
        assert judged(world, world.new_year(targets=counties), "open", OPENING, OFFICE, SPRING) == {code}


def test_a_department_is_no_county(world: AssessmentWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    world.cases.clear()
    county = world.unit(JIANGCHENG)
    assert county is not None
    monkeypatch.setattr(world, "unit", lambda code: replace(county, category="成员单位"))
    assert judged(world, world.new_year(), "open", OPENING, OFFICE, SPRING) == {"no_county"}


def test_the_scheme_is_issued_when_the_year_begins_and_adjusted_before(world: AssessmentWorld) -> None:
    opened, known = world.year("year_opened"), world.year("scheme_known")
    assert judged(world, opened, "publish_scheme", PUBLISHED, OFFICE, LATE_JUNE) == set()
    assert judged(world, opened, "publish_scheme", PUBLISHED, OFFICE, date(2025, 7, 2)) == {"scheme_after_the_start"}
    bare = world.year("year_opened", dossier={})
    assert judged(world, bare, "publish_scheme", PUBLISHED, OFFICE, SPRING) == {"points_not_given"}
    assert judged(world, known, "adjust_scheme", ADJUSTED, OFFICE, date(2025, 6, 30)) == set()
    assert judged(world, known, "adjust_scheme", ADJUSTED, OFFICE, LATE_JUNE) == {"adjusted_after_the_start"}
    bad = {**ADJUSTED, "points": changed(entries(points()), 0, points="4.5")}
    assert judged(world, known, "adjust_scheme", bad, OFFICE, SPRING) == {"points_do_not_add_up"}


def test_a_refused_sum_says_which_half_and_by_how_much(world: AssessmentWorld) -> None:
    bad = {**GIVEN, "points": changed(entries(points()), 0, points="4.5")}
    said = world.says("points_do_not_add_up", world.year("year_opened"), "give_points", bad, on=SPRING, by=OFFICE)
    assert "质量目标" in said and "41" in said and "40" in said and "相差 1 分" in said


COUNTY_ACTS: list[tuple[str, str, dict[str, Any], str, date, dict[str, dict[str, Any]]]] = [
    ("awaiting_targets", "file_targets", TARGETS, officer(JIANGCHENG), JUNE, {
        "aim_elsewhere": {**TARGETS, "goals": [MEASURE]},
        "aim_twice": {**TARGETS, "goals": [GOAL, GOAL]},
    }),
    ("targets_in", "consult", {"opinions": [REPLY, SILENCE]}, OFFICE, JUNE, {
        "members_not_asked": {"opinions": [REPLY]},
        "not_a_member": {"opinions": [REPLY, SILENCE, {**REPLY, "member": "县工会"}]},
        "member_twice": {"opinions": [REPLY, REPLY, SILENCE]},
        "opinion_or_silence": {"opinions": [REPLY, {**SILENCE, "opinion": "同意"}]},
        "opinion_days": {"opinions": [REPLY, {**SILENCE, "silent_on": "2025-06-20"}]},
    }),
    ("consulted", "return_targets", {"due_on": "2025-06-30", "note": "补充"}, OFFICE, JUNE, {
        "due_not_ahead": {"due_on": "2025-06-13", "note": "补充"},
    }),
    ("targets_filed", "self_assess", {"report": "自评", "claims": claims()}, officer(JIANGCHENG), LATE_JUNE, {
        "criteria_missing": {"report": "自评", "claims": claims()[1:]},
        "criterion_twice": {"report": "自评", "claims": [*claims(), claims()[0]]},
        "points_above_the_scheme": {"report": "自评", "claims": changed(claims(), 0, points="3.51")},
    }),
    ("self_assessed", "verify_on_site", CHECKS, LEADER, AUTUMN, {
        "spot_checks_missing": {**CHECKS, "checks": CHECKS["checks"][1:]},
        "spot_check_unknown_or_twice": {**CHECKS, "checks": [*CHECKS["checks"], CHECKS["checks"][0]]},
        "visitor_not_of_the_team": {**CHECKS, "present": [LEADER, STRANGER]},
    }),
    ("verified", "score_county", {"scores": scores()}, MEMBER, AUTUMN, {
        "criteria_missing": {"scores": scores()[1:]},
        "criterion_unknown": {"scores": changed(scores(), 0, criterion="A1(8)")},
        "points_above_the_scheme": {"scores": changed(scores(), 3, points="90")},
    }),
    ("verified", "veto_county", VETO, AUTHORITY, AUTUMN, {
        "event_outside_the_year": {**VETO, "event_on": "2026-07-01"},
    }),
    ("verified", "record_falsehood", FALSE, OFFICE, AUTUMN, {}),
    ("answered", "find_wanting", {"note": "没有改", "people": ["县长"]}, OFFICE, AUTUMN, {}),
    ("answer_owed", "report_putting_right", ANSWER, officer(JIANGCHENG), SEPTEMBER, {}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "act", "good", "by", "on", "bad"), COUNTY_ACTS, ids=[f"{row[1]}" for row in COUNTY_ACTS]
)
def test_what_a_county_takes_and_refuses(
    world: AssessmentWorld, state: str, act: str, good: dict[str, Any], by: str, on: date, bad: dict[str, Any]
) -> None:
    county = world.county(state)
    assert judged(world, county, act, good, by, on) == set()
    assert [code for code, data in bad.items() if code not in judged(world, county, act, data, by, on)] == []


def test_another_county_hands_in_nothing(world: AssessmentWorld) -> None:
    county = world.county("awaiting_targets")
    assert judged(world, county, "file_targets", TARGETS, officer(YANGCHUN), JUNE) == {"not_of_this_unit"}


def test_nothing_is_assessed_without_a_scheme_or_before_the_year(world: AssessmentWorld) -> None:
    county, data = world.county("targets_filed"), {"report": "自评", "claims": claims()}
    assert judged(world, county, "self_assess", data, officer(JIANGCHENG), JUNE) == {"year_not_begun"}
    year = world.year("year_opened")
    world.put(replace(year, dossier={name: one for name, one in year.dossier.items() if name != "publication"}))
    assert judged(world, county, "self_assess", data, officer(JIANGCHENG), LATE_JUNE) == {"scheme_not_published"}


def test_a_late_self_assessment_is_taken_and_a_missing_one_holds_nobody_up(world: AssessmentWorld) -> None:
    county, note = world.county("targets_filed"), {"note": "两次书面催报"}
    assert judged(world, county, "go_on_without", note, OFFICE, date(2026, 7, 1)) == {"self_assessment_not_due"}
    assert judged(world, county, "go_on_without", note, OFFICE, date(2026, 7, 2)) == set()
    late = {"report": "自评", "claims": claims()}
    for state in ("targets_filed", "unassessed"):
        assert judged(world, world.county(state), "self_assess", late, officer(JIANGCHENG), AUTUMN) == set()


@pytest.mark.parametrize(("act", "state", "data"), [
    ("verify_on_site", "self_assessed", CHECKS), ("score_county", "verified", {"scores": scores()}),
])  # fmt: skip
def test_a_county_is_assessed_by_its_group_after_the_year(
    world: AssessmentWorld, act: str, state: str, data: dict[str, Any]
) -> None:
    county = world.county(state)
    assert judged(world, county, act, data, LEADER, date(2026, 6, 30)) == {"year_not_ended"}
    assert judged(world, county, act, data, STRANGER, AUTUMN) == {"not_of_the_team"}
    world.year("reported_up")
    assert judged(world, county, act, data, LEADER, AUTUMN) == {"results_are_reported"}
    year = world.year("scheme_known")
    world.put(replace(year, dossier={name: one for name, one in year.dossier.items() if name != "team"}))
    assert judged(world, county, act, data, LEADER, AUTUMN) == {"team_not_formed"}


def test_nobody_scores_the_county_of_their_account(world: AssessmentWorld) -> None:
    year = world.year("team_formed")
    team = {"teams": [{**GROUP, "members": [{"name": LOCAL, "body": "专家", "expert": True}]}]}
    world.put(replace(year, dossier={**year.dossier, "team": team}))
    county = world.county("verified", YANGCHUN)
    assert judged(world, county, "score_county", {"scores": scores()}, LOCAL, AUTUMN) == {"own_unit_matter"}


@pytest.mark.parametrize(("lost", "refused"), [("0", False), ("0.5", True), ("1", False), ("1.01", True)])
def test_a_total_between_two_grades_is_refused_and_not_rounded(
    world: AssessmentWorld, lost: str, refused: bool
) -> None:
    """Ten points are taken beside: 90 and 89 have a grade, 89.5 has none."""
    under = changed(scores(lost), 0, points="0")
    for at in range(1, 3):
        under = changed(under, at, points="0.25")
    assert sum(float(one["points"]) for one in under) == 90 - float(lost)
    county = world.county("scored")
    county = world.put(
        replace(county, dossier={**county.dossier, "scores": [{"by": LEADER, "on": "2026-08-03", "scores": under}]})
    )
    found = judged(world, county, "grade_county", {}, OFFICE, AUTUMN)
    assert found == ({"total_without_grade"} if refused else set())
    vetoed = world.put(replace(county, dossier={**county.dossier, "vetoes": [VETO]}))
    assert judged(world, vetoed, "grade_county", {}, OFFICE, AUTUMN) == set()
    if refused:
        graded = replace(vetoed, state="graded")
        assert judged(world, graded, "lift_veto", {"note": "认定有误"}, AUTHORITY, AUTUMN) == {"total_without_grade"}
        assert "89" in world.says("total_without_grade", county, "grade_county", {}, by=OFFICE, on=AUTUMN)


@pytest.mark.parametrize(
    ("total", "grade"),
    [("100", "A"), ("90", "A"), ("89.5", None), ("89", "B"), ("80", "B"), ("79.99", None), ("60", "C"), ("59", "D"),
     ("59.5", None), ("88.5", None), ("0", "D"), ("100.5", None)],
)  # fmt: skip
def test_each_grade_has_its_band_and_nothing_between(total: str, grade: str | None) -> None:
    assert scheme.grade_of(Decimal(total), YANGJIANG) == grade


def test_a_veto_falls_on_what_was_not_reported_once_and_is_lifted(world: AssessmentWorld) -> None:
    county = world.county("graded")
    assert judged(world, county, "lift_veto", {"note": "有误"}, AUTHORITY, AUTUMN) == {"no_veto"}
    vetoed = world.county("graded", dossier={**county.dossier, "vetoes": [VETO]})
    assert judged(world, vetoed, "veto_county", VETO, AUTHORITY, AUTUMN) == {"veto_stands"}
    assert judged(world, vetoed, "lift_veto", {"note": "有误"}, AUTHORITY, AUTUMN) == set()
    coming = {**VETO, "event_on": "2026-02-01"}
    early = world.county("targets_filed")
    assert judged(world, early, "veto_county", coming, AUTHORITY, date(2026, 1, 5)) == {"event_in_the_future"}
    world.year("results_approved")
    assert judged(world, county, "veto_county", VETO, AUTHORITY, AUTUMN) == {"results_are_reported"}


def test_a_falsehood_is_in_something_that_was_handed_in(world: AssessmentWorld) -> None:
    bare = world.county("awaiting_targets", dossier={})
    assert judged(world, bare, "record_falsehood", FALSE, OFFICE, JUNE) == {"nothing_handed_in"}


def test_results_are_those_of_every_county_and_somebody_else_decides(world: AssessmentWorld) -> None:
    world.county("graded")
    second = world.county("scored", YANGCHUN, "A02")
    year, report = world.year("team_formed"), {"summary": "综合考核评价"}
    assert judged(world, year, "report_up", report, OFFICE, AUTUMN) == {"county_not_graded"}
    world.put(replace(second, state="graded"))
    assert judged(world, year, "report_up", report, OFFICE, AUTUMN) == set()
    up = world.year("reported_up", actors_by_act={"report_up": (AUTHORITY,)})
    for act in ("approve", "send_back"):
        assert judged(world, up, act, {"note": "意见"}, AUTHORITY, AUTUMN) == {"own_results"}
        assert judged(world, world.year("reported_up"), act, {"note": "意见"}, AUTHORITY, AUTUMN) == set()


def test_the_bulletin_has_a_number_of_its_own_and_days_after_the_approval(world: AssessmentWorld) -> None:
    year = world.year("results_approved")
    assert judged(world, year, "announce", ANNOUNCED, OFFICE, SEPTEMBER) == set()
    for change, code in (
        ({"number": ""}, "announcement_number_missing"),
        ({"bulletin_on": "2026-09-19"}, "announcement_day"),
        ({"public_on": "2026-09-22"}, "announcement_day"),
    ):
        assert judged(world, year, "announce", {**ANNOUNCED, **change}, OFFICE, SEPTEMBER) == {code}
    world.put(replace(year, id="YJ-2024-K01", state="closed", dossier={"announcement": ANNOUNCED}))
    assert judged(world, year, "announce", ANNOUNCED, OFFICE, SEPTEMBER) == {"announcement_number_taken"}


def test_a_year_closes_when_all_is_settled_and_receipted(world: AssessmentWorld) -> None:
    year = world.year("announced")
    county, outcome = world.county("answered"), world.outcome("ordered", dossier={"order": ORDER})
    assert judged(world, year, "close", {}, OFFICE, SEPTEMBER) == {"county_not_settled", "outcome_not_receipted"}
    world.put(replace(county, state="settled"))
    world.put(replace(outcome, state="measure_done", dossier={"order": ORDER, "receipt": {"receipt": "收到"}}))
    assert judged(world, year, "close", {}, OFFICE, SEPTEMBER) == set()


def test_a_county_is_found_wanting_without_a_report_when_its_month_has_passed(world: AssessmentWorld) -> None:
    county = world.county("answer_owed")
    month = Term(1, "months", True, "6(2)")
    owed = Deadline(county.id, "rectification_report", 1, "YJ", "6(2)", SEPTEMBER, JIANGCHENG, term=month)
    world.running.append(owed)
    note = {"note": "没有报告", "people": ["县长"]}
    assert judged(world, county, "find_wanting", note, OFFICE, date(2026, 10, 21)) == {"report_not_overdue"}
    assert judged(world, county, "find_wanting", note, OFFICE, date(2026, 10, 22)) == set()


def test_a_talk_follows_what_was_found_wanting(world: AssessmentWorld) -> None:
    found = {"by": OFFICE, "on": "2026-11-02", "note": "没有改"}
    county = world.county("wanting", dossier={"wanting": [found]}, acted_on=date(2026, 11, 2))
    world.put(replace(county, id=f"{YEAR_ID}-Y01", procedure="talk", state="settled", dossier={"talk": {}}))
    talk = {"talk": f"{YEAR_ID}-Y01", "held_on": "2026-11-05", "note": "已整改"}
    assert judged(world, county, "settle_after_talk", talk, OFFICE, date(2026, 11, 20)) == set()
    for day in ("2026-11-01", "2026-11-21"):
        early = {**talk, "held_on": day}
        assert judged(world, county, "settle_after_talk", early, OFFICE, date(2026, 11, 20)) == {"talk_day"}


@pytest.mark.parametrize(
    "change",
    [{"state": "talked"}, {"unit": YANGCHUN}, {"dossier": {}}, {"procedure": "tracing"}, {"id": "K01-Y02"}],
)
def test_a_county_is_settled_after_a_talk_of_its_own(world: AssessmentWorld, change: dict[str, Any]) -> None:
    found = {"by": OFFICE, "on": "2026-11-02", "note": "没有改"}
    county = world.county("wanting", dossier={"wanting": [found]}, acted_on=date(2026, 11, 2))
    held = replace(county, id=f"{YEAR_ID}-Y01", procedure="talk", state="settled", dossier={"talk": {}})
    world.put(replace(held, **change))
    talk = {"talk": f"{YEAR_ID}-Y01", "held_on": "2026-11-05", "note": "已整改"}
    assert judged(world, county, "settle_after_talk", talk, OFFICE, date(2026, 11, 20)) == {"talk_not_held"}


def test_measures_follow_the_grade_and_have_days_in_order(world: AssessmentWorld) -> None:
    world.year("announced", dossier={"announcement": {**ANNOUNCED, "on": "2026-09-21"}})
    world.county("settled", dossier={"result": {"grade": "A", "total": "95"}})
    blank = world.outcome("new")
    assert judged(world, blank, "order_outcome", ORDER, OFFICE, SEPTEMBER) == set()
    praise, barred = {**ORDER, "measure": "commendation"}, {**ORDER, "measure": "barred_from_awards"}
    assert judged(world, blank, "order_outcome", praise, OFFICE, SEPTEMBER) == set()
    assert judged(world, blank, "order_outcome", barred, OFFICE, SEPTEMBER) == {"outcome_of_another_grade"}
    ends = {**ORDER, "ends": "2026-09-20"}
    assert judged(world, blank, "order_outcome", ends, OFFICE, SEPTEMBER) == {"outcome_ends_before"}
    lasting = world.outcome("measure_in_force", dossier={"order": {**barred}})
    for day, codes in (("2026-09-21", set()), ("2026-09-20", {"outcome_end_day"}), ("2026-09-22", {"outcome_end_day"})):
        assert judged(world, lasting, "lift_outcome", {"ends_on": day, "note": "期满"}, OFFICE, SEPTEMBER) == codes
    world.year("results_approved", dossier={})
    assert judged(world, blank, "order_outcome", ORDER, OFFICE, SEPTEMBER) == {"results_not_announced"}


def test_the_cadre_department_receipts_what_is_sent_to_it(world: AssessmentWorld, monkeypatch: Any) -> None:
    from dataclasses import replace as other

    from tests.states.assessment_world import HOME

    context = world.context
    monkeypatch.setattr(world, "context", lambda *given, **more: other(context(*given, **more), home=lambda: HOME))
    receipt = {"receipt": "收到"}
    own = world.outcome("ordered", dossier={"order": ORDER})
    assert judged(world, own, "receipt_outcome", receipt, CADRES, SEPTEMBER) == set()
    foreign = world.outcome("ordered", dossier={"order": {**ORDER, "receiver": "纪检监察机关"}})
    assert judged(world, foreign, "receipt_outcome", receipt, CADRES, SEPTEMBER) == {"not_the_receiver"}
    assert judged(world, foreign, "receipt_outcome", receipt, SECOND_OFFICE, SEPTEMBER) == set()


def test_acts_rest_on_the_clauses_of_the_text(world: AssessmentWorld) -> None:
    county = world.county("verified")
    assert world.weigh(county, "score_county", {"scores": scores()}, by=LEADER, on=AUTUMN).article == "5(4)"
    assert YANGJIANG.cite("5(4)") == "《阳江市质量工作考核实施方案》第五部分（考核程序）第（四）项"
    outcome = world.outcome("ordered", dossier={"order": {**ORDER, "measure": "commendation"}})
    assert world.weigh(outcome, "receipt_outcome", {"receipt": "收到"}, by=OFFICE, on=SEPTEMBER).article == "6(1)"
    results = world.outcome("ordered", dossier={"order": ORDER})
    assert world.weigh(results, "receipt_outcome", {"receipt": "收到"}, by=OFFICE, on=SEPTEMBER).article == "6(3)"


def test_the_year_of_a_county_sets_its_days() -> None:
    from states.packs import pack_of

    world = AssessmentWorld()
    world.year()
    pack, county = pack_of(YANGJIANG.key), world.county("awaiting_targets")
    days = {name: pack.set_day(county, name) for name in ("targets", "self_assessment", "report_up", "other")}
    assert {name: found and (str(found.day), found.article) for name, found in days.items()} == {
        "targets": ("2025-06-15", "5(1)"),
        "self_assessment": ("2026-07-01", "5(2)"),
        "report_up": ("2026-09-15", "5(5)"),
        "other": None,
    }
    assert county.family == YEAR_ID
