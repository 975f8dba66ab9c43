"""A notice as read from a text, with everything in the text that can be checked against itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from calendars.notice import Notice


@dataclass(frozen=True, slots=True)
class Span:
    """Days off given as a range, with the total (共N天) the sentence states, if it states one."""

    name: str
    first: date
    last: date
    stated_total: int | None
    sentence: str

    def dates(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


@dataclass(frozen=True, slots=True)
class WeekdayWord:
    """A date followed by its weekday in brackets: 1月4日（周日）. ``weekday`` counts from Monday = 0."""

    date: date
    weekday: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One failed check: ``code`` names the text ``calendar.check_<code>``, ``expected`` what would have passed."""

    code: str
    sentence: str
    expected: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The notice and its evidence. ``unread`` are passages not understood: with any, the notice must not be used.

    ``lead`` is the text before the items, ``headings`` the items' numerals and holidays in the order written.
    """

    notice: Notice
    lead: str
    headings: tuple[tuple[str, tuple[str, ...]], ...]
    spans: tuple[Span, ...]
    weekdays: tuple[WeekdayWord, ...]
    unread: tuple[Problem, ...]
