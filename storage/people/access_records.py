"""The access record: one row for each read, appended and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, insert, select

from storage.engine import Session
from storage.rows import AccessRecord, table

ACCESS = table(AccessRecord)
_ADD = insert(ACCESS)


@dataclass(frozen=True, slots=True)
class RecordedRead:
    """A read: ``account`` is None for the machine's operator; ``found`` is false where nothing was shown."""

    recorded_at: datetime
    account: str | None
    jurisdiction: str | None
    kind: str
    case_id: str | None
    unit: str | None
    found: bool
    request: str | None


_COLUMNS = tuple(ACCESS.c[name] for name in RecordedRead.__slots__)


def add_all(session: Session, reads: Sequence[RecordedRead]) -> None:
    """Append these reads in one statement."""
    if reads:
        session.execute(_ADD, [asdict(read) for read in reads])


def find(
    session: Session,
    *,
    where: ColumnElement[bool],
    account: str | None = None,
    kind: str | None = None,
    case_id: str | None = None,
    unit: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int | None = None,
) -> list[RecordedRead]:
    """The reads that match everything given, newest first; ``until`` is excluded."""
    equal = {"account": account, "kind": kind, "case_id": case_id, "unit": unit}
    query = select(*_COLUMNS).where(
        where, *(ACCESS.c[name] == value for name, value in equal.items() if value is not None)
    )
    if since is not None:
        query = query.where(ACCESS.c.recorded_at >= since)
    if until is not None:
        query = query.where(ACCESS.c.recorded_at < until)
    newest = query.order_by(ACCESS.c.recorded_at.desc(), ACCESS.c.id.desc()).limit(limit)
    return [RecordedRead(*row) for row in session.execute(newest)]
