"""Deadlines: counted from the bulletin over real make-up days, moved by suspensions and extensions, kept once met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

import regulations
from access.reader import operator
from casework.nightly.sweeping import sweep
from casework.views import message_lists as told
from casework.views.overdue_deadlines import overdue_deadlines
from states.packs import pack_of
from storage.cases import deadlines
from tests.casework.office import (
    APPRAISAL,
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    EVIDENCE,
    LEADERS,
    OFFICERS,
    SECOND_COORDINATOR,
    Office,
    dump,
    planned_with,
)

REPORT = {"summary": "已整改", "evidence": EVIDENCE}


def published(office: Office, bulletin: str, dated: str | None = None) -> str:
    """The rectification that a bulletin of this day opens."""
    case = office.special([BACHUAN], to="consented")
    office.on(dated or bulletin).does(
        COORDINATOR, "publish", case, {"number": f"铜质督〔{bulletin[:4]}〕1号", "bulletin_on": bulletin}
    )
    return office.part(case, "rectification", BACHUAN)


def planned(office: Office, rectification: str) -> str:
    """The same with the unit's plan in, so that it can be reported on."""
    case, _, _ = rectification.rpartition("-")
    measures = [{"finding": f"{case}-F01", "measure": "补齐", "responsible": "王五", "by": "2026-12-01"}]
    office.does(OFFICERS[BACHUAN], "file_plan", rectification, {"measures": measures})
    return rectification


def inspection_of(rectification: str) -> str:
    return rectification.rpartition("-")[0]


@pytest.mark.parametrize(
    ("opened", "bulletin", "due"),
    [
        ("2026-01-19", "2026-02-10", "2026-03-09"),  # 14 and 28 February are worked, 15 to 23 are not
        ("2026-03-02", "2026-04-24", "2026-05-19"),  # 9 May is worked
        ("2026-08-24", "2026-09-18", "2026-10-15"),  # 20 September and 10 October are worked
    ],
)
def test_the_fifteen_working_days_run_over_holidays_and_make_up_days(
    office: Office, opened: str, bulletin: str, due: str
) -> None:
    rectification = published(office.on(opened), bulletin)
    tracked = office.deadline(rectification)
    assert (tracked.due_on, tracked.due_status) == (date.fromisoformat(due), "final")
    assert tracked.deadline.article == "14"


def test_the_term_runs_from_the_day_of_the_bulletin_not_from_the_day_it_was_entered(office: Office) -> None:
    rectification = published(office.on("2026-08-24"), "2026-09-18", dated="2026-09-22")
    assert office.deadline(rectification).due_on == date(2026, 10, 15)


def test_a_suspension_moves_the_due_date_by_its_working_days_and_takes_back_what_was_told(office: Office) -> None:
    rectification = published(office.on("2026-08-24"), "2026-09-18")
    case = inspection_of(rectification)
    assert sweep(office.database, office.on("2026-10-13").clock, as_of=office.day).issued == 1
    office.does(AUTHORITY, "suspend", case, {"note": "暂停"})
    with office.reading() as session:
        [row] = overdue_deadlines(session, office.clock, operator(), every=True).rows
    assert (row.light, row.paused, row.due, row.days) == ("paused", True, None, None)
    assert sweep(office.database, office.on("2026-10-20").clock).issued == 0
    office.on("2026-10-21").does(AUTHORITY, "resume", case, {"note": "恢复"})
    assert office.deadline(rectification).due_on == date(2026, 10, 23)
    with office.reading() as session:
        listed = [(one.kind, one.superseded) for one in told.list_messages(session, operator(), case_id=rectification)]
    assert listed == [("moved", False), ("deadline", True)]
    nights = [sweep(office.database, office.on(f"2026-10-{day}").clock).notices for day in (22, 23, 24)]
    assert [[notice.rung for notice in night] for night in nights] == [["soon_3", "soon_1"], ["due"], []]


def test_a_suspension_over_no_working_day_takes_nothing_back(office: Office) -> None:
    rectification = published(office.on("2026-08-24"), "2026-09-18")
    case = inspection_of(rectification)
    sweep(office.database, office.on("2026-10-13").clock)
    office.does(AUTHORITY, "suspend", case, {"note": "暂停"})
    office.does(AUTHORITY, "resume", case, {"note": "恢复"})
    assert office.deadline(rectification).due_on == date(2026, 10, 15)
    with office.reading() as session:
        assert [one.rung for one in told.list_messages(session, operator(), case_id=rectification)] == ["soon_3"]


