"""The calendar as this database knows it: the notices the program carries, then those taken in since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import delete, insert, select

import calendars
from calendars import Calendar, Notice
from calendars.holiday_text.intake import read
from storage.engine import Session
from storage.rows import CalendarNotice, WithdrawnNotice, table
from storage.statements import Statement
from storage.upsert import insert_once

_NOTICES = table(CalendarNotice)
_WITHDRAWN = table(WithdrawnNotice)
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


@dataclass(frozen=True, slots=True)
class Withdrawn(Accepted):
    """A notice that was taken in and holds no longer."""

    withdrawn_at: datetime
    withdrawn_by: str
    reason: str


_ALL = select(*(_NOTICES.c[name] for name in Accepted.__slots__)).order_by(_NOTICES.c.accepted_at, _NOTICES.c.document)
_EVERY_WITHDRAWN = select(*(_WITHDRAWN.c[name] for name in (*Accepted.__slots__, *Withdrawn.__slots__))).order_by(
    _WITHDRAWN.c.id
)


def calendar(session: Session, region: str | None = None, before: datetime | None = None) -> Calendar:
    """The calendar of a region with every notice this database has taken in, or had taken in before a moment."""
    if before is None:
        return calendars.load(region, accepted=accepted_notices(session))
    since = [notice for notice in withdrawn(session) if notice.withdrawn_at >= before]
    known = [notice for notice in (*accepted(session), *since) if notice.accepted_at < before]
    known.sort(key=lambda notice: (notice.accepted_at, notice.document))
    return calendars.load(region, accepted=_parsed(tuple(notice.text for notice in known)))


def accepted_notices(session: Session) -> tuple[Notice, ...]:
    """The notices taken in since the program was made, in the order of their acceptance."""
    return _parsed(tuple(text for (text,) in _TEXTS.fetch_all(session, {})))


def accepted(session: Session) -> list[Accepted]:
    """The notices that were taken in, with their texts."""
    return [Accepted(*row) for row in session.execute(_ALL)]


def find(session: Session, document: str) -> Accepted | None:
    """The notice of this document that was taken in."""
    return next((one for one in accepted(session) if one.document == document), None)


def add(session: Session, notice: Accepted) -> bool:
    """Take a notice in. False when it was taken in before."""
    values = {name: getattr(notice, name) for name in Accepted.__slots__}
    return session.execute(_ADD, values).first() is not None


def withdraw(session: Session, notice: Accepted, at: datetime, by: str, reason: str) -> None:
    """A notice holds no longer; it is kept with who withdrew it, when and why."""
    session.execute(delete(_NOTICES).where(_NOTICES.c.document == notice.document))
    kept = {name: getattr(notice, name) for name in Accepted.__slots__}
    session.execute(insert(_WITHDRAWN), {**kept, "withdrawn_at": at, "withdrawn_by": by, "reason": reason})


def withdrawn(session: Session) -> list[Withdrawn]:
    """The notices that were withdrawn or completed, in that order."""
    return [Withdrawn(*row) for row in session.execute(_EVERY_WITHDRAWN)]


@lru_cache(maxsize=8)
def _parsed(texts: tuple[str, ...]) -> tuple[Notice, ...]:
    return tuple(read(text.encode()).notice for text in texts)
