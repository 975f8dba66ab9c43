"""A due date with its proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from calendars.days import Day, Kind

Reason = Literal["start", "counted", "rest", "suspended", "rolled", "last"]


@dataclass(frozen=True, slots=True)
class TraceDay:
    """One day of a count. ``number`` is its place in the term; ``reason`` why it was counted or skipped."""

    date: date
    counted: bool
    number: int | None
    kind: Kind
    name: str
    document: str
    clause: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Due:
    """The end of a term.

    ``final``: ``due`` is the date. ``provisional``: a notice is still to come; the date lies between ``earliest``
    and ``latest``, ``due`` is the earliest (who keeps that is safe), ``missing`` names what is not published yet.
    """

    status: Literal["final", "provisional", "refused"]
    due: date | None
    earliest: date | None
    latest: date | None
    calendar_version: str
    missing: tuple[str, ...] = ()
    tracer: Callable[[], list[TraceDay]] | None = field(default=None, repr=False, compare=False)

    def trace(self) -> list[TraceDay]:
        """Day by day from the start to the (latest) due date. Worked out when asked for."""
        return self.tracer() if self.tracer else []


def traced(day: Day, reason: Reason, number: int | None = None) -> TraceDay:
    counted = number is not None
    return TraceDay(day.date, counted, number, day.kind, day.name, day.document, day.clause, reason)
