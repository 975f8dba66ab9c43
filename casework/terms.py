"""Deadlines around an act: opened, met, and closed with their case (Tongliang art. 11, 14; Decree 733 art. 17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pydantic import BaseModel

import regulations
from calendars import Term
from casework.desk import Desk
from states.case import Case
from states.deadlines import Deadline
from states.machine import Move, procedure_of
from storage import deadlines
from storage.deadlines import Tracked


def settle_terms(desk: Desk, move: Move, form: BaseModel) -> None:
    """Meet, close and open the deadlines this act says."""
    case = move.after
    ended = not procedure_of(case).is_open(case.state)
    if move.step.stops or ended:
        for tracked in deadlines.of_case(desk.session, case.id, running=True):
            if tracked.deadline.name == move.step.stops:
                _put(desk, case, tracked, tracked.deadline.met(desk.on))
            elif ended:
                _put(desk, case, tracked, tracked.deadline.closed(desk.on))
    if move.step.opens:
        deadlines.put(desk.session, _opened(desk, move, move.step.opens, form), desk.calendar(case))


def pause(desk: Desk, case: Case, tracked: Tracked) -> None:
    """Stop a clock."""
    _put(desk, case, tracked, tracked.deadline.pause(desk.on))


def resume(desk: Desk, case: Case, tracked: Tracked) -> None:
    """Let a clock go on."""
    _put(desk, case, tracked, tracked.deadline.resume(desk.on))


def extend(desk: Desk, case: Case, tracked: Tracked, until: date) -> None:
    """Lengthen a term so that it ends on this day, or on the last working day before it."""
    if tracked.due_on is None:
        return
    more = desk.calendar(case).working_days_after(tracked.due_on, until)
    deadline = tracked.deadline
    _put(desk, case, tracked, replace(deadline, extension=deadline.extension + more))


def _put(desk: Desk, case: Case, tracked: Tracked, deadline: Deadline) -> None:
    deadlines.put(desk.session, deadline, desk.calendar(case), tracked.swept_on)


def _opened(desk: Desk, move: Move, name: str, form: BaseModel) -> Deadline:
    """The deadline an act opens: counted by the regulation's term, or until the day that was set."""
    case = move.after
    earlier = [found for found in deadlines.of_case(desk.session, case.id) if found.deadline.name == name]
    fixed = getattr(form, "due_on", None)
    term, article = (None, move.step.article) if fixed else _term(case, name)
    start = getattr(form, "bulletin_on", None) or desk.on
    return Deadline(
        case=case.id,
        name=name,
        round=len(earlier) + 1,
        jurisdiction=case.jurisdiction,
        article=article,
        start=start,
        unit=case.unit if name != "review_decision" else None,
        term=term,
        fixed=fixed,
    )


def _term(case: Case, name: str) -> tuple[Term, str]:
    found = regulations.by_key(case.regulation).term(name)
    return Term(found.length, found.unit, found.rollover, found.article), found.article
