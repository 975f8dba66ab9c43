"""Nights that a wrong clock swept ahead of their day: what they told is withdrawn on record, and they are swept again.

While a clock is ahead, a sweep takes the nights up to its day for missed ones and tells what was not yet due. Once the
clock is right again those reminders are superseded, their recipients get a message that they are withdrawn, and the
deadlines are due for reminders as if those nights had not been swept.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

import messages
import telemetry
from casework.clock import SHANGHAI, Clock, today
from casework.errors import UpkeepFailed
from regulations import Jurisdiction
from storage.calendar import holiday_notices, sweep_nights
from storage.cases import deadlines
from storage.cases.headings import headings
from storage.engine import Database, Session
from storage.journal import journal
from storage.messages import future_reminders, notices
from storage.messages.notices import Notice

TOLERANCE: Final = timedelta(hours=1)
"""How far the last entry of the journal may lie ahead of the clock, as when two machines differ."""


def withdraw(database: Database, clock: Clock, home: Jurisdiction, *, confirmed: bool = False) -> list[Notice]:
    """Withdraw what was told of nights that lie ahead; returns the messages about it, none where there are none.

    Raises UpkeepFailed where acts are recorded after this moment, or those nights were swept on several days, unless it
    is ``confirmed`` that the clock is right: then it is rather the clock that is behind.
    """
    with database.reading() as session:
        if not _has_future(session, home.code, today(clock)):
            return []
        last = journal.last_recorded_at(session)
        days = sweep_nights.days_of_sweeping(session, home.code, today(clock))
    last = max((moment for moment in (last, *days[1:]) if moment is not None), default=None)
    if last is not None and last > clock.now() + TOLERANCE and not confirmed:
        now = clock.now().astimezone(SHANGHAI)
        raise UpkeepFailed("sweep_clock_behind", now=_minute(now), last=_minute(last.astimezone(SHANGHAI)))
    with database.writing() as session:
        messages_about = _withdraw(session, home.code, today(clock), clock.now())
    telemetry.emit("sweep", "warning", result="retracted", issued=len(messages_about), jurisdiction=home.code)
    return messages_about


def _has_future(session: Session, jurisdiction: str, day: date) -> bool:
    last = sweep_nights.last(session, jurisdiction)
    return (last is not None and last > day) or future_reminders.has_dated_after(session, jurisdiction, day)


def _withdraw(session: Session, jurisdiction: str, day: date, now: datetime) -> list[Notice]:
    ahead = deadlines.swept_after(session, jurisdiction, day)
    owners = headings(session, [tracked.deadline.case for tracked in ahead])
    for tracked in ahead:
        calendar = holiday_notices.calendar(session, owners[tracked.deadline.case].region)
        deadlines.put(session, tracked.deadline, calendar, day)
    withdrawn = future_reminders.supersede_dated_after(session, jurisdiction, day, now)
    sweep_nights.forget_after(session, jurisdiction, day)
    about = [_message(notice, day, now) for notice in withdrawn]
    notices.add_all(session, about)
    return about


def _message(notice: Notice, day: date, now: datetime) -> Notice:
    """The message to the recipients of a reminder that it is withdrawn; mailed where the reminder was."""
    params = {"case": notice.case_id, "dated_on": notice.dated_on, "subject": notice.subject}
    return Notice(
        key=f"{notice.key}:withdrawn:{now.isoformat()}",
        jurisdiction=notice.jurisdiction,
        kind="retraction",
        dated_on=day,
        recipient_role=notice.recipient_role,
        recipient=notice.recipient,
        subject=messages.text("notice.withdrawn_subject", "zh", **params),
        text=messages.text("notice.withdrawn", "zh", **params),
        created_at=now,
        case_id=notice.case_id,
        root=notice.root,
        mail_state="queued" if notice.sent_at is not None else "none",
    )


def _minute(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M")
