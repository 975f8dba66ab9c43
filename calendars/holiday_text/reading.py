"""A notice as read from a text, with everything in the text that can be checked against itself."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Literal

from calendars.holiday_text.notice import Notice, NoticeDay

Claim = Literal["weekday", "statutory", "weekend", "joins_weekend", "granted"]
"""What a passage says of a date: its weekday; that it is a statutory day; that it is an ordinary rest day; that it
touches a weekend; that it is given to all beyond the statutory days (2015)."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days off given as a date or range, with the total (共N天) the sentence states, if it states one."""

    name: str
    first: datetime.date
    last: datetime.date
    stated_total: int | None
    sentence: str

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1

    def dates(self) -> list[datetime.date]:
        return [self.first + datetime.timedelta(days=n) for n in range(self.length)]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim about a date. ``weekday`` counts from Monday = 0, for a claim of that kind."""

    claim: Claim
    date: datetime.date
    sentence: str
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One failed check: ``check`` names the text ``calendar.check_<check>``, ``expected`` what would have passed."""

    check: str
    sentence: str
    expected: str


@dataclass(slots=True)
class Evidence:
    """What the items say, in the order written."""

    days: dict[datetime.date, NoticeDay] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    claims: list[Claimed] = field(default_factory=list)
    unread: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """The notice and its evidence. ``unread`` are passages not understood: with any, the notice must not be used.

    ``lead`` is the text before the items, ``headings`` the items' numerals and holidays in the order written.
    """

    notice: Notice
    lead: str
    headings: tuple[tuple[str, tuple[str, ...]], ...]
    spans: tuple[Span, ...]
    claims: tuple[Claimed, ...]
    unread: tuple[Problem, ...]