def test_a_clock_set_while_the_inspection_is_suspended_stands_still_from_the_first(office: Office) -> None:
    case = inspection_of(published(office.on("2026-08-24"), "2026-09-18"))
    office.on("2026-10-12").does(AUTHORITY, "suspend", case, {"note": "暂停"})
    review = office.does(OFFICERS[BACHUAN], "apply_for_review", case, {"grounds": "结论不符"})["case"]
    assert office.deadline(review).deadline.paused
    office.on("2026-10-14").does(AUTHORITY, "resume", case, {"note": "恢复"})
    assert office.deadline(review).due_on == date(2026, 11, 13)


def test_a_suspension_is_not_dated_before_what_was_done(office: Office) -> None:
    rectification = planned(office, published(office.on("2026-08-24"), "2026-09-18"))
    case = inspection_of(rectification)
    office.does(OFFICERS[BACHUAN], "report", rectification, REPORT)
    office.on("2026-10-12").does(COORDINATOR, "return", rectification, {"note": "补充", "due_on": "2026-10-20"})
    refused = office.refused(AUTHORITY, "suspend", case, {"note": "暂停"}, dated="2026-09-21")
    assert refused["suspended_before_what_was_done"]["earliest"] == "2026-10-12"


def test_a_return_sets_a_new_term_and_leaves_the_met_one_as_it_was(office: Office) -> None:
    rectification = planned(office, published(office.on("2026-08-24"), "2026-09-18"))
    office.on("2026-09-21").does(OFFICERS[BACHUAN], "report", rectification, REPORT)
    met = office.deadline(rectification)
    assert met.deadline.met_on == date(2026, 9, 21)
    office.does(COORDINATOR, "return", rectification, {"note": "证据不足", "due_on": "2026-10-09"})
    again = office.deadline(rectification)
    assert (again.deadline.round, again.due_on, again.deadline.running) == (2, date(2026, 10, 9), True)
    office.does(AUTHORITY, "suspend", inspection_of(rectification), {"note": "暂停"})
    office.on("2026-09-25").does(AUTHORITY, "resume", inspection_of(rectification), {"note": "恢复"})
    first = [row for row in dump(office.database)["deadline"] if ":1'" in row]
    assert len(first) == 1 and "2026, 9, 21" in first[0] and "[]" in first[0]


def test_no_extension_is_asked_for_where_the_regulation_gives_none(office: Office) -> None:
    rectification = published(office.on("2026-08-24"), "2026-09-18")
    refused = office.refused(OFFICERS[BACHUAN], "ask_extension", rectification, {"note": "困难", "until": "2026-10-16"})
    assert (set(refused), refused["extension_over_cap"]["who"]) == ({"extension_over_cap"}, ["administrator"])


