"""The overdue table: every running deadline with its light, computed for the day asked about."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from calendars import Calendar
from casework.clock import Clock, today
from casework.views.case_views import deadline_view
from states.engine.deadlines import Light, light
from storage.calendar import holiday_notices
from storage.cases import cases, deadlines
from storage.cases.deadlines import Tracked
from storage.engine import Session
from storage.people import units


def overdue_deadlines(
    session: Session,
    clock: Clock,
    *,
    as_of: date | None = None,
    jurisdiction: str | None = None,
    every: bool = False,
) -> dict[str, Any]:
    """What is overdue on a day (default today), by unit and article; ``every`` adds what is not overdue yet.

    ``days`` are working days left until the due date, negative once it has passed; while the date is provisional they
    are counted to the latest possible one.
    """
    day = as_of or today(clock)
    running = deadlines.running(session, jurisdiction=jurisdiction)
    owners = cases.load_many(session, [tracked.deadline.case for tracked in running])
    names = {
        unit.code: unit.name
        for code in {case.jurisdiction for case in owners.values()}
        for unit in units.roster(session, code)
    }
    rows = []
    for tracked in running:
        owner = owners[tracked.deadline.case]
        calendar = holiday_notices.calendar(session, owner.region)
        shown = light(tracked.deadline.due(calendar), calendar, day)
        picture = deadline_view(tracked, owner.regulation, names).model_dump(mode="json")
        rows.append(
            {
                **picture,
                "root": owner.family,
                "light": shown.value,
                "days": _left(tracked, calendar, day),
            }
        )
    rows.sort(key=lambda row: (row["unit"] or "", row["article"], row["latest"] or "", row["case"]))
    counts = Counter(row["light"] for row in rows)
    return {
        "as_of": day.isoformat(),
        "rows": [row for row in rows if every or row["light"] == Light.RED],
        "counts": {one.value: counts[one.value] for one in Light},
    }


def _left(tracked: Tracked, calendar: Calendar, day: date) -> int | None:
    return None if tracked.latest_on is None else calendar.working_days_after(day, tracked.latest_on)
