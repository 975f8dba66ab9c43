"""Reminders dated after a day: a clock that was ahead issued them before their time."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import bindparam, select

from storage.engine import Session
from storage.messages.notices import NOTICES, Notice, from_row, supersede

_DATED_AFTER = (
    select(NOTICES)
    .where(
        NOTICES.c.jurisdiction == bindparam("of"),
        NOTICES.c.dated_on > bindparam("day"),
        NOTICES.c.kind == "deadline",
        NOTICES.c.superseded_at.is_(None),
    )
    .order_by(NOTICES.c.id)
)


def has_dated_after(session: Session, jurisdiction: str, day: date) -> bool:
    """Whether reminders that hold are dated after this day."""
    return session.execute(_DATED_AFTER, {"of": jurisdiction, "day": day}).first() is not None


def supersede_dated_after(session: Session, jurisdiction: str, day: date, at: datetime) -> list[Notice]:
    """The reminders dated after this day no longer hold and are not mailed any more; returns them."""
    found = [from_row(row) for row in session.execute(_DATED_AFTER, {"of": jurisdiction, "day": day})]
    for deadline in sorted({notice.deadline_id or "" for notice in found}):
        supersede(session, deadline, at, dated_after=day)
    return found
