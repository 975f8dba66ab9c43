"""Leases: each queue row belongs to one worker at a time, and is free again when its lease expires."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Row, Table, or_, select, update

from storage.engine import Session

LONGEST_WAIT: Final = timedelta(hours=1)
LONGEST_LEASE: Final = timedelta(hours=2)
"""No lease is given for longer: one that ends later was given while the clock was ahead, and holds nobody off."""


def lease(
    session: Session,
    queue: Table,
    waiting: Sequence[ColumnElement[bool]],
    attempts: Column[int],
    owner: str,
    now: datetime,
    *,
    for_seconds: float,
    limit: int,
) -> list[Row[Any]]:
    """Lease up to ``limit`` unclaimed rows, oldest first, to the owner for ``for_seconds``.

    Rows that another worker is leasing are skipped, not waited for.
    """
    free = select(queue.c.id).where(*waiting, is_free(queue, now)).order_by(queue.c.id).limit(limit)
    leased = session.execute(
        update(queue)
        .where(queue.c.id.in_(free.with_for_update(skip_locked=True).scalar_subquery()))
        .values(
            {
                queue.c.lease_until: now + timedelta(seconds=for_seconds),
                queue.c.lease_owner: owner,
                attempts: attempts + 1,
            }
        )
        .returning(*queue.c)
    )
    return sorted(leased, key=lambda row: int(row.id))


def is_free(queue: Table, now: datetime) -> ColumnElement[bool]:
    """Whether nobody holds the row at this moment."""
    return or_(queue.c.lease_until <= now, queue.c.lease_until > now + LONGEST_LEASE)


def again_at(now: datetime, attempts: int) -> datetime:
    """When to retry after this many attempts: 2, 4, 8 … seconds later, at most an hour."""
    return now + min(timedelta(seconds=2 ** min(attempts, 12)), LONGEST_WAIT)
