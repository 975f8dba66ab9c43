"""The calendar as this database knows it: the notices the program carries, then those taken in since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select

import calendars
from calendars import Calendar, Notice
from calendars.holiday_text.intake import read
from storage.engine import Session
from storage.rows import CalendarNotice, table
from storage.statements import Statement
from storage.upsert import insert_once

_NOTICES = table(CalendarNotice)
_ADD = insert_once(_NOTICES, keys=("document",), returning=_NOTICES.c.document)
_TEXTS = Statement(select(_NOTICES.c.text).order_by(_NOTICES.c.accepted_at, _NOTICES.c.document))


@dataclass(frozen=True, slots=True)
class Accepted:
    """A notice as it was taken in."""

    document: str
    year: int
    text: str
    sha256: str
    accepted_at: datetime
    accepted_by: str


_ALL = select(*(_NOTICES.c[name] for name in Accepted.__slots__)).order_by(_NOTICES.c.accepted_at, _NOTICES.c.document)


def calendar(session: Session, region: str | None = None, before: datetime | None = None) -> Calendar:
    """The calendar of a region with every notice this database has taken in, or had taken in before a moment."""
    if before is None:
        return calendars.load(region, accepted=accepted_notices(session))
    known = tuple(notice.text for notice in accepted(session) if notice.accepted_at < before)
    return calendars.load(region, accepted=_parsed(known))


def accepted_notices(session: Session) -> tuple[Notice, ...]:
    """The notices taken in since the program was made, in the order of their acceptance."""
    return _parsed(tuple(text for (text,) in _TEXTS.fetch_all(session, {})))


def accepted(session: Session) -> list[Accepted]:
    """The notices that were taken in, with their texts."""
    return [Accepted(*row) for row in session.execute(_ALL)]


def add(session: Session, notice: Accepted) -> bool:
    """Take a notice in. False when it was taken in before."""
    values = {name: getattr(notice, name) for name in Accepted.__slots__}
    return session.execute(_ADD, values).first() is not None


@lru_cache(maxsize=8)
def _parsed(texts: tuple[str, ...]) -> tuple[Notice, ...]:
    return tuple(read(text.encode()).notice for text in texts)
