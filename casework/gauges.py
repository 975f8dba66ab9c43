"""Gauges for monitoring: queue lengths, age of the oldest item, and the last night swept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from casework.clock import Clock
from storage.calendar import sweep_nights
from storage.engine import Session
from storage.messages import notices, outbox
from storage.people import jurisdictions


@dataclass(frozen=True, slots=True)
class Queue:
    """Number of waiting items, and the age of the oldest in seconds; 0 when the queue is empty."""

    waiting: int
    oldest_seconds: float


@dataclass(frozen=True, slots=True)
class Gauges:
    """The state of the work that follows acts. ``last_nights`` has no entry for a jurisdiction never swept."""

    outbox: Queue
    mail: Queue
    last_nights: Mapping[str, date]


def read(session: Session, clock: Clock) -> Gauges:
    """Read all gauges."""
    now = clock.now()
    last = {one.code: sweep_nights.last(session, one.code) for one in jurisdictions.set_up(session)}
    return Gauges(
        outbox=_queue(outbox.waiting(session), outbox.oldest(session), now),
        mail=_queue(notices.unsent(session), notices.oldest_unsent(session), now),
        last_nights={code: night for code, night in last.items() if night is not None},
    )


def _queue(waiting: int, oldest: datetime | None, now: datetime) -> Queue:
    return Queue(waiting, max(0.0, (now - oldest).total_seconds()) if oldest else 0.0)
