"""Time as an argument: today is the day in Shanghai, wherever the machine stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, Protocol
from zoneinfo import ZoneInfo

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Tells the moment."""

    def now(self) -> datetime:
        """The moment, aware."""


def today(clock: Clock) -> date:
    """The day in Shanghai."""
    return clock.now().astimezone(SHANGHAI).date()


class SystemClock:
    """The clock on the wall; made at the edge only."""

    def now(self) -> datetime:
        """The moment, in Shanghai."""
        return datetime.now(SHANGHAI)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands at one moment."""

    at: datetime

    def now(self) -> datetime:
        """The moment it stands at."""
        return self.at

    @classmethod
    def on(cls, day: date, hour: int = 9, minute: int = 0) -> FixedClock:
        """Office hours of a day in Shanghai."""
        return cls(datetime.combine(day, time(hour, minute), SHANGHAI))
