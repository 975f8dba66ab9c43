"""Every rung of every deadline is told once, on its own day, whoever sweeps, however often, and whatever is killed."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from multiprocessing.connection import Connection
from typing import Any

import pytest

from access.reader import operator
from calendars import Term
from casework.errors import NotFound, UpkeepFailed
from casework.nightly import sweeping
from casework.nightly.sweeping import sweep
from casework.views import message_lists as told
from states.engine.deadlines import Deadline, ReminderStep
from storage.calendar import sweep_nights
from storage.engine import Database
from tests.casework.office import AUTHORITY, BACHUAN, COORDINATOR, OFFICERS, Office, dump
from tests.casework.processes import Job, killed, run
from tests.casework.telling import expected, recorded, set_deadlines

DUE = date(2026, 10, 15)


def swept(office: Office, day: str | date) -> list[dict[str, Any]]:
    """What the sweep of a night tells."""
    notices = sweep(office.on(day).database, office.clock).notices
    return [notice.model_dump(mode="json") for notice in notices]


def rectifying(office: Office) -> str:
    """A rectification due on the fifteenth of October."""
    case = office.on("2026-08-24").special([BACHUAN], to="consented")
    office.on("2026-09-18").does(COORDINATOR, "publish", case, {"number": "铜质督〔2026〕1号"})
    rectification = office.part(case, "rectification", BACHUAN)
    assert office.deadline(rectification).due_on == DUE
    return rectification


def many(office: Office, number: int) -> str:
    """So many running deadlines of one case, due in the middle of September and told of from the seventh on."""
    case = office.on("2026-08-03").special([BACHUAN], to="approved")
    term, first = Term(15, "working_days", False, "14"), date(2026, 8, 24)
    starts = [first + timedelta(days=n % 5) for n in range(number)]
    set_deadlines(
        office,
        [
            Deadline(case, "rectification_report", n, "TL", "14", start, BACHUAN, term)
            for n, start in enumerate(starts, start=1)
        ],
    )
    swept(office, "2026-09-06")
    return case


def test_each_rung_is_told_on_its_night_to_whoever_it_escalates_to(office: Office) -> None:
    rectifying(office)
    said = {}
    for day in range(60):
        for notice in swept(office, date(2026, 9, 18) + timedelta(days=day)):
            said[notice["rung"]] = (notice["dated_on"], notice["recipient_roles"], notice["recipient"])
    unit_and_office = ["coordinator", "target_officer"]
    assert said == {
        "soon_5": ("2026-10-09", unit_and_office, BACHUAN),
        "soon_3": ("2026-10-12", unit_and_office, BACHUAN),
        "soon_1": ("2026-10-14", unit_and_office, BACHUAN),
        "due": ("2026-10-15", unit_and_office, BACHUAN),
        "overdue_1": ("2026-10-16", unit_and_office, BACHUAN),
        "overdue_5": ("2026-10-22", [*unit_and_office, "supervision_office"], BACHUAN),
        "overdue_10": ("2026-10-29", [*unit_and_office, "supervision_office", "authority"], BACHUAN),
    }
    assert list(said) == [rung.value for rung in ReminderStep]


def test_a_night_swept_again_tells_nothing_new(office: Office) -> None:
    rectifying(office)
    assert len(swept(office, "2026-10-12")) == 1
    before = dump(office.database)["notice"]
    assert swept(office, "2026-10-12") == []
    assert sweep(office.database, office.clock, as_of=date(2026, 10, 11)).issued == 0
    assert dump(office.database)["notice"] == before


def test_nights_that_were_missed_are_caught_up_each_notice_dated_as_of_its_own(office: Office) -> None:
    rectifying(office)
    swept(office, "2026-10-11")
    caught_up = swept(office, "2026-10-16")
    assert [(one["rung"], one["dated_on"]) for one in caught_up] == [
        ("soon_3", "2026-10-12"),
        ("soon_1", "2026-10-14"),
        ("due", "2026-10-15"),
        ("overdue_1", "2026-10-16"),
    ]
    with office.reading() as session:
        assert sweep_nights.last(session, "TL") == date(2026, 10, 16)


def test_of_warnings_long_past_only_what_still_says_something_is_told(office: Office) -> None:
    rectifying(office)
    first_ever = swept(office, "2026-10-13")
    assert [(one["rung"], one["dated_on"]) for one in first_ever] == [("soon_3", "2026-10-12")]


def test_a_term_that_begins_in_the_past_is_told_at_once_what_it_has_missed(office: Office) -> None:
    case = office.on("2026-08-24").special([BACHUAN], to="consented")
    swept(office, "2026-10-29")
    office.on("2026-10-30").does(
        COORDINATOR, "publish", case, {"number": "铜质督〔2026〕2号", "bulletin_on": "2026-09-18"}
    )
    assert [(one["rung"], one["dated_on"]) for one in swept(office, "2026-10-30")] == [
        ("due", "2026-10-15"),
        ("overdue_1", "2026-10-16"),
        ("overdue_5", "2026-10-22"),
        ("overdue_10", "2026-10-29"),
    ]


def test_nothing_is_told_of_what_was_met(office: Office) -> None:
    rectification = rectifying(office)
    case = rectification.rpartition("-")[0]
    measures = [{"finding": f"{case}-F01", "measure": "补齐", "responsible": "王五", "by": "2026-10-01"}]
    office.does(OFFICERS[BACHUAN], "file_plan", rectification, {"measures": measures})
    done = {"summary": "已整改", "evidence": [{"title": "照片"}]}
    office.does(OFFICERS[BACHUAN], "report", rectification, done)
    assert swept(office, "2026-10-30") == []


def test_a_moved_due_date_takes_its_notices_back_and_tells_the_new_ones_once(office: Office) -> None:
    rectification = rectifying(office)
    case = rectification.rpartition("-")[0]
    swept(office, "2026-10-14")
    office.on("2026-10-14").does(AUTHORITY, "suspend", case, {"note": "暂停"})
    office.on("2026-10-21").does(AUTHORITY, "resume", case, {"note": "恢复"})
    assert office.deadline(rectification).due_on == date(2026, 10, 22)
    with office.reading() as session:
        listed = told.list_messages(session, operator(), case_id=rectification)
    assert [(one.kind, one.superseded) for one in listed] == [("moved", False), ("deadline", True)]
    rungs = [one["rung"] for day in range(21, 24) for one in swept(office, f"2026-10-{day}")]
    assert rungs == ["soon_1", "due", "overdue_1"]
    assert Counter(key[1] for key in recorded(office)) == {"due": 1, "overdue_1": 1, "soon_1": 2}


def _sweeping(night: str) -> Job:
    def job(database: Database, telling: Connection) -> None:
        office = Office(database).on(night)
        telling.send(sweep(database, office.clock).issued)

    return job


def test_several_processes_sweeping_at_once_tell_everything_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "BATCH", 40)
    many(office, 220)
    issued = run(office, [_sweeping("2026-09-16")] * 3)
    everything = expected(office, date(2026, 9, 16))
    assert sum(number for [number] in issued) == everything.total() > 220
    assert recorded(office) == everything
    assert swept(office, "2026-09-16") == []


def test_a_sweep_killed_again_and_again_tells_everything_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "BATCH", 4)
    many(office, 60)
    for moment in (0.1, 0.2, 0.3):
        with killed(office, _sweeping("2026-09-16")) as (process, _):
            process.join(moment)
            process.kill()
    assert recorded(office) <= expected(office, date(2026, 9, 16))
    swept(office, "2026-09-16")
    assert recorded(office) == expected(office, date(2026, 9, 16))


def test_sweeps_and_acts_on_the_same_deadlines_wait_for_each_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "BATCH", 20)
    case = many(office, 60)

    def pausing(database: Database, telling: Connection) -> None:
        here = Office(database).on("2026-09-06")
        for _ in range(3):
            here.does(AUTHORITY, "suspend", case, {"note": "暂停"})
            here.does(AUTHORITY, "resume", case, {"note": "恢复"})
        telling.send("done")

    told_by = run(office, [pausing, _sweeping("2026-09-18"), _sweeping("2026-09-18")])
    assert [len(each) for each in told_by] == [1, 1, 1]
    swept(office, "2026-09-18")
    kept, everything = recorded(office), expected(office, date(2026, 9, 18))
    assert kept <= everything
    assert {key for key in everything if not key[1].startswith("soon")} <= set(kept)


@pytest.mark.parametrize("ahead", ["2026-10-14", "9999-12-31"])
def test_no_sweep_goes_further_than_today(office: Office, ahead: str) -> None:
    rectifying(office)
    with pytest.raises(NotFound) as refused:
        sweep(office.database, office.on("2026-10-13").clock, as_of=date.fromisoformat(ahead))
    assert refused.value.code == "night_too_far"
    assert dump(office.database)["notice"] == []


def test_what_a_clock_ahead_told_is_withdrawn_on_record_and_told_again_in_its_time(office: Office) -> None:
    rectifying(office)
    swept(office, "2026-10-08")
    assert {one["rung"] for one in swept(office, "2026-11-20")} == {one.value for one in ReminderStep}
    righted = sweep(office.database, office.on("2026-10-09").clock)
    assert (righted.issued, len(righted.withdrawn)) == (0, 6)
    assert {(one.kind, one.recipient) for one in righted.withdrawn} == {("retraction", BACHUAN)}
    with office.reading() as session:
        listed = told.list_messages(session, operator())
        assert sweep_nights.last(session, "TL") == date(2026, 10, 9)
    assert [(one.rung, one.superseded) for one in listed if one.rung == "soon_5"] == [("soon_5", False)]
    assert sum(one.superseded for one in listed) == 6
    again = [one["rung"] for day in range(10, 18) for one in swept(office, f"2026-10-{day}")]
    assert again == ["soon_3", "soon_1", "due", "overdue_1"]


def test_a_clock_that_may_be_behind_withdraws_nothing_until_somebody_says_it_is_right(office: Office) -> None:
    rectifying(office)
    swept(office, "2026-10-16")
    office.special([BACHUAN], to="drafted", problem="另一问题")
    before = dump(office.database)
    with pytest.raises(UpkeepFailed) as refused:
        sweep(office.database, office.on("2026-10-10").clock)
    assert refused.value.code == "sweep_clock_behind" and dump(office.database) == before
    confirmed = sweep(office.database, office.clock, clock_confirmed=True)
    assert {one.dated_on for one in confirmed.withdrawn} == {date(2026, 10, 10)} and len(confirmed.withdrawn) == 2
