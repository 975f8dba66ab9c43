"""Working days of a stretch of time as two prefix lists: counting is a lookup."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import accumulate

from calendars.days import Setting


class Table:
    """The days ``first`` … ``last``.

    ``rank[i]`` is how many working days there are up to and including day ``i`` (the ``i``-th after ``first``);
    ``nth[k]`` is the proleptic ordinal of the ``k``-th working day, counted from 1.
    """

    __slots__ = ("base", "first", "last", "nth", "rank")

    def __init__(self, first: date, last: date, exceptions: Mapping[date, bool]) -> None:
        """``exceptions`` says of days off the ordinary week whether they are worked."""
        self.first, self.last = first, last
        self.base = first.toordinal()
        length = last.toordinal() - self.base + 1
        week = [(first.weekday() + n) % 7 < 5 for n in range(7)]
        worked = (week * (length // 7 + 1))[:length]
        for day, works in exceptions.items():
            if first <= day <= last:
                worked[day.toordinal() - self.base] = works
        self.rank = list(accumulate(worked))
        self.nth = [self.base - 1, *(self.base + i for i, works in enumerate(worked) if works)]

    def works(self, ordinal: int) -> bool:
        i = ordinal - self.base
        return self.rank[i] != (self.rank[i - 1] if i else 0)

    def count(self, after: int, to: int) -> int:
        """Working days in (after, to], both ordinals within the table or one before it."""
        base = self.base
        return (self.rank[to - base] if to >= base else 0) - (self.rank[after - base] if after >= base else 0)


def exceptions(settings: Mapping[date, Setting]) -> dict[date, bool]:
    """Of the days set apart, whether they are worked."""
    return {day: setting.kind == "makeup" for day, setting in settings.items()}
