"""Taking in a holiday notice: read, checked, shown with what it moves, accepted in one step (rule 4).

Accepting one projects every running deadline again by an act of its own: each that moves says from when to when and
by which document; met and closed ones stay, and what was told about a date that no longer holds is superseded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

import calendars
import regulations
from calendars import Notice
from calendars.acceptance import Difference, difference
from calendars.checks import check
from calendars.intake import decoded, read
from calendars.reading import Problem
from casework.clock import Clock
from casework.consequences import CONSEQUENCES
from casework.desk import Desk, sit
from casework.errors import NotPermitted
from casework.performing import Performance
from states.case import Actor, Case, Role
from states.forms.rectifying import Recalculate
from storage import accounts, almanac, cases, deadlines, notices
from storage.deadlines import Tracked
from storage.engine import Session


@dataclass(frozen=True, slots=True)
class Shift:
    """A running deadline that a notice moves. The dates are the earliest and latest possible before and after."""

    case: Case
    before: Tracked
    after: Tracked


@dataclass(frozen=True, slots=True)
class Proposal:
    """What taking in a notice would come to. ``problems`` forbid it; ``difference`` is None when there are any."""

    notice: Notice
    text: str
    problems: tuple[Problem, ...]
    difference: Difference | None
    shifts: tuple[Shift, ...]

    @property
    def known(self) -> bool:
        """Whether the notice was taken in before, so that nothing changes."""
        return self.difference is not None and self.difference.known


def propose(session: Session, data: bytes) -> Proposal:
    """Read a notice, check it, and say which days and which running deadlines it would move. Changes nothing.

    Raises calendars.CalendarRefused for what is no notice, contradicts a known one, or comes out of turn.
    """
    reading = read(data)
    problems = tuple(check(reading))
    if problems:
        return Proposal(reading.notice, decoded(data), problems, None, ())
    laid = difference(almanac.calendar(session), reading.notice)
    shifts = () if laid.known else tuple(_shifts(session, reading.notice))
    return Proposal(reading.notice, decoded(data), (), laid, shifts)


def accept(session: Session, clock: Clock, actor: str, proposal: Proposal) -> list[Shift]:
    """Take the notice in and project every running deadline again, in one transaction; says those that moved.

    Only a coordinator may. Raises NotPermitted, and ValueError for a proposal with problems or one already known.
    """
    desk = sit(session, clock, actor)
    if not desk.acting().holds(Role.COORDINATOR):
        raise NotPermitted("coordinator_only", name=actor)
    if proposal.problems or proposal.difference is None or proposal.known:
        raise ValueError("there is nothing to accept")
    notice = proposal.notice
    text = proposal.text
    digest = sha256(text.encode()).hexdigest()
    shifts = list(_shifts(session, notice))
    almanac.add(session, almanac.Accepted(notice.document, notice.year, text, digest, desk.now, actor))
    moved = {shift.before.deadline.id: shift for shift in shifts}
    for tracked in deadlines.running(session):
        owner = cases.load(session, tracked.deadline.case)
        assert owner is not None
        if tracked.deadline.id in moved:
            _recalculate(desk, moved[tracked.deadline.id], notice)
        deadlines.put(session, tracked.deadline, almanac.calendar(session, owner.region), tracked.swept_on)
    return shifts


def _shifts(session: Session, notice: Notice) -> Iterator[Shift]:
    """The running deadlines whose earliest or latest date changes, or that become final."""
    known = almanac.taken_in(session)
    running = deadlines.running(session)
    owners = cases.load_many(session, [tracked.deadline.case for tracked in running])
    for tracked in running:
        owner = owners[tracked.deadline.case]
        after = deadlines.track(
            tracked.deadline, calendars.load(owner.region, accepted=(*known, notice)), tracked.swept_on
        )
        if (after.due_on, after.latest_on, after.due_status) != (tracked.due_on, tracked.latest_on, tracked.due_status):
            yield Shift(owner, tracked, after)


def _recalculate(desk: Desk, shift: Shift, notice: Notice) -> None:
    """Journal the move on its case, and let notices about the old date stand no longer."""
    clerk = replace(desk, actor=_clerk(desk, shift.case))
    form = Recalculate(
        note=notice.document,
        deadline=shift.before.deadline.id,
        was=shift.before.due_on,
        becomes=shift.after.due_on,
        latest=shift.after.latest_on,
        accepted_by=desk.acting().name,
    )
    Performance(clerk, CONSEQUENCES, depth=1).act(shift.case.id, "recalculate", form)
    if shift.after.due_on != shift.before.due_on or shift.after.latest_on != shift.before.latest_on:
        notices.supersede(desk.session, shift.before.deadline.id, desk.now)


def _clerk(desk: Desk, case: Case) -> Actor:
    """Whoever accepts, or for another jurisdiction its own service account: each office answers for its cases."""
    actor = desk.acting()
    if actor.jurisdiction == case.jurisdiction:
        return actor
    automation = [one.name for one in regulations.jurisdiction(case.jurisdiction).seed_accounts if one.automation]
    found = accounts.load(desk.session, automation[0]) if automation else None
    if found is None:
        raise NotPermitted("no_service_account", jurisdiction=case.jurisdiction)
    return found
