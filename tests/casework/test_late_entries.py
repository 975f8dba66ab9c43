"""Late stays late: lateness shows for good, and the office enters a paper that came in earlier as a late entry."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from access.reader import operator
from casework.nightly.sweeping import sweep
from casework.views import message_lists
from casework.views.overdue_deadlines import OverdueTable, overdue_deadlines
from simulation.day_checks import of_days
from states.engine import common_guards
from storage.journal import journal
from tests.casework.office import BACHUAN, COORDINATOR, EVIDENCE, OFFICERS, TUQIAO, Office

DUE = date(2026, 10, 15)
REPORT: dict[str, Any] = {"summary": "已整改", "evidence": EVIDENCE}
PASSED = {"receiver": "appraisal_office", "summary": "结果"}
ENTRY = {"received_by": "收发室李四", "reason": "收发室积压"}


def overdue_rectification(office: Office) -> str:
    """A rectification due on the fifteenth of October, eighteen working days late on the tenth of November."""
    case = office.on("2026-08-24").special([BACHUAN], to="consented")
    office.on("2026-09-18").does(COORDINATOR, "publish", case, {"number": "铜质督〔2026〕1号"})
    rectification = office.part(case, "rectification", BACHUAN)
    measures = [{"finding": f"{case}-F01", "measure": "补齐", "responsible": "王五", "by": "2026-10-01"}]
    office.does(OFFICERS[BACHUAN], "file_plan", rectification, {"measures": measures})
    sweep(office.database, office.on("2026-11-10").clock)
    return rectification


def standing(office: Office, day: str | None = None) -> OverdueTable:
    with office.reading() as session:
        as_of = date.fromisoformat(day) if day else None
        return overdue_deadlines(session, office.clock, operator(), as_of=as_of, every=True)


def test_a_unit_does_not_erase_its_lateness_by_dating_back(office: Office) -> None:
    rectification = overdue_rectification(office)
    refused = office.refused(OFFICERS[BACHUAN], "report", rectification, REPORT, dated="2026-10-14")
    assert set(refused) == {"counts_when_recorded"}
    assert refused["counts_when_recorded"]["earliest"] == "2026-11-10"


def test_a_deadline_met_late_says_by_how_many_days_for_good(office: Office) -> None:
    rectification = overdue_rectification(office)
    office.does(OFFICERS[BACHUAN], "report", rectification, REPORT)
    [shown] = office.on("2026-12-01").shown(rectification)["deadlines"]
    assert (shown["met_on"], shown["late_days"], shown["late_working_days"]) == ("2026-11-10", 26, 18)
    [row] = standing(office).late
    assert (row.case, row.late_working_days, row.recorded_on) == (rectification, 18, None)


def test_a_late_entry_counts_on_the_day_of_receipt_and_is_marked_as_one(office: Office) -> None:
    rectification = overdue_rectification(office)
    office.does(COORDINATOR, "report", rectification, {**REPORT, "late_entry": ENTRY}, dated="2026-10-14")
    shown = office.shown(rectification)
    [deadline], last = shown["deadlines"], shown["timeline"][-1]
    assert (deadline["met_on"], deadline["recorded_on"], deadline["late_days"]) == ("2026-10-14", "2026-11-10", None)
    assert (last["on"], last["late_entry"], last["role"]) == ("2026-10-14", ENTRY, "coordinator")
    [row] = standing(office).late
    assert (row.case, row.recorded_on) == (rectification, date(2026, 11, 10))
    with office.reading() as session:
        listed = message_lists.list_messages(session, operator(), case_id=rectification)
        assert journal.of_case(session, rectification)[-1].form["late_entry"] == ENTRY
    reproaches = [one for one in listed if one.rung and not one.rung.startswith("soon")]
    assert reproaches and all(one.superseded for one in reproaches)
    assert office.breaks() == []


def test_a_late_entry_received_after_the_due_date_is_late_all_the_same(office: Office) -> None:
    rectification = overdue_rectification(office)
    office.does(COORDINATOR, "report", rectification, {**REPORT, "late_entry": ENTRY}, dated="2026-10-20")
    [deadline] = office.shown(rectification)["deadlines"]
    assert (deadline["met_on"], deadline["recorded_on"], deadline["late_days"]) == ("2026-10-20", "2026-11-10", 5)


def test_the_office_enters_an_application_for_review_for_the_unit_it_names(office: Office) -> None:
    case = office.on("2026-08-24").special([BACHUAN, TUQIAO], to="published")
    received = office.day.isoformat()
    applied = {"grounds": "结论不符", "target": TUQIAO, "late_entry": ENTRY}
    review = office.later(5).does(COORDINATOR, "apply_for_review", case, applied, dated=received)["case"]
    assert (office.case(review).unit, office.case(review).acted_on.isoformat()) == (TUQIAO, received)


def test_a_suspension_does_not_heal_a_deadline_that_had_run_out(office: Office) -> None:
    rectification = overdue_rectification(office)
    case = rectification.rpartition("-")[0]
    office.does("区委区政府", "suspend", case, {"note": "暂停"}, dated="2026-09-21")
    office.on("2026-11-16").does("区委区政府", "resume", case, {"note": "恢复"})
    assert office.deadline(rectification).due_on == DUE


def test_the_table_of_a_past_day_shows_what_stood_that_day(office: Office) -> None:
    rectification = overdue_rectification(office)
    office.does(OFFICERS[BACHUAN], "report", rectification, REPORT)
    assert standing(office, "2026-09-17").rows == ()
    lights = {
        day: standing(office, day).rows[0].light for day in ("2026-09-18", "2026-10-12", "2026-10-16", "2026-11-09")
    }
    assert list(lights.values()) == ["green", "yellow", "red", "red"]
    assert (standing(office).rows, standing(office, "2026-11-10").rows) == ((), ())


def test_the_table_of_a_past_day_knows_no_suspension_that_came_later(office: Office) -> None:
    rectification = overdue_rectification(office)
    case = rectification.rpartition("-")[0]
    office.does("区委区政府", "suspend", case, {"note": "暂停"})
    office.on("2026-11-16").does("区委区政府", "resume", case, {"note": "恢复"})
    assert [standing(office, day).rows[0].light for day in ("2026-10-14", "2026-11-12", "2026-11-16")] == [
        "yellow",
        "paused",
        "red",
    ]


def test_no_act_is_dated_inside_a_suspension_that_has_ended(office: Office) -> None:
    case = suspended_for_a_week(office)
    refused = office.refused(COORDINATOR, "pass_on", case, PASSED, dated="2026-09-24")
    assert refused["dated_inside_a_suspension"]["earliest"] == "2026-09-28"


def test_the_check_finds_an_act_dated_inside_a_suspension(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the guard that knows of it does nothing."""
    monkeypatch.setattr(common_guards, "_inside_a_suspension", lambda *_: iter(()))
    case = suspended_for_a_week(office)
    passed = office.does(COORDINATOR, "pass_on", case, PASSED, dated="2026-09-24")["case"]
    with office.reading() as session:
        found = of_days(session, {passed: office.case(passed)}, journal.of_cases(session, [passed]))
        assert [one.name for one in found] == ["in_suspension"]


def suspended_for_a_week(office: Office) -> str:
    """A published inspection that was suspended from the twenty-first to the twenty-eighth of September."""
    case = office.on("2026-08-24").special([BACHUAN], to="consented")
    office.on("2026-09-18").does(COORDINATOR, "publish", case, {"number": "铜质督〔2026〕1号"})
    office.on("2026-09-21").does("区委区政府", "suspend", case, {"note": "暂停"})
    office.on("2026-09-28").does("区委区政府", "resume", case, {"note": "恢复"})
    return case
