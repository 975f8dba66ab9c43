"""Runs the year: a sweep each night, the acts each day, the follow-up each evening.

A step and its marker are one transaction; a night or an evening that was begun may be begun again. A killed run
continues from its marker and ends with the same journals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from casework.clock import SHANGHAI, FixedClock
from casework.nightly import sweeping
from demo.progress_marker import ProgressMarker
from demo.run_step import run_step
from demo.year_plan import YearPlan
from storage import practice
from storage.calendar import sweep_nights
from storage.engine import Database
from storage.messages import outbox

SWEEP: Final = time(0, 30)
OPENING: Final = time(9)


@dataclass(frozen=True, slots=True)
class Day:
    """The result of one day."""

    on: date
    acts: int = 0
    refused: int = 0
    nights: int = 0
    notices: int = 0

    @property
    def ends_the_month(self) -> bool:
        """Whether tomorrow is in another month."""
        return (self.on + timedelta(days=1)).day == 1


Evening = Callable[[date], None]
"""Follows up everything that was done on a day."""

Audience = Callable[[Day], None]
"""Called after each day."""


def run_year(
    database: Database, program: YearPlan, mark: ProgressMarker, evening: Evening, audience: Audience
) -> ProgressMarker:
    """Play what lies behind the bookmark, to the last night of the year. Raises Unscripted."""
    with database.reading() as session:
        swept = sweep_nights.last(session, program.jurisdiction) or date.min
    by_day: dict[date, list[int]] = defaultdict(list)
    for number, step in enumerate(program.steps):
        by_day[step.on].append(number)
    for day in program.days:
        night = _sweep(database, day, program.jurisdiction) if day > swept and day not in program.down else {}
        before, today = mark, by_day[day]
        for minute, number in enumerate(today):
            if number >= mark.done:
                mark = run_step(database, mark, program.steps[number], at(day, OPENING, minute))
        if today and today[-1] + 1 >= before.done:
            evening(day)
        _stand_on(database, day)
        audience(Day(day, mark.done - before.done, len(mark.refusals) - len(before.refusals), **night))
    return mark


def _stand_on(database: Database, day: date) -> None:
    """The demo is a practice database: what is left open in it can be worked on from this day."""
    with database.writing() as session:
        practice.stand_on(session, day)


def is_over(database: Database, program: YearPlan, mark: ProgressMarker) -> bool:
    """Whether the whole year was played, its last night swept and everything followed up."""
    with database.reading() as session:
        swept = sweep_nights.last(session, program.jurisdiction)
        waiting = outbox.waiting(session)
    return mark.done == len(program.steps) and swept == program.last and not waiting


def at(day: date, hour: time, minutes: int = 0) -> FixedClock:
    """The simulated clock, some minutes after an hour of a day in Shanghai."""
    return FixedClock(datetime.combine(day, hour, SHANGHAI) + timedelta(minutes=minutes))


def _sweep(database: Database, day: date, jurisdiction: str) -> dict[str, int]:
    done = sweeping.sweep(database, at(day, SWEEP), as_of=day, jurisdiction=jurisdiction)
    return {"nights": len(done.nights), "notices": done.issued}
