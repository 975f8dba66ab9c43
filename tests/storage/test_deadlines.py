"""A deadline comes back as it was put in; the sweep finds those that have something to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from states.engine.deadlines import Deadline
from storage.calendar import sweep_nights
from storage.cases import deadlines
from storage.engine import Database
from tests.storage.samples import NOW, ON, a_case, a_deadline, calendar, opened

DUE = date(2026, 3, 23)


def test_a_deadline_comes_back_with_its_due_date(database: Database) -> None:
    counted = a_deadline(unit="500151001")
    fixed = Deadline("TL-2026-Z01", "self_inspection", 2, "TL", "第十一条", ON, fixed=date(2026, 4, 1))
    with database.writing() as session:
        opened(session)
        stored = [deadlines.put(session, deadline, calendar()) for deadline in (counted, fixed)]
    with database.reading() as session:
        assert deadlines.of_case(session, "TL-2026-Z01") == stored
        assert deadlines.load(session, counted.id) == stored[0]
        assert deadlines.load(session, "none") is None
    assert (stored[0].deadline, stored[0].due_status, stored[0].due_on, stored[0].latest_on) == (
        counted, "final", DUE, DUE,
    )  # fmt: skip
    assert stored[0].next_rung_on == date(2026, 3, 16)


def test_a_change_is_stored_with_all_that_follows_from_it(database: Database) -> None:
    with database.writing() as session:
        opened(session)
        first = deadlines.put(session, a_deadline(), calendar(), date(2026, 3, 16))
        paused = deadlines.put(session, first.deadline.pause(date(2026, 3, 17)), calendar(), first.swept_on)
        assert (paused.due_on, paused.latest_on, paused.next_rung_on) == (None, None, None)
        resumed = deadlines.put(session, paused.deadline.resume(date(2026, 3, 19)), calendar(), paused.swept_on)
        assert deadlines.load(session, resumed.deadline.id) == resumed
        assert resumed.due_on == date(2026, 3, 25)
        assert resumed.swept_on == date(2026, 3, 16)
        deadlines.put(session, resumed.deadline.met(ON), calendar())
        assert deadlines.of_case(session, "TL-2026-Z01", running=True) == []
        assert len(deadlines.of_case(session, "TL-2026-Z01")) == 1


def test_running_deadlines_are_found_by_what_is_wrong_with_them(database: Database) -> None:
    with database.writing() as session:
        for number, start in enumerate((ON, date(2026, 4, 1)), start=1):
            opened(session, a_case(f"TL-2026-Z0{number}"))
            deadlines.put(session, a_deadline(f"TL-2026-Z0{number}", start=start), calendar())
        opened(session, a_case("TL-2026-Z03"))
        deadlines.put(session, a_deadline("TL-2026-Z03").closed(ON), calendar())

        def cases(**wanted: object) -> list[str]:
            return [tracked.deadline.case for tracked in deadlines.running(session, **wanted)]  # type: ignore[arg-type]

        assert cases() == cases(jurisdiction="TL") == cases(outdated="another") == ["TL-2026-Z01", "TL-2026-Z02"]
        assert cases(jurisdiction="YJ") == cases(before=DUE) == cases(outdated=calendar().version) == []
        assert cases(before=date(2026, 3, 24)) == ["TL-2026-Z01"]


def test_the_sweep_finds_each_deadline_until_its_nights_are_recorded(database: Database) -> None:
    night = date(2026, 3, 16)
    with database.writing() as session:
        opened(session)
        tracked = deadlines.put(session, a_deadline(), calendar())
        assert deadlines.due_for_reminder(session, date(2026, 3, 15)) == []
        assert deadlines.due_for_reminder(session, night, jurisdiction="YJ") == []
        assert (
            deadlines.due_for_reminder(session, night, jurisdiction="TL")
            == deadlines.due_for_reminder(session, night)
            == [tracked]
        )
        deadlines.swept(session, [])
        deadlines.swept(session, [(tracked.deadline.id, night, date(2026, 3, 18))])
        assert deadlines.due_for_reminder(session, night) == []
        assert deadlines.due_for_reminder(session, date(2026, 3, 18), limit=1) == [
            replace(tracked, swept_on=night, next_rung_on=date(2026, 3, 18))
        ]


def test_a_night_swept_again_adds_to_what_it_issued(database: Database) -> None:
    with database.writing() as session:
        assert sweep_nights.last(session, "TL") is None
        sweep_nights.mark(session, "TL", date(2026, 3, 16), NOW, 3)
        sweep_nights.mark(session, "TL", date(2026, 3, 15), NOW, 1)
        sweep_nights.mark(session, "TL", date(2026, 3, 16), NOW, 2)
        assert sweep_nights.last(session, "TL") == date(2026, 3, 16)
        assert sweep_nights.last(session, "YJ") is None
        assert session.exec_driver_sql("SELECT sum(issued) FROM sweep_night").scalar() == 6
