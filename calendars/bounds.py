"""The two readings of days that are not settled: as many of them worked as may be, and as few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

from calendars.known_days import KnownDays

View = Callable[[int], bool]
"""Whether a day, by its ordinal, is worked. A view remembers what it has spent: one serves one count."""


def most_working_days(calendar: KnownDays) -> View:
    """Make-up days are worked as soon as they may be; regional days off known only at second hand are worked."""
    budget = None

    def works(ordinal: int) -> bool:
        nonlocal budget
        day = date.fromordinal(ordinal)
        if calendar.is_workday(day):
            return True
        if calendar.layer and calendar.layer.in_doubt(day) and calendar.works_nationally(day):
            return True
        if day <= calendar.last_final_day:
            return False
        budget = budget or calendar.outlook.budget()
        return budget.spend(ordinal)

    return works


def fewest_working_days(calendar: KnownDays) -> View:
    """No make-up day is worked, and a region takes all its days off in a year whose arrangement is not known."""
    layer, taken = calendar.layer, Counter[int]()

    def works(ordinal: int) -> bool:
        day = date.fromordinal(ordinal)
        if not calendar.is_workday(day):
            return False
        if layer and layer.in_doubt(day):
            taken[day.year] += 1
            return day.year in layer.covered or taken[day.year] > layer.allowance
        return True

    return works
