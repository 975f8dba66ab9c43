"""Adding 15 working days and counting between dates, beside chinesecalendar, holidays, numpy and pandas.

``python -m bench.calendar``; needs the dependency group ``bench``. Every answer is checked against ours before a time
is printed. numpy is set up as it must be for China: all seven weekdays open, every rest day a holiday. What a package
does one date at a time is measured on 200 dates and multiplied (marked ≈).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import chinese_calendar
import holidays
import numpy as np
import pandas as pd

import calendars
from bench.results import median_ms, record, table

LENGTH = 15
SIZES = (1, 1_000, 1_000_000)
SAMPLE = 200
# chinesecalendar has 2005-12-31 wrong (a make-up day): from 2007 on all agree.
FIRST, LAST = date(2007, 1, 2), date(2026, 11, 30)
DAY = timedelta(days=1)

CALENDAR = calendars.load()
REST = np.array(
    [day.date for day in CALENDAR.days(date(2004, 1, 1), date(2026, 12, 31)) if not day.is_workday], "M8[D]"
)
BUSINESS = np.busdaycalendar(weekmask="1111111", holidays=REST)
CHINA = holidays.country_holidays("CN", years=range(2004, 2028))
WEEK = "Mon Tue Wed Thu Fri Sat Sun"
OFFSET = pd.offsets.CustomBusinessDay(LENGTH, weekmask=WEEK, holidays=REST.tolist())
BUSINESS_DAY = pd.offsets.CustomBusinessDay(1, weekmask=WEEK, holidays=REST.tolist())


class Way(NamedTuple):
    """One way of doing the task: for one date, and for many if the package has a way for that."""

    name: str
    one: Callable[..., Any]
    many: Callable[..., Any] | None = None


ADDING = (
    Way("ducha", lambda day: CALENDAR.add_working_days(day, LENGTH).due),
    # It takes a rest day for its next working day, and counts from there.
    Way("chinesecalendar", lambda day: chinese_calendar.find_workday(LENGTH - (not CALENDAR.is_workday(day)), day)),
    Way("holidays", lambda day: CHINA.get_nth_working_day(day, LENGTH)),
    Way(
        "numpy",
        lambda day: np.busday_offset(day, LENGTH, roll="backward", busdaycal=BUSINESS).item(),
        lambda a: np.busday_offset(a, LENGTH, roll="backward", busdaycal=BUSINESS),
    ),
    Way("pandas", lambda day: (pd.Timestamp(day) + OFFSET).date()),
)
COUNTING = (
    Way("ducha", CALENDAR.working_days_after),
    Way("chinesecalendar", lambda a, b: len(chinese_calendar.get_workdays(a + DAY, b))),
    Way("holidays", lambda a, b: CHINA.get_working_days_count(a + DAY, b)),
    Way(
        "numpy",
        lambda a, b: int(np.busday_count(a + DAY, b + DAY, busdaycal=BUSINESS)),
        lambda a, b: np.busday_count(a + 1, b + 1, busdaycal=BUSINESS),
    ),
    Way("pandas", lambda a, b: len(pd.date_range(a + DAY, b, freq=BUSINESS_DAY))),
)


def main() -> None:
    draw = random.Random(2026)
    reach = (LAST - FIRST).days - 2 * 366
    starts = [FIRST + timedelta(days=draw.randint(0, reach)) for _ in range(SAMPLE)]
    ends = [start + timedelta(days=draw.randint(1, 730)) for start in starts]
    parts = [
        _measured(f"Add {LENGTH} working days", ADDING, (starts,)),
        _measured("Count working days between two dates up to two years apart", COUNTING, (starts, ends)),
    ]
    record("Working days", "\n\n".join(parts))


def _measured(title: str, ways: Sequence[Way], dates: tuple[list[date], ...]) -> str:
    _agree(ways, dates)
    seconds = {way.name: [_seconds(way, dates, size) for size in SIZES] for way in ways}
    ours = seconds["ducha"]
    rows = [
        [
            name,
            *(
                f"{'≈ ' if size > SAMPLE and not way.many else ''}{_written(spent)}"
                for size, spent in zip(SIZES, found, strict=True)
            ),
            *(f"{spent / own:,.1f}×" for spent, own in zip(found, ours, strict=True)),
        ]
        for way, (name, found) in zip(ways, seconds.items(), strict=True)
    ]
    heads = [title, *(f"{size:,}" for size in SIZES), *(f"ratio at {size:,}" for size in SIZES)]
    return table(heads, rows)


def _agree(ways: Sequence[Way], dates: tuple[list[date], ...]) -> None:
    """Every way gives the same for every date, one by one and in bulk."""
    expected = [ways[0].one(*each) for each in zip(*dates, strict=True)]
    for way in ways:
        assert [way.one(*each) for each in zip(*dates, strict=True)] == expected, way.name
        if way.many:
            assert way.many(*(np.array(one, "M8[D]") for one in dates)).tolist() == expected, way.name


def _seconds(way: Way, dates: tuple[list[date], ...], size: int) -> float:
    """For the whole size; one by one where there is no way for many or where there is only one."""
    if way.many and size > 1:
        arrays = [np.resize(np.array(one, "M8[D]"), size) for one in dates]
        way.many(*arrays)
        return median_ms(lambda: way.many and way.many(*arrays), 5) / 1000
    each = list(zip(*dates, strict=True))
    rounds = 100 if way.name.startswith("ducha") else 3
    return median_ms(lambda: [way.one(*one) for one in each], rounds) / 1000 / len(each) * size


def _written(seconds: float) -> str:
    for unit, scale in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= scale:
            return f"{seconds / scale:,.3g} {unit}"
    return f"{seconds / 1e-9:,.0f} ns"


if __name__ == "__main__":
    main()
