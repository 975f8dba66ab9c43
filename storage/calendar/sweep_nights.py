"""Which nights were swept."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects import postgresql

from storage.engine import Session
from storage.rows import SweepNight, table

_NIGHTS = table(SweepNight)
_INSERT = postgresql.insert(_NIGHTS)
# A night swept again adds what was issued then: nothing, unless deadlines of that night came in afterwards.
_MARK = _INSERT.on_conflict_do_update(
    index_elements=["jurisdiction", "night"],
    set_={"swept_at": _INSERT.excluded.swept_at, "issued": _NIGHTS.c.issued + _INSERT.excluded.issued},
)
_FORGET = delete(_NIGHTS).where(_NIGHTS.c.jurisdiction == bindparam("of"), _NIGHTS.c.night > bindparam("night_after"))
_SWEPT_AFTER = (
    select(_NIGHTS.c.swept_at)
    .where(_NIGHTS.c.jurisdiction == bindparam("of"), _NIGHTS.c.night > bindparam("night_after"))
    .order_by(_NIGHTS.c.swept_at)
)
_LAST_SWEPT = select(func.max(_NIGHTS.c.swept_at))
_LAST = select(func.max(_NIGHTS.c.night)).where(_NIGHTS.c.jurisdiction == bindparam("of"))


def mark(session: Session, jurisdiction: str, night: date, at: datetime, issued: int) -> None:
    """Record that the night was swept at this time and issued this many notices."""
    session.execute(_MARK, {"jurisdiction": jurisdiction, "night": night, "swept_at": at, "issued": issued})


def forget_after(session: Session, jurisdiction: str, night: date) -> None:
    """Forget the nights after this one: a wrong clock swept them ahead of their day."""
    session.execute(_FORGET, {"of": jurisdiction, "night_after": night})


def days_of_sweeping(session: Session, jurisdiction: str, night: date) -> list[datetime]:
    """The last moment of each day on which nights after this one were swept, in order."""
    found: dict[date, datetime] = {}
    for (at,) in session.execute(_SWEPT_AFTER, {"of": jurisdiction, "night_after": night}):
        found[at.date()] = at
    return list(found.values())


def last_swept_at(session: Session) -> datetime | None:
    """When a night was swept last, anywhere."""
    found: datetime | None = session.execute(_LAST_SWEPT).scalar()
    return found


def last(session: Session, jurisdiction: str) -> date | None:
    """The last night that was swept."""
    found: date | None = session.execute(_LAST, {"of": jurisdiction}).scalar()
    return found
