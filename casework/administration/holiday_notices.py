"""Accept a State Council holiday notice: parse it, check it, show which deadlines it moves, accept it (rule 4).

Accepting a notice recomputes every running deadline. Each one that changes gets an act with its old and new due date
and the document; met and closed deadlines stay, and messages about a date that no longer holds are superseded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

import calendars
import messages
from access.policy import Read
from access.reader import Reader
from access.visible_cases import visible_cases
from calendars import Notice
from calendars.acceptance import Difference, difference
from calendars.holiday_text.checks import check
from calendars.holiday_text.intake import decoded, read
from calendars.holiday_text.reading import Problem
from casework.acts import deadline_changes
from casework.acts.act_transaction import ActTransaction
from casework.acts.request_context import RequestContext, open_context
from casework.clock import Clock
from casework.errors import NotPermitted
from casework.packs import consequences_for
from regulations import office_name
from states.engine.case import Actor, Case, Role
from states.engine.forms.base import Recalculate
from states.packs import procedure_of
from storage.calendar import holiday_notices
from storage.cases import cases, deadlines
from storage.cases.deadlines import Tracked
from storage.engine import Session
from storage.errors import Overtaken
from storage.people import accounts


@dataclass(frozen=True, slots=True)
class Shift:
    """A running deadline that a notice moves or makes final, before and after the notice."""

    case: Case
    before: Tracked
    after: Tracked

    @property
    def moves(self) -> bool:
        """Whether a due date changes."""
        return (self.before.due_on, self.before.latest_on) != (self.after.due_on, self.after.latest_on)

    @property
    def changes(self) -> bool:
        """Whether it moves or becomes final."""
        return self.moves or self.before.due_status != self.after.due_status


@dataclass(frozen=True, slots=True)
class Proposal:
    """What accepting a notice would change. With ``problems`` it cannot be accepted, and ``difference`` is None."""

    notice: Notice
    text: str
    problems: tuple[Problem, ...]
    difference: Difference | None
    shifts: tuple[Shift, ...]

    @property
    def known(self) -> bool:
        """Whether the notice was accepted before, so that nothing changes."""
        return self.difference is not None and self.difference.known


def propose(session: Session, reader: Reader, data: bytes) -> Proposal:
    """Parse and check a notice, and report which days and which of the reader's running deadlines it would move.

    Changes nothing. Raises calendars.CalendarRefused for a text that is not a notice, contradicts a known notice, or is
    out of order.
    """
    reading = read(data)
    problems = tuple(check(reading))
    if problems:
        return Proposal(reading.notice, decoded(data), problems, None, ())
    laid = difference(holiday_notices.calendar(session), reading.notice)
    shifts = () if laid.known else tuple(_shifts(session, reader, reading.notice))
    return Proposal(reading.notice, decoded(data), (), laid, shifts)


def accept(
    session: Session, clock: Clock, actor: str, proposal: Proposal, *, jurisdiction: str | None = None
) -> list[Shift]:
    """Accept the notice and recompute every running deadline, in one transaction; returns those that changed.

    Only a coordinator may; ``jurisdiction`` is the coordinator's. Raises NotPermitted,
    regulations.UnknownJurisdiction, Overtaken where somebody else accepts it at this moment, and ValueError for a
    proposal with problems or one already known.
    """
    request = coordinator_of_notices(session, clock, actor, jurisdiction)
    if proposal.problems or proposal.difference is None or proposal.known:
        raise ValueError("there is nothing to accept")
    notice = proposal.notice
    text = proposal.text
    digest = sha256(text.encode()).hexdigest()
    running = deadlines.running(session)
    by = request.acting().name
    if proposal.difference.completes is not None:
        incomplete = holiday_notices.find(session, proposal.difference.completes.document)
        assert incomplete is not None, "what is completed was taken in, for what is carried has its number"
        why = messages.text("notice.completed_holiday_notice", "zh", document=notice.document)
        holiday_notices.withdraw(session, incomplete, request.now, by, why)
    accepted = holiday_notices.Accepted(notice.document, notice.year, text, digest, request.now, by)
    if not holiday_notices.add(session, accepted):
        raise Overtaken(notice.document)
    what = messages.text("notice.moved_by_holiday_notice", "zh", year=notice.year, document=notice.document)
    return settle_all(request, running, notice.document, what)


def settle_all(request: RequestContext, running: list[Tracked], note: str, what: str) -> list[Shift]:
    """Recompute running deadlines by the current calendar; returns those that changed. ``what`` is the reason told."""
    settled = [_settle(request, note, what, tracked.deadline.case, tracked.deadline.id) for tracked in running]
    return [shift for shift in settled if shift is not None]


def coordinator_of_notices(session: Session, clock: Clock, actor: str, jurisdiction: str | None) -> RequestContext:
    request = open_context(session, clock, actor, jurisdiction=jurisdiction)
    if not request.acting_for(jurisdiction).holds(Role.COORDINATOR):
        raise NotPermitted(
            "coordinator_only",
            name=request.acting().name,
            coordinator=office_name(Role.COORDINATOR, request.jurisdiction()),
        )
    return request


def _shifts(session: Session, reader: Reader, notice: Notice) -> Iterator[Shift]:
    """The running deadlines that would change, of the cases that the reader sees."""
    reader.note(Read.OVERDUE)
    known = holiday_notices.accepted_notices(session)
    running = deadlines.running(session, of_cases=visible_cases(reader, Read.OVERDUE))
    owners = cases.load_many(session, [tracked.deadline.case for tracked in running])
    for tracked in running:
        owner = owners[tracked.deadline.case]
        calendar = calendars.load(owner.region, accepted=(*known, notice))
        shift = Shift(owner, tracked, deadlines.track(tracked.deadline, calendar, tracked.swept_on))
        if shift.changes:
            yield shift


def _settle(request: RequestContext, note: str, what: str, case_id: str, deadline_id: str) -> Shift | None:
    """Recompute one deadline and journal the change; None when it was met or closed before we had the lock."""
    transaction = ActTransaction(request, consequences_for, depth=1)
    transaction.keep_family(case_id)
    case, tracked = transaction.keep(case_id).case, deadlines.load(request.session, deadline_id)
    if tracked is None or not tracked.deadline.running:
        return None
    after = deadline_changes.put_moved(request, case, tracked, tracked.deadline, what)
    shift = Shift(case, tracked, after)
    if not shift.changes:
        return None
    form = Recalculate(
        note=note,
        deadline=deadline_id,
        was=tracked.due_on,
        becomes=shift.after.due_on,
        latest=shift.after.latest_on,
        accepted_by=request.acting().name,
    )
    act = procedure_of(case).act_with(Recalculate)
    assert act is not None, f"{case.procedure} has deadlines and no act that moves them"
    replace(transaction, desk=replace(request, actor=_acting_account(request, case))).act(case_id, act, form)
    return shift


def _acting_account(request: RequestContext, case: Case) -> Actor:
    """The account that accepts, or the service account of another jurisdiction: each office acts on its own cases."""
    actor = request.acting()
    if actor.jurisdiction == case.jurisdiction:
        return actor
    found = accounts.load(request.session, case.jurisdiction, request.jurisdiction(case).service_account)
    if found is None:
        raise NotPermitted("no_service_account", jurisdiction=case.jurisdiction)
    return found
