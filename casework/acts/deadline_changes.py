"""Deadlines around an act: opened, met, and closed with their case.

Where a due date moves, the notices about the old one stand no longer; those about the new one follow in their turn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from pydantic import BaseModel

import regulations
from calendars import Term
from casework.acts.request_context import RequestContext
from states.engine.case import Case
from states.engine.deadlines import Deadline
from states.engine.evaluate import Move
from states.packs import procedure_of
from storage.cases import deadlines
from storage.cases.deadlines import Tracked
from storage.messages import notices


def settle_terms(desk: RequestContext, move: Move, form: BaseModel) -> None:
    """Meet, close and open the deadlines this act says."""
    case = move.after
    ended = not procedure_of(case).is_open(case.state)
    if not (move.step.meets_term or move.step.starts_term or ended):
        return
    # A case that is opened has none yet.
    known = deadlines.of_case(desk.session, case.id) if move.before.version else []
    running = [tracked for tracked in known if tracked.deadline.running]
    for tracked in running:
        if tracked.deadline.name == move.step.meets_term:
            _put(desk, case, tracked, tracked.deadline.met(desk.on))
        elif ended:
            _put(desk, case, tracked, tracked.deadline.closed(desk.on))
        elif tracked.deadline.name == move.step.starts_term:
            _replace(desk, case, tracked)
    if move.step.starts_term:
        rounds = [tracked for tracked in known if tracked.deadline.name == move.step.starts_term]
        opened = _opened(desk, move, move.step.starts_term, form, len(rounds) + 1)
        if desk.inspection(case).suspended:
            opened = opened.pause(desk.on)
        deadlines.put(desk.session, opened, desk.calendar(case))


def _replace(desk: RequestContext, case: Case, tracked: Tracked) -> None:
    """A term that is set anew takes the place of the one that still runs."""
    _put(desk, case, tracked, tracked.deadline.closed(desk.on))
    notices.supersede(desk.session, tracked.deadline.id, desk.now)


def pause_all(desk: RequestContext, family: Iterable[Case]) -> None:
    """Stop every clock that runs; what was told about the due dates holds until they move."""
    for case, tracked in _running(desk, family):
        _put(desk, case, tracked, tracked.deadline.pause(_from_its_start(desk, tracked)))


def resume_all(desk: RequestContext, family: Iterable[Case]) -> None:
    """Let every clock go on that stands still; the due dates move by as much."""
    for case, tracked in _running(desk, family):
        if not tracked.deadline.paused:
            continue
        resumed = tracked.deadline.resume(_from_its_start(desk, tracked))
        calendar = desk.calendar(case)
        was, now = _unpaused(tracked.deadline).due(calendar), resumed.due(calendar)
        _put(desk, case, tracked, resumed)
        if was is None or now is None or (was.earliest, was.latest) != (now.earliest, now.latest):
            notices.supersede(desk.session, resumed.id, desk.now)


def extend(desk: RequestContext, case: Case, tracked: Tracked, until: date) -> None:
    """Lengthen a term so that it ends on this day, or on the last working day before it; never shorten it.

    A term that was suspended meanwhile may end later than what was asked for: then it stays as it is.
    """
    if tracked.due_on is None:
        return
    more = desk.calendar(case).working_days_after(tracked.due_on, until)
    if more > 0:
        deadline = tracked.deadline
        _put(desk, case, tracked, replace(deadline, extension=deadline.extension + more))
        notices.supersede(desk.session, deadline.id, desk.now)


def _running(desk: RequestContext, family: Iterable[Case]) -> list[tuple[Case, Tracked]]:
    """The running deadlines of these cases, in the order in which a sweep locks them."""
    found = [(case, one) for case in family for one in deadlines.of_case(desk.session, case.id, running=True)]
    return sorted(found, key=lambda pair: pair[1].deadline.id)


def _from_its_start(desk: RequestContext, tracked: Tracked) -> date:
    """The day, or the first of the term where a suspension is dated before it."""
    return max(desk.on, tracked.deadline.start)


def _unpaused(deadline: Deadline) -> Deadline:
    return replace(deadline, pauses=tuple(pause for pause in deadline.pauses if pause.until is not None))


def _put(desk: RequestContext, case: Case, tracked: Tracked, deadline: Deadline) -> None:
    deadlines.put(desk.session, deadline, desk.calendar(case), tracked.swept_on)


def _opened(desk: RequestContext, move: Move, name: str, form: BaseModel, round: int) -> Deadline:
    """The deadline an act opens: counted by the regulation's term, or until the day that was set."""
    case = move.after
    fixed = getattr(form, "due_on", None)
    term, article = (None, move.article) if fixed else _term(case, name)
    start = getattr(form, "bulletin_on", None) or desk.on
    return Deadline(
        case=case.id,
        name=name,
        round=round,
        jurisdiction=case.jurisdiction,
        article=article,
        start=start,
        unit=None if move.step.term_owed_by_office else case.unit,
        term=term,
        fixed=fixed,
    )


def _term(case: Case, name: str) -> tuple[Term, str]:
    found = regulations.by_key(case.regulation).term(name)
    return Term(found.length, found.unit, found.rollover, found.article), found.article