@pytest.fixture
def five_days_more(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A jurisdiction that has knowingly set a cap of five working days."""
    ours = regulations.load("tongliang")
    terms = tuple(
        replace(term, extension_cap=5) if term.name == "rectification_report" else term for term in ours.terms
    )
    variant = replace(ours, terms=terms)
    monkeypatch.setattr(regulations, "by_key", lambda key: variant)
    pack_of.cache_clear()
    yield
    pack_of.cache_clear()


@pytest.mark.usefixtures("five_days_more")
def test_an_extension_within_the_cap_is_granted_by_somebody_else_and_moves_the_due_date(office: Office) -> None:
    rectification = published(office.on("2026-08-24"), "2026-09-18")
    sweep(office.database, office.on("2026-10-13").clock)
    asked = {"note": "资金未到位", "until": "2026-10-20"}
    assert "no_extension_pending" in office.refused(COORDINATOR, "grant_extension", rectification, {"note": "同意"})
    office.does(OFFICERS[BACHUAN], "ask_extension", rectification, asked)
    assert "extension_pending" in office.refused(OFFICERS[BACHUAN], "ask_extension", rectification, asked)
    office.does(SECOND_COORDINATOR, "grant_extension", rectification, {"note": "同意"})
    assert office.deadline(rectification).due_on == date(2026, 10, 20)
    with office.reading() as session:
        listed = told.list_messages(session, operator(), case_id=rectification)
    assert [(one.kind, one.superseded) for one in listed] == [("moved", False), ("deadline", True)]
    more = {"note": "再延", "until": "2026-10-23"}
    assert set(office.refused(OFFICERS[BACHUAN], "ask_extension", rectification, more)) == {"extension_over_cap"}
    office.on("2026-10-20")
    assert "asked_too_late" in office.refused(OFFICERS[BACHUAN], "ask_extension", rectification, more)


@pytest.mark.usefixtures("five_days_more")
def test_no_extension_is_asked_for_while_the_clock_stands_still(office: Office) -> None:
    rectification = published(office.on("2026-08-24"), "2026-09-18")
    office.does(AUTHORITY, "suspend", inspection_of(rectification), {"note": "暂停"})
    asked = {"note": "资金未到位", "until": "2026-12-31"}
    assert set(office.refused(OFFICERS[BACHUAN], "ask_extension", rectification, asked)) == {"case_suspended"}


@pytest.mark.usefixtures("five_days_more")
def test_an_extension_granted_after_a_suspension_never_shortens_the_term(office: Office) -> None:
    rectification = published(office.on("2026-08-24"), "2026-09-18")
    case = inspection_of(rectification)
    office.does(OFFICERS[BACHUAN], "ask_extension", rectification, {"note": "困难", "until": "2026-10-16"})
    office.on("2026-09-21").does(AUTHORITY, "suspend", case, {"note": "暂停"})
    office.on("2026-09-30").does(AUTHORITY, "resume", case, {"note": "恢复"})
    moved = office.deadline(rectification).due_on
    office.does(COORDINATOR, "grant_extension", rectification, {"note": "同意"})
    assert office.deadline(rectification).due_on == moved == date(2026, 10, 23)


def test_a_review_goes_on_when_its_suspended_inspection_is_cancelled(office: Office) -> None:
    case = inspection_of(published(office.on("2026-08-24"), "2026-09-18"))
    review = office.does(OFFICERS[BACHUAN], "apply_for_review", case, {"grounds": "结论不符"})["case"]
    office.does(AUTHORITY, "suspend", case, {"note": "暂停"})
    assert office.deadline(review).deadline.paused
    office.later(3).does(AUTHORITY, "cancel", case, {"note": "终止"})
    assert office.deadline(review).deadline.running and not office.deadline(review).deadline.paused
    assert not office.deadline(f"{case}-R01").deadline.running


def test_a_review_is_still_open_to_a_unit_whose_findings_were_dropped(office: Office) -> None:
    rectification = published(office.on("2026-08-24"), "2026-09-18")
    case = inspection_of(rectification)
    office.does(AUTHORITY, "drop", f"{case}-F01", {"note": "事实不清"})
    assert office.state(rectification) == "cancelled"
    assert office.does(OFFICERS[BACHUAN], "apply_for_review", case, {"grounds": "通报未更正"})["state"] == "applied"


def test_a_self_inspection_asked_for_again_is_due_by_the_new_day_alone(office: Office) -> None:
    case = planned_with(office, office.special([BACHUAN], to="approved"), methods=["written"])
    visit = office.part(case, "visit", BACHUAN)
    for days in (5, 9):
        due = (office.day + timedelta(days=days)).isoformat()
        office.does(LEADERS[0], "request_self_inspection", visit, {"due_on": due})
    with office.reading() as session:
        running = [one.due_on for one in deadlines.of_case(session, visit, running=True)]
    assert running == [office.day + timedelta(days=9)]


def test_what_goes_on_after_a_suspended_inspection_is_cancelled_is_suspended_no_longer(office: Office) -> None:
    case = inspection_of(published(office.on("2026-08-24"), "2026-09-18"))
    told = {"receiver": "appraisal_office", "summary": "结果"}
    passing = office.does(COORDINATOR, "pass_on", case, told)["case"]
    office.does(AUTHORITY, "suspend", case, {"note": "暂停"})
    assert "case_suspended" in office.refused(APPRAISAL, "receipt", passing, {"receipt": "回执"})
    office.does(AUTHORITY, "cancel", case, {"note": "终止"})
    office.does(APPRAISAL, "receipt", passing, {"receipt": "回执"})
    assert (office.state(passing), office.case(case).suspended) == ("receipted", False)
