"""Incidents and talks on the databases: what follows from them, and the sweep."""

from __future__ import annotations

from datetime import date

import pytest

from access.reader import operator
from casework.errors import NotFound
from casework.nightly import follow_ups
from casework.nightly.sweeping import sweep
from casework.views import case_records
from casework.views.message_lists import list_messages
from casework.views.overdue_deadlines import overdue_deadlines
from states.engine.forms.reading import FormRefused
from states.engine.refusals import ActRefused
from states.matters.forms.incident import NoteLateness
from states.matters.incident_marks import lateness_noted
from storage.cases import deadlines
from tests.casework.matters_office import (
    AUTHORITY,
    OFFICE,
    REPORT,
    URUMQI,
    officer,
    opens,
    set_limit,
)
from tests.casework.office import EVIDENCE, Office, dump, explained

# incidents


def test_a_report_without_a_limit_is_never_late_and_its_document_says_so(region: Office) -> None:
    case = opens(region, officer(region, URUMQI), "incident", REPORT)
    assert case == "XJ-2026-S01" and region.case(case).unit == URUMQI
    assert region.state(case) == "received" and "marks" not in region.case(case).dossier
    region.refused(OFFICE, "mark_report", case, {"mark": "late", "grounds": "超时"})
    while follow_ups.follow_up(region.database, region.clock, "tests", limit=20):
        pass
    with region.reading() as session:
        document = case_records.document(session, operator(), case, "incident_report")
    assert "未设定" in document.text and "2026-03-02 06:30" in document.text


def test_a_report_after_the_limit_is_marked_late_for_good(region: Office) -> None:
    set_limit(region)
    case = opens(region, officer(region, URUMQI), "incident", REPORT)
    noted = lateness_noted(region.case(case))
    assert isinstance(noted, NoteLateness) and noted.late_minutes > 0
    due, reported = noted.due_at, noted.reported_at
    assert (reported - due).total_seconds() == noted.late_minutes * 60
    assert due.isoformat(timespec="minutes") == "2026-03-02T08:30+08:00"
    done = {"cause": "操作", "responsibility": "充装站", "evidence": EVIDENCE}
    region.does(OFFICE, "conclude", case, done)
    assert set(region.refused(OFFICE, "close", case, {})) == {"mark_unanswered"}
    region.does(OFFICE, "close", case, {"reasons": [{"mark": "late", "reason": "通信中断，有记录"}]})
    region.does(OFFICE, "reopen", case, {"note": "误办"})
    assert lateness_noted(region.case(case)) == noted, "late stays late"


def test_a_concealed_incident_is_traced_through_acts_on_record_to_its_end(region: Office) -> None:
    case = opens(region, OFFICE, "incident", {**REPORT, "unit": URUMQI, "source": "found"})
    region.does(OFFICE, "mark_report", case, {"mark": "concealed", "grounds": "群众举报查实"})
    done = {"cause": "操作", "extent": ["major"], "responsibility": "充装站", "evidence": EVIDENCE}
    region.does(OFFICE, "conclude", case, done)
    trace = {
        "subject": "某充装站负责人", "facts": "知悉后三日未报告", "marks": ["concealed"],
        "destination": "自治区纪委监委", "chain": [{"case": case, "act": "mark_report", "why": "认定瞒报"}],
    }  # fmt: skip
    wrong = {**trace, "chain": [{"case": case, "act": "mark_report", "person": "王五", "why": "认定瞒报"}]}
    assert set(region.refused(OFFICE, "trace", case, wrong)) == {"chain_person_did_not"}
    region.does(OFFICE, "trace", case, trace)
    [tracing] = [one.id for one in region.parts(case, "tracing")]
    assert tracing == f"{case}-Q01"
    region.does(OFFICE, "close", case, {})
    region.does(AUTHORITY, "approve", tracing, {"note": "同意"})
    region.does(OFFICE, "send", tracing, {})
    region.does(OFFICE, "receipt", tracing, {"receipt": "收文1号"})
    region.does(OFFICE, "conclude", tracing, {"outcome": "给予处分", "document": "新纪〔2026〕3号"})
    assert region.state(tracing) == "concluded" and region.state(case) == "closed"
    assert region.breaks() == []


def test_times_that_are_none_and_units_of_others_are_refused_with_nothing_written(region: Office) -> None:
    before = dump(region.database)
    with pytest.raises(FormRefused) as wrong:
        opens(region, OFFICE, "incident", {**REPORT, "unit": URUMQI, "known_at": "昨天"})
    assert "known_at not_a_moment" in str(wrong.value)
    with pytest.raises(ActRefused) as refused:
        opens(region, OFFICE, "incident", {**REPORT, "unit": "500151001"})
    assert set(explained(refused.value)) == {"unit_unknown"}
    assert dump(region.database) == before


def test_one_request_reports_once(region: Office) -> None:
    who = officer(region, URUMQI)
    assert opens(region, who, "incident", REPORT, "一号") == opens(region, who, "incident", REPORT, "一号")


