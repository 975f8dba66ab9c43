"""The mark of a practice database and the day it stands on. Nothing removes the mark."""

from __future__ import annotations

from datetime import date
from typing import Final

from storage import key_value
from storage.engine import Session

DAY: Final = "practice.day"


def practice_day(session: Session) -> date | None:
    """The day that a practice database stands on; None in a real one."""
    day = key_value.get(session, DAY)
    return None if day is None else date.fromisoformat(day)


def stand_on(session: Session, day: date) -> None:
    """Mark the database as one for practice, and let it stand on this day."""
    key_value.put(session, DAY, day.isoformat())
