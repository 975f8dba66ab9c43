"""Notices: exactly one is recorded for each key; e-mail is attempted at least once, under one Message-ID."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, Row, bindparam, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql

from storage.engine import Session
from storage.messages import leases
from storage.rows import NoticeRow, OutboxRow, table
from storage.upsert import compile_once

NOTICES = table(NoticeRow)
Kind = Literal["task", "deadline", "served", "moved", "retraction"]
MailState = Literal["none", "queued", "sent", "failed"]

_ONCE = postgresql.insert(NOTICES).on_conflict_do_nothing(index_elements=["key"])
_ADD = _ONCE.returning(NOTICES.c.key)
_ADD_UNTOLD = compile_once(_ONCE)
_TOLD = select(NOTICES.c.key, NOTICES.c.superseded_at).where(
    NOTICES.c.deadline_id.in_(bindparam("ids", expanding=True)), NOTICES.c.kind == "deadline"
)
AGAIN: Final = "#"
"""Between the key of a matter and the number of a notice given again, after the earlier ones were superseded."""
_QUEUED = (NOTICES.c.mail_state == "queued", NOTICES.c.superseded_at.is_(None))
_OUTBOX = table(OutboxRow)
_SETTLED = or_(NOTICES.c.kind != "task", ~exists().where(_OUTBOX.c.root == NOTICES.c.root, _OUTBOX.c.done_at.is_(None)))
UNMAILED: Final = "no server"
"""What ``mail_error`` says of a notice that was recorded while no mail server was named."""
_LEAVE = update(NOTICES).where(NOTICES.c.mail_state == "queued").returning(NOTICES.c.superseded_at)
_UNMAILED = (NOTICES.c.mail_error == UNMAILED, NOTICES.c.superseded_at.is_(None))
_SUPERSEDE = (
    update(NOTICES)
    .where(
        NOTICES.c.deadline_id == bindparam("of_deadline"),
        NOTICES.c.superseded_at.is_(None),
        NOTICES.c.dated_on > bindparam("dated_after"),
    )
    .values(superseded_at=bindparam("at"))
    .returning(NOTICES.c.key)
)
_MINE = (NOTICES.c.key == bindparam("of_key"), NOTICES.c.lease_owner == bindparam("owner"))
_SENT = (
    update(NOTICES)
    .where(*_MINE)
    .values(mail_state="sent", sent_at=bindparam("at"), mail_error=None, lease_owner=None)
    .returning(NOTICES.c.key)
)
_FAILED = (
    update(NOTICES)
    .where(*_MINE)
    .values(
        mail_state=bindparam("state"), mail_error=bindparam("error"), lease_until=bindparam("again"), lease_owner=None
    )
    .returning(NOTICES.c.key)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notice to one recipient.

    ``key`` names the matter, such as deadline, rung and due date, so that it is given once. ``recipient_role`` names
    the roles that are told, joined by commas; ``recipient`` the account or unit meant, None for all holders.
    Everything from ``superseded_at`` on is kept by the functions below.
    """

    key: str
    jurisdiction: str
    kind: Kind
    dated_on: date
    recipient_role: str
    subject: str
    text: str
    created_at: datetime
    recipient: str | None = None
    case_id: str | None = None
    root: str | None = None
    deadline_id: str | None = None
    rung: str | None = None
    mail_state: MailState = "none"
    message_id: str | None = None
    superseded_at: datetime | None = None
    mail_attempts: int = 0
    mail_error: str | None = None
    sent_at: datetime | None = None
    lease_owner: str | None = None


def add(session: Session, notice: Notice) -> bool:
    """Record a notice. False when one of its key was recorded before; that one stands."""
    return bool(add_all(session, [notice]))


def add_all(session: Session, notices: Iterable[Notice]) -> set[str]:
    """Record notices; the keys of those that are new.

    They are inserted in key order, so that two transactions with the same keys do not deadlock.
    """
    values = [_columns(notice) for notice in sorted(notices, key=_key)]
    return set(session.execute(_ADD, values).scalars()) if values else set()


def add_untold(session: Session, notices: Sequence[Notice]) -> list[Notice]:
    """Record reminders of deadlines that this transaction has locked; returns the new ones, in the order given.

    The deadlines are locked, so look up existing notices once and insert the rest in one statement. A reminder whose
    notice was superseded is given again, under a key with the next number: the due date came back.
    """
    if not notices:
        return []
    superseded: dict[str, list[bool]] = {}
    for row in session.execute(_TOLD, {"ids": sorted({notice.deadline_id or "" for notice in notices})}):
        superseded.setdefault(row.key.partition(AGAIN)[0], []).append(row.superseded_at is not None)
    untold = [
        notice if not known else replace(notice, key=f"{notice.key}{AGAIN}{len(known) + 1}")
        for notice in notices
        if all(known := superseded.get(notice.key, []))
    ]
    if untold:
        session.execute(_ADD_UNTOLD, [_columns(notice) for notice in sorted(untold, key=_key)])
    return untold


