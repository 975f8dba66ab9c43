"""Practice databases: they say so everywhere, send nothing, and stand on a day that people set.

A database is for practice from its first moment or never: a real one goes by the machine's clock alone, and one for
practice never becomes real (decision 0163).
"""

from __future__ import annotations

from datetime import date

from pydantic import Field

from casework.clock import SHANGHAI, Clock, PracticeClock, SystemClock, today
from casework.errors import Conflict
from messages.answers import Answer
from storage import practice
from storage.engine import Database, Session
from storage.journal import journal
from storage.people import units


class PracticeDay(Answer):
    """The day that a practice database stands on."""

    day: date = Field(description="the day")


def clock_of(database: Database) -> Clock:
    """The clock that a database goes by: the machine's, and in one for practice the day that people set."""
    with database.reading() as session:
        day = practice.practice_day(session)
    return SystemClock() if day is None else PracticeClock(day)


def begin(session: Session, clock: Clock) -> None:
    """Make an empty database one for practice; one that is already stays as it is. Raises Conflict for a real one."""
    if practice.practice_day(session) is not None:
        return
    if units.is_any(session):
        raise Conflict("practice_not_empty")
    practice.stand_on(session, today(clock))


def show_day(session: Session) -> PracticeDay:
    """The day that a practice database stands on. Raises Conflict for a real one."""
    day = practice.practice_day(session)
    if day is None:
        raise Conflict("not_practice")
    return PracticeDay(day=day)


def set_day(session: Session, day: date) -> PracticeDay:
    """Let a practice database stand on another day. Raises Conflict for a real one, or a day before the last act."""
    show_day(session)
    last = journal.last_recorded(session)
    if last is not None and day < last.astimezone(SHANGHAI).date():
        raise Conflict("practice_day_past", day=day, last=last.astimezone(SHANGHAI).date())
    practice.stand_on(session, day)
    return PracticeDay(day=day)
