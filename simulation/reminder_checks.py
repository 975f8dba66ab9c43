"""Whether everything was told that had to be: every reproach of every running deadline, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import func, select

from calendars import Calendar
from simulation.sandbox_db import JURISDICTION
from simulation.violations import Violation
from states.engine.deadlines import reminder_schedule
from storage.calendar import sweep_nights
from storage.cases import deadlines
from storage.engine import Session
from storage.messages.notices import NOTICES

_TOLD = select(NOTICES.c.deadline_id, NOTICES.c.rung, NOTICES.c.dated_on).where(NOTICES.c.deadline_id.is_not(None))
_TWICE = (
    select(NOTICES.c.deadline_id, NOTICES.c.rung)
    .where(NOTICES.c.deadline_id.is_not(None), NOTICES.c.superseded_at.is_(None))
    .group_by(NOTICES.c.deadline_id, NOTICES.c.rung)
    .having(func.count() > 1)
)


def issued_twice(session: Session) -> Iterator[Violation]:
    """The same rung of a deadline told twice while it stands."""
    yield from (Violation("told_twice", row.deadline_id, row.rung) for row in session.execute(_TWICE))


def issued_early(session: Session, today: date) -> Iterator[Violation]:
    """What was told before its day had come."""
    for row in session.execute(_TOLD.where(NOTICES.c.dated_on > today)):
        yield Violation("told_ahead", row.deadline_id, f"{row.rung} {row.dated_on}")


def overdue_reminders_missing(session: Session, calendar: Calendar, night: date) -> Iterator[Violation]:
    """What was not told by this night although its rung was reached, or told twice while it stands."""
    yield from issued_twice(session)
    if night != sweep_nights.last(session, JURISDICTION):
        return
    overdue = deadlines.running(session, jurisdiction=JURISDICTION, before=night + timedelta(days=1))
    ids = [one.deadline.id for one in overdue]
    told = Counter((row.deadline_id, row.rung) for row in session.execute(_TOLD.where(NOTICES.c.deadline_id.in_(ids))))
    for one in overdue:
        due = one.deadline.due(calendar)
        for day, rung in reminder_schedule(due, calendar) if due else ():
            if rung.distance >= 0 and day <= night and not told[one.deadline.id, rung.value]:
                yield Violation("untold", one.deadline.id, f"{rung.value} {day}")
