"""Checks that every overdue notice of every running deadline was issued, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sqlalchemy import func, select

from calendars import Calendar
from simulation.sandbox_db import JURISDICTION
from simulation.violations import Violation
from states.engine.deadlines import reminder_schedule
from storage.calendar import sweep_nights
from storage.cases import deadlines
from storage.cases.deadlines import Tracked
from storage.engine import Session
from storage.messages.notices import NOTICES

_STANDING = select(NOTICES.c.key, NOTICES.c.deadline_id, NOTICES.c.rung, NOTICES.c.dated_on).where(
    NOTICES.c.deadline_id.is_not(None), NOTICES.c.kind == "deadline", NOTICES.c.superseded_at.is_(None)
)
_TWICE = (
    select(NOTICES.c.deadline_id, NOTICES.c.rung)
    .where(NOTICES.c.kind == "deadline", NOTICES.c.superseded_at.is_(None))
    .group_by(NOTICES.c.deadline_id, NOTICES.c.rung)
    .having(func.count() > 1)
)


def issued_twice(session: Session) -> Iterator[Violation]:
    """Reminders of a deadline issued twice and not superseded."""
    yield from (Violation("told_twice", row.deadline_id, row.rung) for row in session.execute(_TWICE))


def about_another_date(session: Session, tracked: Iterable[Tracked]) -> Iterator[Violation]:
    """Reminders that hold although the due date they speak of has moved (rule 11 of docs/rules.md)."""
    due = {one.deadline.id: (one.due_on, one.latest_on) for one in tracked if one.deadline.running and one.due_on}
    for row in session.execute(_STANDING.where(NOTICES.c.deadline_id.in_(sorted(due)))):
        day = row.key.removeprefix(f"{row.deadline_id}:").partition(":")[0]
        if day not in map(str, due[row.deadline_id]):
            yield Violation("stale_reminder", row.deadline_id, row.key)


def issued_early(session: Session, today: date) -> Iterator[Violation]:
    """Reminders that hold before their day."""
    for row in session.execute(_STANDING.where(NOTICES.c.dated_on > today)):
        yield Violation("told_ahead", row.deadline_id, f"{row.rung} {row.dated_on}")


def overdue_reminders_missing(session: Session, calendar: Calendar, night: date) -> Iterator[Violation]:
    """Overdue reminders that were due by this night but not issued, or issued twice."""
    yield from issued_twice(session)
    if night != sweep_nights.last(session, JURISDICTION):
        return
    overdue = deadlines.running(session, jurisdiction=JURISDICTION, before=night + timedelta(days=1))
    ids = [one.deadline.id for one in overdue]
    issued = Counter(
        (row.deadline_id, row.rung) for row in session.execute(_STANDING.where(NOTICES.c.deadline_id.in_(ids)))
    )
    for one in overdue:
        due = one.deadline.due(calendar)
        for day, reminder in reminder_schedule(due, calendar) if due else ():
            if reminder.distance >= 0 and day <= night and not issued[one.deadline.id, reminder.value]:
                yield Violation("untold", one.deadline.id, f"{reminder.value} {day}")
