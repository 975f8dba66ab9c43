"""Building blocks of the year plan: days, inspections and steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from calendars import Calendar


@dataclass(frozen=True, slots=True)
class Step:
    """An act by a person on a day; ``refused`` are the codes of the expected refusals.

    ``procedure`` is that of the case a first act opens. ``only_drawn``: of the entries, those about units that the
    sample drew are done; the script cannot know them.
    """

    on: date
    who: str
    case: str
    act: str
    data: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    refused: tuple[str, ...] = ()
    only_drawn: bool = False
    procedure: str = "inspection"

    def refused_by(self, *codes: str) -> Step:
        """The same step, expected to be refused with exactly these codes."""
        return replace(self, refused=codes)


@dataclass(frozen=True, slots=True)
class Year:
    """The year that is played. Office work is done on working days: a day off gives way to the next working day."""

    number: int
    calendar: Calendar

    def on(self, month_day: str) -> date:
        """The day written ``03-02``, or the first working day after it."""
        day = date.fromisoformat(f"{self.number}-{month_day}")
        while not self.calendar.is_workday(day):
            day += timedelta(days=1)
        return day

    def day(self, month_day: str) -> str:
        """The same, as it is handed in on a form."""
        return self.on(month_day).isoformat()

    def case(self, number: str) -> str:
        """The full number of a case: ``Z01-R03`` is TL-2026-Z01-R03."""
        return f"TL-{self.number}-{number}"


@dataclass(frozen=True, slots=True)
class Scene:
    """One inspection on the stage; calling it makes a step of its script."""

    year: Year
    number: str

    def __call__(self, month_day: str, who: str, act: str, part: str = "", /, **data: Any) -> Step:
        """Who does what on which day, on the inspection or on a part of it."""
        return Step(self.year.on(month_day), who, self.case(part), act, data or None)

    def each(self, month_day: str, who: str, act: str, entries: Sequence[Mapping[str, Any]], /) -> Step:
        """The same, done once for every entry, all or none."""
        return Step(self.year.on(month_day), who, self.case(), act, tuple(entries))

    def each_drawn(self, month_day: str, who: str, act: str, entries: Sequence[Mapping[str, Any]], /) -> Step:
        """The same, for the entries about units that the sample drew."""
        return replace(self.each(month_day, who, act, entries), only_drawn=True)

    def case(self, part: str = "") -> str:
        """The full number of the inspection, or of its part ``R03``."""
        return self.year.case(f"{self.number}-{part}" if part else self.number)
