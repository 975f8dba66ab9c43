"""Counting for very many dates at once, with numpy. Nothing else needs numpy."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from calendars.calendar import Calendar
from calendars.refusals import CalendarRefused

Days = NDArray[np.datetime64]
EPOCH = date(1970, 1, 1).toordinal()


def add_working_days(calendar: Calendar, starts: Days, n: int) -> Days:
    """The n-th working day after each start, as ``datetime64[D]``.

    Raises CalendarRefused when a start lies before the calendar or an answer would not be final.
    """
    if n < 1:
        raise CalendarRefused("length", length=n)
    due = _due_table(calendar, n)
    found = due[_indices(calendar, starts)]
    open_ended = np.isnat(found)
    if open_ended.any():
        raise CalendarRefused("many_not_final", count=int(open_ended.sum()), first=starts[open_ended.argmax()])
    return found


def working_days_after(calendar: Calendar, a: Days, b: Days) -> NDArray[np.int32]:
    """Working days in (a, b] for each pair, negative where b < a. Raises CalendarRefused beyond the notices."""
    rank = _rank_table(calendar)
    return rank[_indices(calendar, b)] - rank[_indices(calendar, a)]


def _indices(calendar: Calendar, days: Days) -> NDArray[np.int64]:
    """Where the days stand in the calendar's tables."""
    indices = days.astype("datetime64[D]", copy=False).view(np.int64) + (EPOCH - calendar.table.base)
    if indices.size and (low := int(indices.min())) < 0:
        raise CalendarRefused("before_first", day=calendar.first_day + timedelta(days=low), first=calendar.first_day)
    beyond = indices >= len(calendar.table.rank)
    if beyond.any():
        raise CalendarRefused("many_not_final", count=int(beyond.sum()), first=days[beyond.argmax()])
    return indices


@lru_cache(maxsize=64)
def _due_table(calendar: Calendar, n: int) -> Days:
    """For each day of the calendar the end of a term of n working days from it; NaT where that is not final."""
    table = calendar.table
    due = np.full(len(table.rank), np.datetime64("NaT", "D"))
    for i, rank in enumerate(table.rank):
        if rank + n < len(table.nth):
            start, end = date.fromordinal(table.base + i), date.fromordinal(table.nth[rank + n])
            if calendar.known(start, end):
                due[i] = end
    return due


@lru_cache(maxsize=8)
def _rank_table(calendar: Calendar) -> NDArray[np.int32]:
    return np.array(calendar.table.rank, dtype=np.int32)
