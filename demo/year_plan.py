"""The program of a demonstration: every step by day, and the nights the machine is down; one for each jurisdiction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Final

import calendars
import regulations
from demo import people
from demo.assessments import year_of_counties
from demo.campaigns import shizong
from demo.inspections import comprehensive, look_back, special_excepted, special_plain, special_refused
from demo.steps import Step, Year
from storage import canonical

SCENES = (comprehensive, special_plain, look_back, special_refused, special_excepted)
DOWN = ("05-26", "05-27", "05-28")
"""Three nights on which nothing swept, just when the rectification reports fall due; the fourth catches up."""


@dataclass(frozen=True, slots=True)
class YearPlan:
    """What happens in a year: the steps in the order of their days, and the nights without a sweep.

    It is played from ``first`` to the last day of the year, in one jurisdiction.
    """

    year: int
    steps: tuple[Step, ...]
    down: frozenset[date]
    jurisdiction: str
    first: date

    @property
    def days(self) -> Iterator[date]:
        """Every day that is played."""
        return (self.first + timedelta(days=more) for more in range((self.last - self.first).days + 1))

    @property
    def last(self) -> date:
        """The last day of the year."""
        return date(self.year, 12, 31)

    @property
    def fingerprint(self) -> str:
        """Tells one program from another, so that a year begun under one is not ended under another."""
        written = [asdict(step) | {"on": step.on.isoformat()} for step in self.steps]
        return sha256(canonical.dumps(written).encode()).hexdigest()[:16]


def _inspections(year: int) -> YearPlan:
    """A calendar year of inspections in Tongliang."""
    calendar = calendars.load(regulations.jurisdiction(people.JURISDICTION).region)
    played = Year(year, calendar)
    steps = sorted((step for scene in SCENES for step in scene.steps(played)), key=lambda step: step.on)
    down = frozenset(date.fromisoformat(f"{year}-{day}") for day in DOWN)
    return YearPlan(year, tuple(steps), down, people.JURISDICTION, date(year, 1, 1))


def _assessment(year: int) -> YearPlan:
    """The assessment year of Yangjiang's counties that ends in this year, from its opening in the spring before."""
    steps = tuple(sorted(year_of_counties.steps(year - 1), key=lambda step: step.on))
    return YearPlan(year, steps, frozenset(), year_of_counties.JURISDICTION, date(year - 1, 5, 1))


def _campaign(year: int) -> YearPlan:
    """Shizong's campaign, which ends in 2019 whatever year is asked for: its text names its days."""
    steps = tuple(sorted(shizong.steps(), key=lambda step: step.on))
    return YearPlan(shizong.CYCLE.ends.year, steps, frozenset(), shizong.JURISDICTION, date(2018, 11, 1))


PROGRAMS: Final[Mapping[str, Callable[[int], YearPlan]]] = {
    people.JURISDICTION: _inspections,
    year_of_counties.JURISDICTION: _assessment,
    shizong.JURISDICTION: _campaign,
}
"""What is played in each jurisdiction, by the year in which it ends."""


def year_plan(year: int, jurisdiction: str = people.JURISDICTION) -> YearPlan:
    """The program of this year. Raises CalendarRefused for a year whose days nobody knows yet."""
    return PROGRAMS[jurisdiction](year)
