"""What to expect of a year whose notice is not out.

The latest date rests on the statutory days, their substitute days and the practice of the time (from 2025 on, the
standing principles of 国办发明电〔2024〕12号), with no make-up day. The earliest lets each holiday's inferable
make-up days be worked as soon as they may.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from calendars.days import Setting
from calendars.overlay import Settings
from calendars.statutory import MAKEUP_AFTER, MAKEUP_BEFORE, anchored, law_of, practice_of

# Years after the last notice for which anything can be expected: the law changes more often than that.
HORIZON_YEARS = 10


@dataclass(frozen=True, slots=True)
class Expected:
    """A holiday to come: its days off, and up to ``debts`` of the ``open_days`` worked in exchange."""

    name: str
    statutory: tuple[date, ...]
    off: frozenset[date]
    firm: bool
    document: str

    @property
    def debts(self) -> int:
        """Weekdays off beyond the statutory days: each is paid for with a make-up day."""
        return max(sum(day.weekday() < 5 for day in self.off) - len(self.statutory), 0)

    @property
    def open_days(self) -> frozenset[date]:
        """Days off that may be worked: weekends near the span; where the span is mere custom, its other days too."""
        if not self.debts:
            return frozenset()
        first, last = min(self.off) - timedelta(MAKEUP_BEFORE), max(self.off) + timedelta(MAKEUP_AFTER)
        around = {first + timedelta(days=n) for n in range((last - first).days + 1)}
        weekends = {day for day in around - self.off if day.weekday() >= 5}
        return frozenset(weekends if self.firm else weekends | (self.off - set(self.statutory)))

    def touches(self) -> date:
        """The first day that this holiday may change."""
        return min(self.off | self.open_days)

    def joined(self, other: Expected) -> Expected:
        """Two holidays that meet are one; a 中秋节 within 国庆节 brings one day more (合并放假8天)."""
        off = self.off | other.off
        if self.off.issuperset(other.statutory) or other.off.issuperset(self.statutory):
            off |= {max(off) + timedelta(days=1)}
        name, statutory = f"{self.name}、{other.name}", self.statutory + other.statutory
        return Expected(name, statutory, off, self.firm, self.document)


def expected_holidays(year: int, known_on: date = date.max) -> list[Expected]:
    """The holidays of a year as they would be expected on ``known_on``."""
    holidays: list[Expected] = []
    for name, anchor, length in law_of(year, known_on).days:
        holiday = _expected(name, anchor, length, year, known_on)
        for met in [one for one in holidays if one.off & holiday.off]:
            holidays.remove(met)
            holiday = met.joined(holiday)
        holidays.append(holiday)
    return holidays


def settled_until(year: int, known_on: date = date.max) -> date:
    """The last day that the notices up to ``year`` settle: the next 元旦 may reach back into December."""
    new_year = _expected(*law_of(year + 1, known_on).days[0], year + 1, known_on)
    return min(date(year, 12, 31), new_year.touches() - timedelta(days=1))


def _expected(name: str, anchor: str, length: int, year: int, known_on: date) -> Expected:
    law, practice = law_of(year, known_on), practice_of(year, known_on)
    start = anchored(anchor, year)
    statutory = tuple(start + timedelta(days=n) for n in range(length))
    if name in practice.long:
        anchor, first, last = practice.long[name]
        start = anchored(anchor, year)
    else:
        first, last = practice.short[start.weekday()]
    off = frozenset(start + timedelta(days=n) for n in range(first, last + 1))
    return Expected(name, statutory, off | set(statutory), practice.firm, f"{law.document}；{practice.document}")


def expected_settings(holidays: Iterable[Expected]) -> Settings:
    """The days off of these holidays, as the calendar shows them."""
    return {
        day: Setting("holiday", holiday.name, holiday.document, "尚无通知，按办法和放假原则推定", None, sure=False)
        for holiday in holidays
        for day in holiday.off
    }


class Budget:
    """Make-up days still owed, worked as soon as a day allows it. One budget serves one count."""

    def __init__(self, holidays: Iterable[Expected]) -> None:
        self._owed: dict[int, list[list[int]]] = {}
        taken = {day for holiday in holidays for day in holiday.off}
        for holiday in holidays:
            purse = [holiday.debts]
            for day in holiday.open_days:
                if day in holiday.off or day not in taken:
                    self._owed.setdefault(day.toordinal(), []).append(purse)

    def spend(self, ordinal: int) -> bool:
        """Whether this day off may be a make-up day; if so, one less is owed."""
        for purse in self._owed.get(ordinal, ()):
            if purse[0]:
                purse[0] -= 1
                return True
        return False
