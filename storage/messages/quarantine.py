"""What a restored database would do again, held back until somebody has looked: follow-ups and e-mails.

A backup remembers as waiting what was followed up and mailed after it was made. Whatever waits is therefore marked, in
the transaction that makes the restored database usable.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, update

from storage.engine import Session
from storage.messages.notices import NOTICES
from storage.messages.outbox import OUTBOX

MARK: Final = "quarantined"
"""What ``last_error`` and ``mail_error`` say of what is held back."""

_ACTS = OUTBOX.c.last_error == MARK
_MAILS = NOTICES.c.mail_error == MARK


@dataclass(frozen=True, slots=True)
class HeldBack:
    """How many acts are not followed up, and how many e-mails not sent."""

    acts: int
    mails: int


def hold_back(session: Session, at: datetime) -> HeldBack:
    """Let nothing that waits go out. Returns what was held back now."""
    acts = update(OUTBOX).where(OUTBOX.c.done_at.is_(None)).values(done_at=at, last_error=MARK, lease_owner=None)
    queued = NOTICES.c.mail_state == "queued"
    mails = update(NOTICES).where(queued).values(mail_state="none", mail_error=MARK, lease_owner=None)
    return HeldBack(
        len(session.execute(acts.returning(OUTBOX.c.id)).all()),
        len(session.execute(mails.returning(NOTICES.c.id)).all()),
    )


def held_back(session: Session) -> HeldBack:
    """What is held back."""
    acts = select(func.count()).select_from(OUTBOX).where(_ACTS)
    mails = select(func.count()).select_from(NOTICES).where(_MAILS)
    return HeldBack(int(session.execute(acts).scalar_one()), int(session.execute(mails).scalar_one()))


def let_go(session: Session, at: datetime, *, mails: bool) -> HeldBack:
    """Follow the acts up after all; send the e-mails only when asked to, otherwise they stay unsent for good."""
    acts = update(OUTBOX).where(_ACTS).values(done_at=None, last_error=None, lease_until=at)
    state = {"mail_state": "queued", "lease_until": at} if mails else {}
    unmarked = update(NOTICES).where(_MAILS).values(mail_error=None, **state)
    return HeldBack(
        len(session.execute(acts.returning(OUTBOX.c.id)).all()),
        len(session.execute(unmarked.returning(NOTICES.c.id)).all()),
    )
