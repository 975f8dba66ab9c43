"""Shared by the calendar commands: loading the calendar and naming its days."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import messages
from cli.parsing.options import DEFAULT_DATABASE, Options

if TYPE_CHECKING:
    from calendars import Calendar
    from storage.calendar.holiday_notices import Withdrawn


def known_calendar(settings: Options, region: str | None = None, known_on: date | None = None) -> Calendar:
    """The calendar with the notices accepted in the database; without a database, the bundled calendar."""
    import calendars

    if settings.url == DEFAULT_DATABASE and not Path(settings.url).exists():
        return calendars.load(region, known_on)
    from storage.calendar import holiday_notices

    with settings.reading() as session:
        return calendars.load(region, known_on, holiday_notices.accepted_notices(session))


def withdrawn_notices(settings: Options) -> list[Withdrawn]:
    """The notices that the database took in and withdrew; none without a database."""
    if settings.url == DEFAULT_DATABASE and not Path(settings.url).exists():
        return []
    from storage.calendar import holiday_notices

    with settings.reading() as session:
        return holiday_notices.withdrawn(session)


def kind_and_name(kind: str, name: str) -> str:
    """The kind of a day with its name, such as 休息（国庆节）."""
    kind_text = messages.text(f"calendar.kind_{kind}")
    return messages.text("calendar.kind_named", kind=kind_text, name=name) if name else kind_text


def weekday(day: date) -> str:
    """The weekday of a date."""
    return messages.text(f"calendar.weekday_{day.weekday()}")
