"""What a sweep has to tell, and what it told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import calendars
from states.engine.deadlines import Deadline, reminder_schedule
from storage.cases import deadlines
from storage.messages import notices
from tests.casework.office import Office

Told = Counter[tuple[str, str, date]]
"""Deadline, rung and day of each notice."""


def set_deadlines(office: Office, wanted: Iterable[Deadline]) -> None:
    """Deadlines that run from now on."""
    calendar = calendars.load()
    with office.writing() as session:
        for one in wanted:
            deadlines.put(session, one, calendar)


def expected(office: Office, until: date) -> Told:
    """Every rung that is reached by a night, with its deadline and day."""
    calendar = calendars.load()
    with office.reading() as session:
        running = deadlines.running(session)
    return Counter(
        (tracked.deadline.id, rung.value, day)
        for tracked in running
        for due in [tracked.deadline.due(calendar)]
        if due is not None
        for day, rung in reminder_schedule(due, calendar)
        if day <= until
    )


def reproaches(office: Office, until: date) -> Told:
    """The rungs from the due day on: of a deadline already missed when it is set, nothing else is told."""
    return Counter({key: number for key, number in expected(office, until).items() if not key[1].startswith("soon")})


def recorded(office: Office) -> Told:
    """Every notice that is kept, with its deadline and day."""
    with office.reading() as session:
        kept = notices.find(session, kind="deadline", superseded=None)
    return Counter((str(one.deadline_id), str(one.rung), one.dated_on) for one in kept)
