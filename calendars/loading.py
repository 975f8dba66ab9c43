"""Getting a calendar."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from calendars.bundled_notices import bundled_notices
from calendars.calendar import Calendar
from calendars.holiday_text.notice import Notice
from calendars.regions import PROVINCES_WITHOUT_LAYER, layer_of


@lru_cache(maxsize=32)
def load(region: str | None = None, known_on: date | None = None, accepted: tuple[Notice, ...] = ()) -> Calendar:
    """The calendar of the country or of a region, as known now or as known on a day.

    ``accepted`` are notices taken in since, besides those the package carries. A province that adds no days of its own
    has the country's. Raises CalendarRefused for a region nobody knows and for a day on which nothing was known yet.
    """
    until = known_on or date.max
    carried = bundled_notices()
    notices = (*carried, *(notice for notice in accepted if not any(one.is_copy(notice) for one in carried)))
    known = [notice for notice in notices if notice.known_from <= until]
    layer = layer_of(region, until) if region and region not in PROVINCES_WITHOUT_LAYER else None
    return Calendar(known, layer, until)
