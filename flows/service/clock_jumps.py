"""Jumps of the machine's clock, noticed by comparing the time of day with the time since the machine was started.

A clock set ahead makes a sweep tell what is not yet due, and puts the next time of every job into the future; once it
is set back, no job would run until then. So a jump is logged, every job gets a new time, and after a jump ahead no
night is swept until the clock has kept its new time for a while.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

JUMP_SECONDS: Final = 60.0
"""From how many seconds on a difference is a jump; a clock that is adjusted slowly never differs as much."""
AHEAD_SECONDS: Final = 3600.0
"""How far ahead a clock must have jumped for sweeps to wait."""
SETTLE_SECONDS: Final = 600.0
"""How long the clock must have kept its new time before a sweep believes it."""


def seconds_since_start() -> float:
    """Seconds since the machine was started, its sleep included where the system counts it."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class ClockWatch:
    """What the clock showed when it was last looked at."""

    def __init__(
        self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = seconds_since_start
    ) -> None:
        self._wall = wall
        self._steady = steady
        self._offset = self._settled = self._told = wall() - steady()
        self._jumped_at = steady()

    def look(self) -> float:
        """By how many seconds the clock jumped since it was last asked; 0 where it did not."""
        self._measure()
        jump, self._told = self._offset - self._told, self._offset
        return jump if abs(jump) >= JUMP_SECONDS else 0.0

    def is_settled(self) -> bool:
        """Whether the time may be believed: it did not jump ahead, or has been kept for a while since."""
        self._measure()
        if self._offset - self._settled >= AHEAD_SECONDS and self.seconds_to_settle() > 0:
            return False
        self._settled = self._offset
        return True

    def seconds_to_settle(self) -> float:
        """How long the clock must still keep its time after the last jump."""
        return max(0.0, self._jumped_at + SETTLE_SECONDS - self._steady())

    def _measure(self) -> None:
        offset = self._wall() - self._steady()
        if abs(offset - self._offset) >= JUMP_SECONDS:
            self._jumped_at = self._steady()
        self._offset = offset
