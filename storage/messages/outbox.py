"""The outbox: acts to be followed up, each leased by one worker at a time until it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, func, select, update

from storage.engine import Session
from storage.messages import leases
from storage.rows import OutboxRow, table
from storage.statements import inserting

OUTBOX = table(OutboxRow)

_APPEND = inserting(OUTBOX)
_MINE = (OUTBOX.c.id == bindparam("item_id"), OUTBOX.c.lease_owner == bindparam("owner"), OUTBOX.c.done_at.is_(None))
_DONE = update(OUTBOX).where(*_MINE).values(done_at=bindparam("at"), last_error=None).returning(OUTBOX.c.id)
_FAILED = (
    update(OUTBOX)
    .where(*_MINE)
    .values(lease_until=bindparam("again_at"), lease_owner=None, last_error=bindparam("error"))
    .returning(OUTBOX.c.id)
)


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One act to follow up; ``attempts`` counts the leases, this one included."""

    id: int
    case_id: str
    root: str
    seq: int
    act: str
    stage: str
    created_at: datetime
    lease_owner: str | None
    attempts: int
    last_error: str | None


def append(session: Session, case_id: str, root: str, seq: int, act: str, stage: str, at: datetime) -> None:
    """Put an act in, in the transaction of the act; it may be leased as soon as that commits."""
    _APPEND.execute_later(
        session,
        {
            "case_id": case_id, "root": root, "seq": seq, "act": act, "stage": stage, "created_at": at,
            "lease_until": at, "lease_owner": None, "attempts": 0, "last_error": None, "done_at": None,
        },
    )  # fmt: skip


def lease(
    session: Session,
    owner: str,
    now: datetime,
    *,
    for_seconds: float = 300,
    limit: int = 1,
    only_case: str | None = None,
    only_id: int | None = None,
) -> list[OutboxItem]:
    """Lease up to ``limit`` unclaimed acts, oldest first, to the owner for ``for_seconds``.

    ``only_case`` takes those of one inspection (its root), ``only_id`` the one of this id. A worker that dies leaves
    its items to be leased again; what it had done by then must therefore be harmless when done again.
    """
    waiting: list[ColumnElement[bool]] = [OUTBOX.c.done_at.is_(None)]
    if only_case is not None:
        waiting.append(OUTBOX.c.root == only_case)
    if only_id is not None:
        waiting.append(OUTBOX.c.id == only_id)
    rows = leases.lease(session, OUTBOX, waiting, OUTBOX.c.attempts, owner, now, for_seconds=for_seconds, limit=limit)
    return [_item(row) for row in rows]


def done(session: Session, item: OutboxItem, at: datetime) -> bool:
    """The act is followed up. False when the lease was lost to somebody else, whose work now counts."""
    return session.execute(_DONE, _whose(item, at=at)).first() is not None


def failed(session: Session, item: OutboxItem, now: datetime, error: str) -> bool:
    """The follow-up failed and will be retried later. False when the lease was lost."""
    again = leases.again_at(now, item.attempts)
    return session.execute(_FAILED, _whose(item, again_at=again, error=error)).first() is not None


def backlog(session: Session, *, ready_at: datetime | None = None, limit: int = 1000) -> list[OutboxItem]:
    """What is still to be followed up, oldest first; ``ready_at`` leaves out what could not be leased then."""
    query = select(OUTBOX).where(OUTBOX.c.done_at.is_(None)).order_by(OUTBOX.c.id).limit(limit)
    if ready_at is not None:
        query = query.where(leases.is_free(OUTBOX, ready_at))
    return [_item(row) for row in session.execute(query)]


def waiting(session: Session) -> int:
    """How many acts are still to be followed up."""
    return int(session.execute(select(func.count()).select_from(OUTBOX).where(OUTBOX.c.done_at.is_(None))).scalar_one())


def oldest(session: Session) -> datetime | None:
    """When the oldest act was recorded that is still to be followed up."""
    pending = select(func.min(OUTBOX.c.created_at)).where(OUTBOX.c.done_at.is_(None))
    found: datetime | None = session.execute(pending).scalar()
    return found


def _whose(item: OutboxItem, **values: Any) -> dict[str, Any]:
    return {"item_id": item.id, "owner": item.lease_owner, **values}


def _item(row: Row[Any]) -> OutboxItem:
    return OutboxItem(*(row._mapping[name] for name in OutboxItem.__slots__))
