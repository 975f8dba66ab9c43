"""Clocks passed as arguments. Today is always the date in Shanghai, whatever the time zone of the machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, Protocol
from zoneinfo import ZoneInfo

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Returns the current time."""

    def now(self) -> datetime:
        """The current time, with a time zone."""


def today(clock: Clock) -> date:
    """The current date in Shanghai."""
    return clock.now().astimezone(SHANGHAI).date()


class SystemClock:
    """The system clock; created only at the entry points."""

    def now(self) -> datetime:
        """The current time in Shanghai."""
        return datetime.now(SHANGHAI)


@dataclass(frozen=True, slots=True)
class PracticeClock:
    """The clock of a practice database: a day that people set, at the machine's time of day."""

    day: date

    def now(self) -> datetime:
        """The time of day now, on the day that was set."""
        return datetime.combine(self.day, datetime.now(SHANGHAI).timetz())


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that always returns the same time."""

    at: datetime

    def now(self) -> datetime:
        """The fixed time."""
        return self.at

    @classmethod
    def on(cls, day: date, hour: int = 9, minute: int = 0) -> FixedClock:
        """A clock fixed at this time of a day in Shanghai."""
        return cls(datetime.combine(day, time(hour, minute), SHANGHAI))