def find(
    session: Session,
    *,
    jurisdiction: str | None = None,
    kind: Kind | None = None,
    role: str | None = None,
    recipient: str | None = None,
    case_id: str | None = None,
    root: str | None = None,
    deadline_id: str | None = None,
    mail_state: MailState | None = None,
    since: date | None = None,
    until: date | None = None,
    superseded: bool | None = False,
    limit: int | None = None,
    where: ColumnElement[bool] | None = None,
) -> list[Notice]:
    """The notices that match everything given, newest first; superseded ones only when asked for (None: both).

    ``where`` is a further condition on the rows, such as what a reader may see.
    """
    equal = {
        "jurisdiction": jurisdiction, "kind": kind, "recipient": recipient,
        "case_id": case_id, "root": root, "deadline_id": deadline_id, "mail_state": mail_state,
    }  # fmt: skip
    query = select(NOTICES).where(*(NOTICES.c[name] == value for name, value in equal.items() if value is not None))
    if role is not None:
        query = query.where(("," + NOTICES.c.recipient_role + ",").contains(f",{role},"))
    if since is not None:
        query = query.where(NOTICES.c.dated_on >= since)
    if until is not None:
        query = query.where(NOTICES.c.dated_on <= until)
    if superseded is not None:
        query = query.where(NOTICES.c.superseded_at.is_not(None) if superseded else NOTICES.c.superseded_at.is_(None))
    if where is not None:
        query = query.where(where)
    newest = query.order_by(NOTICES.c.dated_on.desc(), NOTICES.c.id.desc()).limit(limit)
    return [from_row(row) for row in session.execute(newest)]


def supersede(session: Session, deadline_id: str, at: datetime, dated_after: date = date.min) -> int:
    """The deadline moved or ended: its notices no longer hold and are not mailed any more. Returns how many.

    ``dated_after`` leaves those that are dated up to that day.
    """
    values = {"of_deadline": deadline_id, "at": at, "dated_after": dated_after}
    return len(session.execute(_SUPERSEDE, values).all())


def lease_mail(
    session: Session, owner: str, now: datetime, *, for_seconds: float = 120, limit: int = 20
) -> list[Notice]:
    """Lease up to ``limit`` queued notices to this owner for ``for_seconds``.

    A task waits while an act on its inspection waits to be followed up: it may have been done by that act.
    """
    rows = leases.lease(
        session,
        NOTICES,
        (*_QUEUED, _SETTLED),
        NOTICES.c.mail_attempts,
        owner,
        now,
        for_seconds=for_seconds,
        limit=limit,
    )
    return [from_row(row) for row in rows]


def sent(session: Session, notice: Notice, at: datetime) -> bool:
    """The mail went out. False when the lease was lost, so that it may go out again under the same Message-ID."""
    return session.execute(_SENT, {"of_key": notice.key, "owner": notice.lease_owner, "at": at}).first() is not None


def mail_failed(session: Session, notice: Notice, now: datetime, error: str, *, attempts: int = 10) -> bool:
    """The mail did not go out: tried again after a while, given up after ``attempts`` tries. False: lease lost."""
    values = {
        "of_key": notice.key,
        "owner": notice.lease_owner,
        "state": "failed" if notice.mail_attempts >= attempts else "queued",
        "error": error,
        "again": leases.again_at(now, notice.mail_attempts),
    }
    return session.execute(_FAILED, values).first() is not None


def unsent(session: Session) -> int:
    """How many mails are still to go out."""
    return int(session.execute(select(func.count()).select_from(NOTICES).where(*_QUEUED)).scalar_one())


def oldest_unsent(session: Session) -> datetime | None:
    """When the oldest notice was recorded whose mail is still to go out."""
    found: datetime | None = session.execute(select(func.min(NOTICES.c.created_at)).where(*_QUEUED)).scalar()
    return found


def drop_queued_mail(session: Session) -> int:
    """Drop all queued mail. Returns the number of dropped notices that are not superseded."""
    left = session.execute(_LEAVE.values(mail_state="none", mail_error=UNMAILED, lease_owner=None)).scalars()
    return sum(superseded is None for superseded in left)


def queue_unmailed(session: Session, at: datetime) -> int:
    """Queue what was left unmailed and still holds. Returns how many."""
    values = {"mail_state": "queued", "mail_error": None, "mail_attempts": 0, "lease_until": at}
    queued = update(NOTICES).where(*_UNMAILED).values(**values).returning(NOTICES.c.key)
    return len(session.execute(queued).all())


def unmailed(session: Session) -> int:
    """How many notices that still hold were left unmailed."""
    return int(session.execute(select(func.count()).select_from(NOTICES).where(*_UNMAILED)).scalar_one())


_key = attrgetter("key")


def _columns(notice: Notice) -> dict[str, Any]:
    columns = {name: getattr(notice, name) for name in Notice.__slots__}
    columns["lease_until"] = notice.created_at
    return columns


def from_row(row: Row[Any]) -> Notice:
    """The notice of a row."""
    return Notice(**{name: row._mapping[name] for name in Notice.__slots__})
