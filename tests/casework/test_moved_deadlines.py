"""A due date that moves is told, its reminders no longer hold, and what is due already under the new date follows."""

from __future__ import annotations

from datetime import date

import pytest

from access.reader import operator
from casework.acts import deadline_changes
from casework.acts.request_context import open_context
from casework.nightly.sweeping import sweep
from casework.views import message_lists
from simulation.reminder_checks import about_another_date
from storage.cases import deadlines
from tests.casework.office import AUTHORITY, BACHUAN, COORDINATOR, LEADERS, Office, plan_of


def resumed(office: Office) -> str:
    """A rectification due on the fifteenth of October, told of twice, whose inspection was suspended for two days."""
    case = office.on("2026-08-24").special([BACHUAN], to="consented")
    office.on("2026-09-18").does(COORDINATOR, "publish", case, {"number": "铜质督〔2026〕1号"})
    for day in ("2026-10-09", "2026-10-12"):
        sweep(office.database, office.on(day).clock)
    office.does(AUTHORITY, "suspend", case, {"note": "暂停"})
    office.on("2026-10-14").does(AUTHORITY, "resume", case, {"note": "恢复"})
    rectification = office.part(case, "rectification", BACHUAN)
    assert office.deadline(rectification).due_on == date(2026, 10, 19)
    return rectification


def stale(office: Office, rectification: str) -> list[str]:
    with office.reading() as session:
        tracked = deadlines.of_case(session, rectification)
        return [one.name for one in about_another_date(session, tracked)]


def test_who_is_bound_and_the_office_are_told_of_the_new_date(office: Office) -> None:
    rectification = resumed(office)
    with office.reading() as session:
        moved, *reminders = message_lists.list_messages(session, operator(), case_id=rectification)
    assert (moved.kind, moved.recipient, moved.recipient_roles) == ("moved", BACHUAN, ("coordinator", "target_officer"))
    assert "原定 2026-10-15 到期，因“恢复”改为 2026-10-19 到期" in moved.text
    assert [(one.rung, one.superseded) for one in reminders] == [("soon_3", True), ("soon_5", True)]
    assert stale(office, rectification) == []


def test_a_warning_due_already_under_the_new_date_follows_at_the_next_sweep_once(office: Office) -> None:
    resumed(office)
    issued = [[one.rung for one in sweep(office.database, office.clock).notices] for _ in range(2)]
    assert issued == [["soon_3"], []]
    nights = [sweep(office.database, office.on(f"2026-10-{day}").clock).notices for day in (15, 16, 19)]
    assert [[one.rung for one in night] for night in nights] == [[], ["soon_1"], ["due"]]


def test_a_date_that_comes_back_is_warned_of_again(office: Office) -> None:
    rectification = resumed(office)
    sweep(office.database, office.clock)
    with office.writing() as session:
        request = open_context(session, office.clock, COORDINATOR, jurisdiction="TL")
        case, now = office.case(rectification), office.deadline(rectification)
        fixed = deadline_changes.put_moved(request, case, now, now.deadline.extended(office.day, 1), "试")
        deadline_changes.put_moved(request, case, fixed, now.deadline, "试")
    again = sweep(office.database, office.clock).notices
    assert [(one.rung, one.key.partition("#")[2]) for one in again] == [("soon_3", "2")]


def test_the_check_finds_reminders_of_the_old_date(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: a date that moves unnoticed."""
    monkeypatch.setattr(deadline_changes, "has_moved", lambda *_: False)
    assert stale(office, resumed(office)) == ["stale_reminder", "stale_reminder"]


def test_a_self_inspection_asked_for_anew_tells_the_new_date_and_the_first_stays_late(office: Office) -> None:
    case = office.on("2026-08-03").special([BACHUAN], to="approved")
    office.does(COORDINATOR, "plan", case, plan_of(office, case, methods=["written", "on_site"]))
    office.later().advance(case, "under_way")
    visit = office.part(case, "visit", BACHUAN)
    office.does(LEADERS[0], "request_self_inspection", visit, {"due_on": "2026-08-21"})
    office.on("2026-08-26").does(LEADERS[0], "request_self_inspection", visit, {"due_on": "2026-09-02"})
    with office.reading() as session:
        listed = message_lists.list_messages(session, operator(), case_id=visit)
    assert [one.kind for one in listed if not one.superseded] == ["moved"]
    first, second = office.shown(visit)["deadlines"]
    assert (first["closed_on"], first["late_days"], second["due"]) == ("2026-08-26", 5, "2026-09-02")
