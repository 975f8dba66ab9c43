"""The overdue table: every running deadline with its light, computed for the day asked about."""

from __future__ import annotations

from collections import Counter
from datetime import date

from pydantic import Field

from access.policy import Read
from access.reader import Reader
from access.visible_cases import visible_cases
from calendars import Calendar
from casework.clock import Clock, today
from casework.views.case_models import DeadlineView
from casework.views.case_views import deadline_view
from messages.answers import Answer
from states.engine.case import Case
from states.engine.deadlines import Light, light
from storage.calendar import holiday_notices
from storage.cases import cases, deadlines
from storage.cases.deadlines import Tracked
from storage.engine import Session
from storage.people import jurisdictions, successions


class OverdueRow(DeadlineView):
    """A running deadline with its light."""

    root: str = Field(description="id of the inspection the case belongs to")
    light: str = Field(description="`red` overdue, `yellow` due soon, `green`, or `paused`")
    days: int | None = Field(description="working days until the latest due date, negative after it; null while paused")


class OverdueTable(Answer):
    """What is overdue on a day."""

    as_of: date = Field(description="the day")
    rows: tuple[OverdueRow, ...] = Field(description="deadlines by unit and clause")
    counts: dict[str, int] = Field(description="number of running deadlines by light, those not listed included")


def overdue_deadlines(
    session: Session,
    clock: Clock,
    reader: Reader,
    *,
    as_of: date | None = None,
    jurisdiction: str | None = None,
    every: bool = False,
) -> OverdueTable:
    """What is overdue on a day (default today), by unit and article; ``every`` adds what is not overdue yet.

    Of one jurisdiction, or of all in the database. Raises regulations.UnknownJurisdiction.
    ``days`` are working days left until the due date, negative once it has passed; while the date is provisional they
    are counted to the latest possible one.
    """
    reader.note(Read.OVERDUE, jurisdiction=jurisdiction)
    if jurisdiction is not None:
        jurisdictions.load(session, jurisdiction)
    day = as_of or today(clock)
    running = deadlines.running(session, jurisdiction=jurisdiction, of_cases=visible_cases(reader, Read.OVERDUE))
    owners = cases.load_many(session, [tracked.deadline.case for tracked in running])
    names = successions.names(session, {case.jurisdiction for case in owners.values()})
    rows = []
    for tracked in running:
        owner = owners[tracked.deadline.case]
        calendar = holiday_notices.calendar(session, owner.region)
        rows.append(
            _row(tracked, owner, calendar, day, deadline_view(tracked, owner.regulation, names[owner.jurisdiction]))
        )
    rows.sort(key=lambda row: (row.unit or "", row.article, row.latest or date.min, row.case))
    counts = Counter(row.light for row in rows)
    return OverdueTable(
        as_of=day,
        rows=tuple(row for row in rows if every or row.light == Light.RED),
        counts={one.value: counts[one.value] for one in Light},
    )


def _row(tracked: Tracked, owner: Case, calendar: Calendar, day: date, view: DeadlineView) -> OverdueRow:
    left = None if tracked.latest_on is None else calendar.working_days_after(day, tracked.latest_on)
    shown = light(tracked.deadline.due(calendar), calendar, day)
    return OverdueRow(**dict(view), root=owner.family, light=shown.value, days=left)
