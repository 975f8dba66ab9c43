"""The program of the year: every scene's steps by day, and the nights the machine is down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from hashlib import sha256

import calendars
import regulations
from demo import people
from demo.inspections import comprehensive, look_back, special_excepted, special_plain, special_refused
from demo.steps import Step, Year
from storage import canonical

SCENES = (comprehensive, special_plain, look_back, special_refused, special_excepted)
DOWN = ("05-26", "05-27", "05-28")
"""Three nights on which nothing swept, just when the rectification reports fall due; the fourth catches up."""


@dataclass(frozen=True, slots=True)
class YearPlan:
    """What happens in a year: the steps in the order of their days, and the nights without a sweep."""

    year: int
    steps: tuple[Step, ...]
    down: frozenset[date]

    @property
    def days(self) -> Iterator[date]:
        """Every day of the year."""
        first = date(self.year, 1, 1)
        return (first + timedelta(days=more) for more in range((date(self.year, 12, 31) - first).days + 1))

    @property
    def fingerprint(self) -> str:
        """Tells one program from another, so that a year begun under one is not ended under another."""
        written = [asdict(step) | {"on": step.on.isoformat()} for step in self.steps]
        return sha256(canonical.dumps(written).encode()).hexdigest()[:16]


def year_plan(year: int) -> YearPlan:
    """The program of this year. Raises CalendarRefused for a year whose days nobody knows yet."""
    calendar = calendars.load(regulations.jurisdiction(people.JURISDICTION).region)
    played = Year(year, calendar)
    steps = sorted((step for scene in SCENES for step in scene.steps(played)), key=lambda step: step.on)
    return YearPlan(year, tuple(steps), frozenset(date.fromisoformat(f"{year}-{day}") for day in DOWN))