def test_a_text_that_does_not_know_a_matter_refuses_it(region: Office, office: Office) -> None:
    with pytest.raises(NotFound) as unknown:
        opens(region, OFFICE, "complaint", {"title": "电梯", "channel": "12365", "problem": "困人", "content": "困人"})
    assert unknown.value.code == "no_such_procedure"
    with pytest.raises(NotFound) as none:
        opens(office, "联席办协调员甲", "incident", REPORT)
    assert none.value.code == "no_such_instrument"


# talks


def talk_under(region: Office, days: tuple[str, ...]) -> tuple[str, str]:
    """An incident, and a talk under it with commitments due on these days."""
    case = opens(region, officer(region, URUMQI), "incident", REPORT)
    region.does(OFFICE, "propose_talk", case, {"people": ["分管副市长"], "grounds": "整治推进缓慢"})
    [talk] = [one.id for one in region.parts(case, "talk")]
    region.does(AUTHORITY, "decide", talk, {"note": "同意"})
    told = {"talk_on": "2026-03-09", "place": "自治区市场监管局", "host": "分管负责人"}
    region.does(OFFICE, "notify_unit", talk, told)
    held = {
        "attended": ["分管副市长"], "minutes": "约谈记录",
        "commitments": [{"text": f"事项{number}", "due_on": day} for number, day in enumerate(days, start=1)],
    }  # fmt: skip
    region.on("2026-03-09").does(OFFICE, "hold_talk", talk, held)
    return case, talk


def test_each_commitment_is_a_deadline_of_its_own_in_the_sweep(region: Office) -> None:
    case, talk = talk_under(region, ("2026-03-20", "2026-04-10"))
    found = region.parts(case, "commitment")
    assert [(one.id, one.parent, one.unit) for one in found] == [
        (f"{case}-B01", talk, URUMQI),
        (f"{case}-B02", talk, URUMQI),
    ]
    assert [region.deadline(one.id).latest_on for one in found] == [date(2026, 3, 20), date(2026, 4, 10)]
    region.does(officer(region, URUMQI), "report", found[0].id, {"summary": "已完成", "evidence": EVIDENCE})
    region.does(OFFICE, "accept", found[0].id, {"note": "属实"})
    region.on("2026-04-13")
    sweep(region.database, region.clock)
    with region.reading() as session:
        told = list_messages(session, operator(), jurisdiction="XJ", limit=500)
        rows = overdue_deadlines(session, region.clock, operator(), jurisdiction="XJ").rows
    assert {one.case for one in told if one.rung == "overdue_1"} == {found[1].id}
    assert [(one.case, one.unit) for one in rows] == [(found[1].id, URUMQI)]
    again = sweep(region.database, region.clock)
    assert again.issued == 0, "the second pass of a night issues nothing"


def test_a_talk_that_is_settled_has_every_commitment_kept(region: Office) -> None:
    case, talk = talk_under(region, ("2026-03-20",))
    [one] = region.parts(case, "commitment")
    settled = {"outcome": "settled", "note": "已落实", "evidence": EVIDENCE}
    assert set(region.refused(OFFICE, "follow_up_talk", talk, settled)) == {"commitments_open"}
    region.does(officer(region, URUMQI), "report", one.id, {"summary": "已完成", "evidence": EVIDENCE})
    region.does(OFFICE, "return", one.id, {"note": "材料不全", "due_on": "2026-03-31"})
    assert region.deadline(one.id, running=True).latest_on == date(2026, 3, 31)
    region.does(officer(region, URUMQI), "report", one.id, {"summary": "已完成", "evidence": EVIDENCE})
    region.does(OFFICE, "accept", one.id, {"note": "属实"})
    region.does(OFFICE, "follow_up_talk", talk, settled)
    assert region.state(talk) == "settled" and region.parts(case, "tracing") == []


def test_a_talk_found_wanting_opens_a_tracing_in_the_same_act(region: Office) -> None:
    case, talk = talk_under(region, ("2026-03-20",))
    answer = region.does(OFFICE, "follow_up_talk", talk, {"outcome": "wanting", "note": "逾期未整治"})
    assert [(one["act"], one["to"]) for one in answer["followed"]] == [("lapse", "broken"), ("draft", "drafted")]
    [tracing] = region.parts(case, "tracing")
    assert tracing.dossier["tracing"]["chain"][0]["case"] == talk
    with region.reading() as session:
        assert [one for one in deadlines.of_family(session, case) if one.deadline.running] == []
    assert set(region.refused(AUTHORITY, "approve", tracing.id, {"note": "同意"})) == {"tracing_destination_missing"}
    region.does(OFFICE, "complete", tracing.id, {"destination": "自治区纪委监委", "note": "补充"})
    region.does(AUTHORITY, "approve", tracing.id, {"note": "同意"})
    assert region.state(tracing.id) == "approved"
