"""The days on which the obligations of a text fall due within a cycle."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from regulations.duties import Obligation
from states.campaign.cycle import Cycle
from states.campaign.forms.campaign import SetInterval

SELF_CHECK: Final = "self_check"
"""The obligation of each unit that its evaluation begins with: it is met there and not by an occurrence."""
_MONTHS: Final[Mapping[str, int]] = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}


@dataclass(frozen=True, slots=True)
class Span:
    """The days for which an obligation is owed once; ``number`` tells apart the times within them."""

    begins: date
    due: date
    number: int = 1


def spans(obligation: Obligation, cycle: Cycle, since: date) -> Iterator[Span]:
    """The spans of an obligation that fall due within the cycle, on ``since`` or later; none where it is unset.

    What fell due before the campaign was launched is not owed by it (house rule).
    """
    for begins, due in _spans(obligation, cycle):
        if since <= due <= cycle.ends:
            yield from (Span(begins, due, number) for number in range(1, obligation.n + 1))


def spans_of_interval(interval: SetInterval, cycle: Cycle, since: date) -> Iterator[Span]:
    """The spans of an obligation whose interval was set, from that day to the end of the cycle."""
    begins, times = since, 1
    while (due := _later(since, interval, times)) <= cycle.ends:
        yield Span(begins, due)
        begins, times = due + timedelta(days=1), times + 1


def self_check_day(obligations: tuple[Obligation, ...], cycle: Cycle) -> date:
    """The day by which units hand in their self-check: that of the text, or the last of the cycle."""
    found = [one for one in obligations if one.code == SELF_CHECK and one.rule == "date"]
    days = [due for one in found for _, due in _spans(one, cycle)]
    return min(days, default=cycle.ends)


def _spans(obligation: Obligation, cycle: Cycle) -> Iterator[tuple[date, date]]:
    if obligation.rule == "date":
        yield from _on_days(obligation, cycle)
    elif months := _MONTHS.get(obligation.rule):
        first = date(cycle.begins.year, 1, 1)
        for times in range((cycle.ends.year - first.year + 1) * 12 // months):
            begins = _plus_months(first, times * months)
            due = _plus_months(first, (times + 1) * months) - timedelta(days=1)
            if due >= cycle.begins:
                yield begins, due


def _on_days(obligation: Obligation, cycle: Cycle) -> Iterator[tuple[date, date]]:
    if obligation.month is None or obligation.day is None:
        return
    years = [obligation.year] if obligation.year else range(cycle.begins.year, cycle.ends.year + 1)
    for year in years:
        yield date(year, obligation.month, 1), _day(year, obligation.month, obligation.day)


def _later(since: date, interval: SetInterval, times: int) -> date:
    if interval.interval == "months":
        return _plus_months(since, interval.every * times)
    return since + timedelta(days=interval.every * times * (7 if interval.interval == "weeks" else 1))


def _plus_months(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    return _day(start.year + years, month + 1, start.day)


def _day(year: int, month: int, day: int) -> date:
    """The day, or the last of its month where the month is shorter."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
