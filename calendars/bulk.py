"""Counting for very many dates at once, with numpy. Nothing else needs numpy."""

from __future__ import annotations

from datetime import date
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
    due, first_open = _due_table(calendar, n)
    indices = _indices(calendar, starts)
    found = due.take(indices, mode="wrap")
    if indices.size and indices.max() >= first_open and (open_ended := np.isnat(found)).any():
        raise CalendarRefused("many_not_final", count=int(open_ended.sum()), first=starts[open_ended.argmax()])
    return found


def working_days_after(calendar: Calendar, a: Days, b: Days) -> NDArray[np.int32]:
    """Working days in (a, b] for each pair, negative where b < a. Raises CalendarRefused beyond the notices."""
    rank = _rank_table(calendar)
    counted = rank.take(_indices(calendar, b), mode="wrap")
    counted -= rank.take(_indices(calendar, a), mode="wrap")
    return counted


def _indices(calendar: Calendar, days: Days) -> NDArray[np.int64]:
    """Where the days stand in the tables, which begin with the epoch so that nothing need be subtracted.

    All lie within the tables, so that ``take`` may use the mode that checks least.
    """
    indices = days.astype("datetime64[D]", copy=False).view(np.int64)
    if indices.size and indices.min() < calendar.table.base - EPOCH:
        raise CalendarRefused("before_first", day=days[indices.argmin()], first=calendar.first_day)
    last = calendar.table.last.toordinal() - EPOCH
    if indices.size and indices.max() > last:
        beyond = indices > last
        raise CalendarRefused("many_not_final", count=int(beyond.sum()), first=days[beyond.argmax()])
    return indices


@lru_cache(maxsize=64)
def _due_table(calendar: Calendar, n: int) -> tuple[Days, int]:
    """For each day since the epoch the end of a term of n working days; NaT where that is not final, and where the
    first such day of the calendar stands."""
    table = calendar.table
    lead = table.base - EPOCH
    due = np.full(lead + len(table.rank), np.datetime64("NaT", "D"))
    for i, rank in enumerate(table.rank):
        if rank + n < len(table.nth):
            start, end = date.fromordinal(table.base + i), date.fromordinal(table.nth[rank + n])
            if calendar.known(start, end):
                due[lead + i] = end
    return due, lead + int(np.isnat(due[lead:]).argmax())


@lru_cache(maxsize=8)
def _rank_table(calendar: Calendar) -> NDArray[np.int32]:
    """For each day since the epoch how many working days of the calendar have passed."""
    return np.array([0] * (calendar.table.base - EPOCH) + calendar.table.rank, dtype=np.int32)
