"""What the calendar commands share: the calendar to ask, and how its days are written down."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import messages
from cli.parsing.options import DEFAULT_DATABASE, Options

if TYPE_CHECKING:
    from calendars import Calendar, Day


def known_calendar(settings: Options, region: str | None = None, known_on: date | None = None) -> Calendar:
    """The calendar with the notices that the database has taken in; where none was made yet, that of the program."""
    import calendars

    if settings.url == DEFAULT_DATABASE and not Path(settings.url).exists():
        return calendars.load(region, known_on)
    from storage.calendar import holiday_notices

    with settings.reading() as session:
        return calendars.load(region, known_on, holiday_notices.accepted_notices(session))


def day_picture(day: Day) -> dict[str, Any]:
    """A day as plain values."""
    return {
        "date": day.date.isoformat(),
        "is_workday": day.is_workday,
        "kind": day.kind,
        "name": day.name,
        "document": day.document,
        "clause": day.clause,
        "published": iso(day.published),
        "status": day.status,
    }


def kind_and_name(day: dict[str, Any]) -> str:
    """What a day is, in words: 休息（国庆节）."""
    kind = messages.text(f"calendar.kind_{day['kind']}")
    return messages.text("calendar.kind_named", kind=kind, name=day["name"]) if day["name"] else kind


def weekday(day: str) -> str:
    """The weekday of a date in ISO form."""
    return messages.text(f"calendar.weekday_{date.fromisoformat(day).weekday()}")


def iso(day: date | None) -> str | None:
    """A day in ISO form."""
    return day.isoformat() if day else None
