"""What a rule refuses: each with its code, article, cure and who cures it, and nothing at all is changed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from casework import do_act
from casework.acts.act_models import ActRequest
from casework.clock import FixedClock
from casework.errors import NotFound, NotPermitted
from states.engine.case import Actor, Role
from states.engine.forms.reading import FormRefused
from states.engine.refusals import ActRefused
from states.inspection.procedures import PROCEDURES
from storage.people import accounts
from tests.casework.office import (
    ADMINISTRATOR,
    AUDITOR,
    AUTHORITY,
    BACHUAN,
    CONTENTS,
    COORDINATOR,
    DONGCHENG,
    EVIDENCE,
    LEADERS,
    MEMBERS,
    NANCHENG,
    OFFICERS,
    SECOND_COORDINATOR,
    SERVICE,
    SUPERVISION_OFFICE,
    TUQIAO,
    Office,
    dump,
    groups,
    plan_of,
)

SPECIAL: dict[str, Any] = {"kind": "special", "year": 2026, "title": "专项", "reason": "反映", "problem": "无证经营"}


def test_an_unknown_unit_is_named_with_its_code(office: Office) -> None:
    refused = office.refused_to_open(**SPECIAL, targets=[BACHUAN, "500151999"])
    assert set(refused) == {"unit_unknown"}
    assert "500151999" in refused["unit_unknown"]["fact"]
    assert (refused["unit_unknown"]["article"], refused["unit_unknown"]["who"]) == ("5", ["coordinator"])


def test_an_act_out_of_order_says_what_may_be_done_instead_and_by_whom(office: Office) -> None:
    case = office.special(to="submitted")
    refused = office.refused(COORDINATOR, "plan", case, plan_of(office, case))
    assert (refused["out_of_order"]["article"], refused["out_of_order"]["who"][0]) == ("13(2)", "authority")
    assert "批准" in refused["out_of_order"]["cure"]


def test_an_act_nobody_knows_says_which_there_are(office: Office) -> None:
    case = office.special(to="submitted")
    assert set(office.refused(COORDINATOR, "approv", case)) == {"act_unknown"}


def test_the_wrong_role_is_told_who_may_and_is_not_permitted(office: Office) -> None:
    case = office.special(to="submitted")
    for who in (SECOND_COORDINATOR, SUPERVISION_OFFICE, LEADERS[0], OFFICERS[BACHUAN], AUDITOR, ADMINISTRATOR):
        refused = office.refused(who, "approve", case, {"note": "同意"})
        assert (set(refused), refused["role_missing"]["who"]) == ({"role_missing"}, ["authority"])
        assert refused["role_missing"]["article"] == "13(1)"


def test_nobody_approves_their_own_request_whatever_offices_they_hold(office: Office) -> None:
    with office.writing() as session:
        both = frozenset({Role.COORDINATOR, Role.AUTHORITY})
        accounts.put(session, [Actor("身兼两职", both, "TL")])
    case = office.opens("身兼两职", **SPECIAL, targets=[BACHUAN])
    office.does(COORDINATOR, "submit", case, {"contents": ["9(3)"]})
    for act in ("approve", "return", "reject"):
        assert set(office.refused("身兼两职", act, case, {"note": "同意"})) == {"own_request"}
    office.does(AUTHORITY, "approve", case, {"note": "同意"})


def test_a_plan_lists_every_item_it_lacks(office: Office) -> None:
    case = office.special(to="approved")
    before = dump(office.database)
    with pytest.raises(ActRefused) as refused:
        office.does(COORDINATOR, "plan", case, {"purpose": "查清问题"})
    assert dump(office.database) == before
    missing = [one for one in refused.value.refusals if one.code == "plan_item_missing"]
    assert [one.params["field"] for one in missing] == ["targets", "contents", "methods", "period"]
    assert {one.article for one in missing} == {"13(2)"}


def test_a_target_or_content_outside_the_approval_is_refused(office: Office) -> None:
    case = office.special([BACHUAN, DONGCHENG], to="approved")
    outside = plan_of(office, case, targets=[BACHUAN, TUQIAO], contents=["9(3)", "9(4)"])
    refused = office.refused(COORDINATOR, "plan", case, outside)
    assert set(refused) == {"target_outside_approval", "target_left_out", "content_outside_approval"}
    assert {one["article"] for one in refused.values()} == {"16"}


def test_a_member_from_the_inspected_unit_is_refused_by_body_by_code_and_by_account(office: Office) -> None:
    case = office.special([BACHUAN], to="filed")
    for member in (
        {"name": MEMBERS[1], "body": "巴川街道党工委"},
        {"name": MEMBERS[1], "body": "某单位", "unit": BACHUAN},
        {"name": OFFICERS[BACHUAN], "body": "某单位", "invited_as": "experts"},
    ):
        [group] = groups([BACHUAN])
        refused = office.refused(
            COORDINATOR, "staff", case, {"groups": [{**group, "members": [*group["members"], member]}]}
        )
        assert (set(refused), refused["own_unit"]["article"]) == ({"own_unit"}, "house")


def test_a_target_outside_the_plan_is_not_staffed_and_not_visited(office: Office) -> None:
    case = office.special([BACHUAN], to="filed")
    refused = office.refused(COORDINATOR, "staff", case, {"groups": groups([BACHUAN, TUQIAO])})
    assert (set(refused), refused["target_outside_plan"]["article"]) == ({"target_outside_plan"}, "16")
    office.advance(case, "under_way")
    before = dump(office.database)
    with pytest.raises(NotFound):
        office.does(LEADERS[0], "visit_on_site", case, {"target": TUQIAO, "ways": ["11(2)2"], "record": "如实填写"})
    assert dump(office.database) == before


def test_a_second_comprehensive_inspection_in_the_year_is_refused_while_held_and_once_taken(office: Office) -> None:
    first = office.inspection("comprehensive", [BACHUAN], "submitted")
    second = office.opens(kind="comprehensive", year=2026, title="再次", targets=[TUQIAO])
    contents = {"contents": CONTENTS["comprehensive"]}
    held = office.refused(COORDINATOR, "submit", second, contents)
    assert (set(held), held["frequency_year_held"]["who"]) == ({"frequency_year_held"}, ["authority"])
    office.advance(first, "approved")
    taken = office.refused(COORDINATOR, "submit", second, contents)
    assert (taken["frequency_year"]["article"], taken["frequency_year"]["earliest"]) == ("12", None)
    assert first in taken["frequency_year"]["fact"]
    other = office.opens(kind="comprehensive", year=2027, title="次年", targets=[TUQIAO])
    office.does(COORDINATOR, "submit", other, {**contents, "not_duplicate": office.beside(other)})


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ({"targets": [BACHUAN], "problem": "另一问题"}, "frequency_target"),
        ({"targets": [TUQIAO], "problem": "小作坊 无证经营"}, "frequency_problem"),
        ({"targets": [TUQIAO], "problem": "ＡＢ", "domain": "食品 安全"}, "frequency_domain"),
    ],
)
def test_a_second_special_inspection_within_a_year_is_refused_by_each_key_alone(
    office: Office, second: dict[str, Any], code: str
) -> None:
    office.on("2025-11-19")
    first = office.opens(
        kind="special", year=2025, title="首次", targets=[BACHUAN], problem="小作坊无证经营", domain="食品安全"
    )
    office.does(COORDINATOR, "submit", first, {"contents": ["9(3)"]})
    office.on("2025-11-21").does(AUTHORITY, "approve", first, {"note": "同意"})
    office.on("2026-11-21")
    case = office.opens(**{**SPECIAL, **second})
    asked = {"contents": ["9(3)"], "not_duplicate": office.beside(case)}
    refused = office.refused(COORDINATOR, "submit", case, asked)
    assert (set(refused), refused[code]["article"], refused[code]["earliest"]) == ({code}, "12", "2026-11-22")
    assert first in refused[code]["fact"]
    office.on("2026-11-22").does(COORDINATOR, "submit", case, asked)


def test_a_limit_in_principle_yields_to_an_exception_the_authority_granted(office: Office) -> None:
    office.special([BACHUAN], to="approved")
    case = office.opens(**SPECIAL, targets=[BACHUAN])
    asked = {"contents": ["9(3)"], "not_duplicate": office.beside(case), "exception": "突发质量安全事件"}
    office.does(COORDINATOR, "submit", case, asked)
    assert set(office.refused(AUTHORITY, "approve", case, {"note": "同意"})) == {"exception_undecided"}
    assert "role_missing" in office.refused(COORDINATOR, "grant", f"{case}-E01", {"note": "同意"})
    office.does(AUTHORITY, "refuse", f"{case}-E01", {"note": "不同意"})
    assert "frequency_target" in office.refused(AUTHORITY, "approve", case, {"note": "同意"})
    office.does(AUTHORITY, "return", case, {"note": "补充理由"})
    office.does(COORDINATOR, "submit", case, asked)
    office.does(AUTHORITY, "grant", f"{case}-E02", {"note": "同意例外"})
    office.does(AUTHORITY, "approve", case, {"note": "同意"})


def test_a_returned_rejected_or_cancelled_request_frees_its_keys(office: Office) -> None:
    for act in ("return", "reject", "cancel"):
        case = office.special([BACHUAN], to="submitted")
        office.does(AUTHORITY, act, case, {"note": "如实填写"})
    assert office.special([BACHUAN], to="approved")


def test_a_date_in_the_future_is_refused(office: Office) -> None:
    assert "dated_in_the_future" in office.refused_to_open(dated="2026-03-03", **SPECIAL, targets=[BACHUAN])
    case = office.special(to="submitted")
    tomorrow = office.day.replace(day=office.day.day + 1).isoformat()
    assert set(office.refused(AUTHORITY, "approve", case, {"note": "同意"}, dated=tomorrow)) == {"dated_in_the_future"}


def test_a_date_before_the_previous_act_says_the_earliest_lawful_one(office: Office) -> None:
    case = office.special(to="submitted")
    refused = office.refused(AUTHORITY, "approve", case, {"note": "同意"}, dated="2026-03-01")
    assert refused["dated_before_the_last_act"]["earliest"] == "2026-03-02"
    office.on("2026-03-10").does(AUTHORITY, "approve", case, {"note": "同意"}, dated="2026-03-05")
    assert office.case(case).acted_on == date(2026, 3, 5)


def test_everything_that_is_wrong_is_said_at_once(office: Office) -> None:
    case = office.special(to="approved")
    refused = office.refused(SERVICE, "cancel", case, {"note": "如实填写"}, dated="2026-03-01")
    assert set(refused) == {"role_missing", "only_in_person", "dated_before_the_last_act"}


def test_nobody_of_another_unit_answers_for_a_unit(office: Office) -> None:
    case = office.special([BACHUAN, DONGCHENG])
    rectification = office.part(case, "rectification", BACHUAN)
    measures = [{"finding": f"{case}-F01", "measure": "补齐", "responsible": "王五", "by": "2026-12-01"}]
    refused = office.refused(OFFICERS[DONGCHENG], "file_plan", rectification, {"measures": measures})
    assert set(refused) == {"not_of_this_unit"}


def test_whoever_claims_a_finding_closed_does_not_close_it(office: Office) -> None:
    case = office.special([BACHUAN])
    rectification = office.part(case, "rectification", BACHUAN)
    measures = [{"finding": f"{case}-F01", "measure": "补齐", "responsible": "王五", "by": "2026-12-01"}]
    office.does(OFFICERS[BACHUAN], "file_plan", rectification, {"measures": measures})
    office.does(COORDINATOR, "claim", f"{case}-F01", {"note": "已完成", "evidence": EVIDENCE})
    assert set(office.refused(COORDINATOR, "close_out", f"{case}-F01", {"note": "如实填写"})) == {"own_claim"}
    office.does(SECOND_COORDINATOR, "close_out", f"{case}-F01", {"note": "核验通过"})


def test_a_group_acts_for_its_own_targets_only(office: Office) -> None:
    case = office.special([BACHUAN, DONGCHENG], to="under_way")
    visit = office.part(case, "visit", BACHUAN)
    refused = office.refused(LEADERS[1], "visit_on_site", visit, {"ways": ["11(2)2"], "record": "如实填写"})
    assert set(refused) == {"other_group"}


def test_a_suspended_inspection_is_not_gone_on_with(office: Office) -> None:
    case = office.special([BACHUAN], to="under_way")
    office.does(AUTHORITY, "suspend", case, {"note": "暂停"})
    assert "case_suspended" in office.refused(COORDINATOR, "amend", case, {**plan_of(office, case), "note": "如实填写"})
    visit = office.part(case, "visit", BACHUAN)
    assert "case_suspended" in office.refused(
        LEADERS[0], "visit_on_site", visit, {"ways": ["11(2)2"], "record": "如实填写"}
    )
    office.does(AUTHORITY, "resume", case, {"note": "恢复"})
    assert "not_suspended" in office.refused(AUTHORITY, "resume", case, {"note": "恢复"})


def test_a_half_wrong_form_names_every_field_and_changes_nothing(office: Office) -> None:
    case = office.special(to="approved")
    before = dump(office.database)
    with pytest.raises(FormRefused) as refused:
        office.does(COORDINATOR, "plan", case, {"purpos": "x", "targets": BACHUAN, "period": {"begins": "2026-02-30"}})
    assert {problem.field for problem in refused.value.problems} >= {"purpos", "targets", "period.begins"}
    assert dump(office.database) == before


def test_nobody_who_is_not_known_acts_and_no_case_that_is_not_there_is_acted_on(office: Office) -> None:
    before = dump(office.database)
    with pytest.raises(NotPermitted) as unknown:
        office.does("路人", "approve", "TL-2026-X01")
    assert unknown.value.code == "account_unknown" and unknown.value.fact and unknown.value.cure
    with pytest.raises(NotFound) as missing:
        office.does(AUTHORITY, "approve", "TL-2026-X99")
    assert missing.value.code == "case_unknown" and missing.value.fact and missing.value.cure
    assert dump(office.database) == before


def test_a_person_of_another_jurisdiction_acts_on_nothing_here(office: Office) -> None:
    with office.writing() as session:
        accounts.put(session, [Actor("外区领导", frozenset({Role.AUTHORITY}), "YJ")])
    case = office.special(to="submitted")
    assert set(office.refused("外区领导", "approve", case, {"note": "同意"})) == {"other_jurisdiction"}


IN_PERSON = sorted({step.act for procedure in PROCEDURES.values() for step in procedure.steps if step.in_person})


def test_the_acts_of_authority_are_done_in_person() -> None:
    named = {"approve", "return", "reject", "file", "consent", "send_back", "close", "close_out", "accept", "cancel"}
    assert named <= set(IN_PERSON)


def test_automation_approves_files_consents_and_closes_out_nothing_even_with_every_office(office: Office) -> None:
    with office.writing() as session:
        accounts.put(session, [Actor("自动账号", frozenset(Role), "TL", automation=True)])
    case = office.special([BACHUAN], to="drafted")
    tried = set()
    for state, act in (
        ("submitted", "approve"),
        ("planned", "file"),
        ("consolidated", "consent"),
        ("published", "close"),
    ):
        office.advance(case, state)
        assert "only_in_person" in office.refused("自动账号", act, case, {"note": "如实填写"} if act != "file" else {})
        tried.add(act)
    finding, rectification = f"{case}-F01", f"{case}-R01"
    measures = [{"finding": finding, "measure": "补齐", "responsible": "王五", "by": "2026-12-01"}]
    office.does(OFFICERS[BACHUAN], "file_plan", rectification, {"measures": measures})
    office.does(OFFICERS[BACHUAN], "claim", finding, {"note": "已完成", "evidence": EVIDENCE})
    office.does(OFFICERS[BACHUAN], "report", rectification, {"summary": "已整改", "evidence": EVIDENCE})
    assert "only_in_person" in office.refused("自动账号", "close_out", finding, {"note": "如实填写"})
    assert "only_in_person" in office.refused("自动账号", "spot_check", rectification, {"result": "如实填写"})
    office.does(COORDINATOR, "spot_check", rectification, {"result": "属实"})
    assert "only_in_person" in office.refused("自动账号", "accept", rectification, {"note": "如实填写"})
    assert tried <= set(IN_PERSON)


def test_an_act_is_dated_in_shanghai_wherever_the_clock_stands(office: Office) -> None:
    late = FixedClock(datetime(2026, 3, 2, 16, 30, tzinfo=UTC))
    with office.writing() as session:
        answer = do_act.open_inspection(session, late, ActRequest(COORDINATOR), {**SPECIAL, "targets": [NANCHENG]})
    assert answer.on == date(2026, 3, 3)
