"""Withdraw a holiday notice that was taken in: on record, and its deadlines move again (rules 4, 10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import calendars
import messages
from access.policy import Read
from access.reader import Reader
from access.visible_cases import visible_cases
from calendars import CalendarRefused, Notice
from calendars.bundled_notices import bundled_notices
from casework.administration.holiday_notices import Shift, coordinator_of_notices, settle_all
from casework.clock import Clock
from casework.errors import NotFound
from messages.answers import RefusalView
from messages.errors import DuchaError, Outcome
from states.engine.forms.text_content import says_nothing
from storage.calendar import holiday_notices
from storage.calendar.holiday_notices import Accepted
from storage.cases import cases, deadlines
from storage.engine import Session


class WithdrawalRefused(DuchaError):
    """A notice was not withdrawn; ``refusals`` lists every unmet condition."""

    area = "calendar"
    outcome = Outcome.REFUSED
    heading = "withdrawal_refused"

    def __init__(self, refusals: tuple[CalendarRefused, ...]) -> None:
        super().__init__("withdrawal_refused")
        self.refusals = refusals

    @property
    def fact(self) -> str:
        """The facts of all refusals."""
        return " ".join(one.fact for one in self.refusals)

    def refusal_views(self) -> tuple[RefusalView, ...]:
        """Every unmet condition."""
        return tuple(view for one in self.refusals for view in one.refusal_views())


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What withdrawing a notice changes, or changed."""

    notice: Accepted
    shifts: tuple[Shift, ...]


def propose_withdrawal(session: Session, reader: Reader, document: str, reason: str) -> Withdrawal:
    """Which of the reader's running deadlines would move if this notice were withdrawn. Changes nothing.

    Raises NotFound for a notice that was not taken in, and WithdrawalRefused.
    """
    notice = _withdrawable(session, document, reason)
    return Withdrawal(notice, tuple(_shifts(session, reader, notice)))


def withdraw(
    session: Session, clock: Clock, actor: str, document: str, reason: str, *, jurisdiction: str | None = None
) -> Withdrawal:
    """Withdraw the notice and recompute every running deadline, in one transaction.

    Only a coordinator may. Raises NotPermitted, and as ``propose_withdrawal``.
    """
    request = coordinator_of_notices(session, clock, actor, jurisdiction)
    notice = _withdrawable(session, document, reason)
    running = deadlines.running(session)
    holiday_notices.withdraw(session, notice, request.now, request.acting().name, reason)
    what = messages.text("notice.moved_by_withdrawal", "zh", document=document, reason=reason)
    return Withdrawal(notice, tuple(settle_all(request, running, what, what)))


def _withdrawable(session: Session, document: str, reason: str) -> Accepted:
    found = holiday_notices.find(session, document)
    if found is None:
        if document in {notice.document for notice in bundled_notices()}:
            raise WithdrawalRefused((CalendarRefused("notice_carried", document=document),))
        listed = "、".join(one.document for one in holiday_notices.accepted(session)) or "—"
        raise NotFound("notice_not_taken_in", document=document, known=listed)
    refused = []
    known = holiday_notices.accepted_notices(session)
    meant = next(notice for notice in known if notice.document == document)
    if resting := [notice.document for notice in known if _rests_on(notice, meant)]:
        refused.append(CalendarRefused("notice_needed", document=document, others="、".join(resting)))
    if says_nothing(reason):
        refused.append(CalendarRefused("withdrawal_unexplained"))
    if refused:
        raise WithdrawalRefused(tuple(refused))
    return found


def _rests_on(notice: Notice, earlier: Notice) -> bool:
    """Whether a notice amends the year of an annual one, or arranges a later year."""
    return notice is not earlier and earlier.standing == "annual" and notice.year >= earlier.year


def _shifts(session: Session, reader: Reader, withdrawn: Accepted) -> Iterator[Shift]:
    reader.note(Read.OVERDUE)
    left = tuple(one for one in holiday_notices.accepted_notices(session) if one.document != withdrawn.document)
    running = deadlines.running(session, of_cases=visible_cases(reader, Read.OVERDUE))
    owners = cases.load_many(session, [tracked.deadline.case for tracked in running])
    for tracked in running:
        owner = owners[tracked.deadline.case]
        calendar = calendars.load(owner.region, accepted=left)
        shift = Shift(owner, tracked, deadlines.track(tracked.deadline, calendar, tracked.swept_on))
        if shift.changes:
            yield shift
