"""How long the queues are, since when, and which night was swept last: the figures that a monitor watches."""

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
    """How many wait, and for how many seconds the oldest has; 0 when none does."""

    waiting: int
    oldest_seconds: float


@dataclass(frozen=True, slots=True)
class Gauges:
    """The state of the work that follows acts. ``last_nights`` has no entry for a jurisdiction never swept."""

    outbox: Queue
    mail: Queue
    last_nights: Mapping[str, date]


def read(session: Session, clock: Clock) -> Gauges:
    """Read them all."""
    now = clock.now()
    last = {one.code: sweep_nights.last(session, one.code) for one in jurisdictions.set_up(session)}
    return Gauges(
        outbox=_queue(outbox.waiting(session), outbox.oldest(session), now),
        mail=_queue(notices.unsent(session), notices.oldest_unsent(session), now),
        last_nights={code: night for code, night in last.items() if night is not None},
    )


def _queue(waiting: int, oldest: datetime | None, now: datetime) -> Queue:
    return Queue(waiting, max(0.0, (now - oldest).total_seconds()) if oldest else 0.0)
