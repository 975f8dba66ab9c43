"""A due date with its proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

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


Tracing = tuple[Callable[..., list[TraceDay]], tuple[object, ...]]


class Due(NamedTuple):
    """The end of a term. A tuple, because a sweep asks for very many.

    ``final``: ``due`` is the date. ``provisional``: a notice is still to come; the date lies between ``earliest``
    and ``latest``, ``due`` is the earliest (who keeps that is safe), ``missing`` names what is not published yet.
    ``tracing`` is how to work out the trace: a function and its arguments.
    """

    status: Literal["final", "provisional", "refused"]
    due: date | None
    earliest: date | None
    latest: date | None
    calendar_version: str
    missing: tuple[str, ...] = ()
    tracing: Tracing | None = None

    def trace(self) -> list[TraceDay]:
        """Day by day from the start to the (latest) due date. Worked out when asked for."""
        if self.tracing is None:
            return []
        work_out, question = self.tracing
        return work_out(*question)


def trace_day(day: Day, reason: Reason, number: int | None = None) -> TraceDay:
    counted = number is not None
    return TraceDay(day.date, counted, number, day.kind, day.name, day.document, day.clause, reason)
