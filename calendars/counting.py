"""Counting terms day by day, with the earliest and the latest date they may end on.

The latest view works as few days as may be, the earliest as many: between them lies whatever a notice still to
come, or a region's own arrangement, may bring. Where both agree and nothing is left open the answer is final.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from calendars.answers import Due, Reason, TraceDay, Tracing, trace_day
from calendars.bounds import View, fewest_working_days, most_working_days
from calendars.known_days import KnownDays, Stretch
from calendars.refusals import CalendarRefused
from calendars.terms import Term, months_later


def forward(calendar: KnownDays, start: date, term: Term, skipping: Sequence[Stretch]) -> Due:
    """The end of a term: see ``Calendar.count``."""
    _require_sense(calendar, start, term.length)
    suspended = _suspended(skipping)
    if term.unit == "working_days":
        earliest, latest = (
            _walk(calendar, start, term.length, 1, view, suspended)
            for view in (most_working_days(calendar), fewest_working_days(calendar))
        )
        since = start
    else:
        end = _calendar_end(calendar, start, term, suspended)
        since = end - timedelta(days=1)
        earliest = _rolled(calendar, end, most_working_days(calendar)) if term.rollover else end
        latest = _rolled(calendar, end, fewest_working_days(calendar)) if term.rollover else end
    tracing = (_trace, (calendar, start, term, suspended, latest))
    settled = calendar.known(since, latest) or not (term.rollover or term.unit == "working_days")
    return _answer(calendar, since, earliest, latest, settled, tracing)


def backward(calendar: KnownDays, day: date, n: int) -> Due:
    """The n-th working day before a day: see ``Calendar.subtract_working_days``."""
    _require_sense(calendar, day, n)
    latest, earliest = (
        _walk(calendar, day, n, -1, view, frozenset())
        for view in (most_working_days(calendar), fewest_working_days(calendar))
    )
    before = day - timedelta(days=1)
    settled = calendar.known(earliest - timedelta(days=1), before)
    return _answer(calendar, before, earliest, latest, settled, (_trace_back, (calendar, day, n, earliest)))


def _require_sense(calendar: KnownDays, start: date, length: int) -> None:
    if length < 1:
        raise CalendarRefused("length", length=length)
    if start < calendar.first_day:
        raise CalendarRefused("before_first", day=start, first=calendar.first_day)
    if start > calendar.horizon:
        raise CalendarRefused("beyond_horizon", day=start, last=calendar.horizon)


def _suspended(skipping: Sequence[Stretch]) -> frozenset[int]:
    for a, b in skipping:
        if b < a:
            raise CalendarRefused("suspension", since=a, until=b)
    return frozenset(day for a, b in skipping for day in range(a.toordinal() + 1, b.toordinal() + 1))


def _walk(
    calendar: KnownDays, start: date, n: int, step: Literal[1, -1], view: View, suspended: frozenset[int]
) -> date:
    """The n-th day worked after (step 1) or before (step -1) the start, suspended days left out."""
    ordinal = start.toordinal()
    while n:
        ordinal += step
        if ordinal not in suspended and view(ordinal):
            n -= 1
    return date.fromordinal(ordinal)


def _calendar_end(calendar: KnownDays, start: date, term: Term, suspended: frozenset[int]) -> date:
    """The last day of a term in days, months or years; each suspended day puts it off by one."""
    last = calendar.horizon
    if term.unit == "days":
        length = term.length
    else:
        months = term.length * (12 if term.unit == "years" else 1)
        if months > 12 * (last.year - start.year + 1):
            raise CalendarRefused("beyond_horizon", day=f"{start} + {months}M", last=last)
        length = (months_later(start, months) - start).days
    if start.toordinal() + length > last.toordinal():
        raise CalendarRefused("beyond_horizon", day=f"{start} + {length}D", last=last)
    return _walk(calendar, start, length, 1, lambda _: True, suspended)


def _rolled(calendar: KnownDays, end: date, view: View) -> date:
    """The day itself if it is worked, else the first day after it that is (Civil Code 203)."""
    return _walk(calendar, end - timedelta(days=1), 1, 1, view, frozenset())


def _answer(calendar: KnownDays, since: date, earliest: date, latest: date, settled: bool, tracing: Tracing) -> Due:
    if settled:
        return Due("final", earliest, earliest, earliest, calendar.version, (), tracing)
    missing = tuple(calendar.missing(since, latest))
    return Due("provisional", earliest, earliest, latest, calendar.version, missing, tracing)


def _trace(calendar: KnownDays, start: date, term: Term, suspended: frozenset[int], last: date) -> list[TraceDay]:
    rows, number = [trace_day(calendar.day(start), "start")], 0
    end = last if term.unit == "working_days" else _calendar_end(calendar, start, term, suspended)
    for day in calendar.days(start + timedelta(days=1), last):
        reason: Reason = "counted"
        if day.date > end:
            reason = "last" if day.is_workday else "rest"
        elif day.date.toordinal() in suspended:
            reason = "suspended"
        elif term.unit == "working_days" and not day.is_workday:
            reason = "rest"
        elif term.rollover and day.date == end and day.date != last:
            reason = "rolled"
        number += reason in ("counted", "rolled")
        rows.append(trace_day(day, reason, number if reason in ("counted", "rolled") else None))
    return rows


def _trace_back(calendar: KnownDays, day: date, n: int, first: date) -> list[TraceDay]:
    rows, number = [trace_day(calendar.day(day), "start")], 0
    for back in range(1, (day - first).days + 1):
        found = calendar.day(day - timedelta(days=back))
        number += found.is_workday
        rows.append(trace_day(found, "counted", number) if found.is_workday else trace_day(found, "rest"))
    return rows
