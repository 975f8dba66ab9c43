"""The overdue table: every running deadline with its light, computed for the day asked about."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

from pydantic import Field

from access.policy import Read
from access.reader import Reader
from access.visible_cases import visible_cases
from calendars import Calendar
from casework.clock import SHANGHAI, Clock, today
from casework.views.case_models import DeadlineView
from casework.views.case_views import deadline_view
from messages.answers import Answer
from states.engine.case import Case
from states.engine.deadlines import Light, light
from states.engine.pinned_versions import version_on
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


class LateRow(DeadlineView):
    """A deadline that ended after its due date, or whose end was entered late."""

    root: str = Field(description="id of the inspection the case belongs to")


class OverdueTable(Answer):
    """What is overdue on a day."""

    as_of: date = Field(description="the day")
    rows: tuple[OverdueRow, ...] = Field(description="deadlines by unit and clause")
    counts: dict[str, int] = Field(description="number of running deadlines by light, those not listed included")
    late: tuple[LateRow, ...] = Field(
        (), description="deadlines that ended late, or whose end was entered late, in the year of the day; newest first"
    )


def overdue_deadlines(
    session: Session,
    clock: Clock,
    reader: Reader,
    *,
    as_of: date | None = None,
    jurisdiction: str | None = None,
    every: bool = False,
) -> OverdueTable:
    """What stood on a day (default today), by unit and article; ``every`` adds what was not overdue.

    Of one jurisdiction, or of all in the database. Raises regulations.UnknownJurisdiction.
    ``days`` are working days left until the due date, negative once it has passed; while the date is provisional they
    are counted to the latest possible one. For a past day, deadlines are shown as they stood: what was met or moved
    after it does not count. What ended late in the year of the day is listed as well.
    """
    reader.note(Read.OVERDUE, jurisdiction=jurisdiction)
    if jurisdiction is not None:
        jurisdiction = jurisdictions.load(session, jurisdiction).code
    day = as_of or today(clock)
    found = deadlines.standing(
        session,
        date(day.year, 1, 1),
        jurisdiction=jurisdiction,
        of_cases=visible_cases(reader, Read.OVERDUE),
    )
    owners = cases.load_many(session, [tracked.deadline.case for tracked in found])
    names = successions.names(session, {case.jurisdiction for case in owners.values()})
    # A past day is shown by the holiday notices of that day.
    until = None if day >= today(clock) else datetime.combine(day + timedelta(days=1), time(), SHANGHAI)
    rows: list[OverdueRow] = []
    late: list[LateRow] = []
    for stored in found:
        owner = owners[stored.deadline.case]
        calendar = holiday_notices.calendar(session, owner.region, until)
        tracked = _as_of(stored, calendar, day)
        if tracked is None:
            continue
        view = deadline_view(tracked, version_on(owner, tracked.deadline.ended_on), names[owner.jurisdiction], calendar)
        if tracked.deadline.running:
            rows.append(_row(tracked, owner, calendar, day, view))
        elif view.late_days or (view.met_on and view.recorded_on):
            late.append(LateRow(**dict(view), root=owner.family))
    rows.sort(key=lambda row: (row.unit or "", row.article, row.latest or date.min, row.case))
    late.sort(key=lambda row: (row.met_on or row.closed_on or day, row.case), reverse=True)
    counts = Counter(row.light for row in rows)
    return OverdueTable(
        as_of=day,
        rows=tuple(row for row in rows if every or row.light == Light.RED),
        counts={one.value: counts[one.value] for one in Light},
        late=tuple(late),
    )


def _as_of(stored: Tracked, calendar: Calendar, day: date) -> Tracked | None:
    """The deadline as it stood on the day; None before its term began."""
    stood = stored.deadline.as_of(day)
    if stood is None:
        return None
    unchanged = stood == stored.deadline and stored.calendar_version in (None, calendar.version)
    return stored if unchanged or not stood.running else deadlines.track(stood, calendar)


def _row(tracked: Tracked, owner: Case, calendar: Calendar, day: date, view: DeadlineView) -> OverdueRow:
    left = None if tracked.latest_on is None else calendar.working_days_after(day, tracked.latest_on)
    shown = light(tracked.deadline.due(calendar), calendar, day)
    return OverdueRow(**dict(view), root=owner.family, light=shown.value, days=left)
