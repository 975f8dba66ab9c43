"""Deadlines around an act: opened, met, and closed with their case.

Where a due date moves, who is bound and the office are told; notices about the old date stand no longer, and what is
due already under the new one follows at the next sweep (rule 11 of docs/rules.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from pydantic import BaseModel

import regulations
from calendars import Term
from casework.acts.moved_deadlines import has_moved, message_about_move
from casework.acts.request_context import RequestContext
from casework.citations import act_name
from states.engine.case import Case
from states.engine.deadlines import Deadline
from states.engine.evaluate import Move
from states.packs import pack_of, procedure_of
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
            _put(desk, case, tracked, tracked.deadline.met(desk.on, desk.today))
            notices.supersede(desk.session, tracked.deadline.id, desk.now, dated_after=desk.on)
        elif ended:
            _put(desk, case, tracked, tracked.deadline.closed(desk.on, desk.today))
        elif tracked.deadline.name == move.step.starts_term:
            _close_replaced(desk, case, tracked)
    if move.step.starts_term:
        rounds = [tracked for tracked in known if tracked.deadline.name == move.step.starts_term]
        opened = _opened(desk, move, move.step.starts_term, form, len(rounds) + 1)
        if desk.inspection(case).suspended or case.suspended:
            opened = opened.pause(desk.on)
        after = deadlines.put(desk.session, opened, desk.calendar(case))
        for replaced in (tracked for tracked in running if tracked.deadline.name == opened.name):
            if has_moved(replaced, after):
                why = act_name(move.step.act, case.procedure, "zh")
                notices.add(desk.session, message_about_move(desk, case, replaced, after, why))


def _close_replaced(desk: RequestContext, case: Case, tracked: Tracked) -> None:
    """A term that is set anew takes the place of the one that still runs, which ends unmet: late stays late."""
    _put(desk, case, tracked, tracked.deadline.closed(desk.on, desk.today))
    notices.supersede(desk.session, tracked.deadline.id, desk.now)


def pause_all(desk: RequestContext, family: Iterable[Case]) -> None:
    """Pause every running deadline; reminders already sent stay valid until the due dates move.

    A clock that had run out when the suspension was recorded stops on that day: late stays late (house rule).
    """
    for case, tracked in _running(desk, family):
        ran_out = tracked.latest_on is not None and tracked.latest_on < desk.today
        since = desk.today if ran_out else _from_its_start(desk, tracked)
        _put(desk, case, tracked, tracked.deadline.pause(since))


def resume_all(desk: RequestContext, family: Iterable[Case], act: str) -> None:
    """Let every clock go on that stands still; the due dates move by as much. ``act`` is the one that does it."""
    for case, tracked in _running(desk, family):
        if not tracked.deadline.paused:
            continue
        since = max(pause.since for pause in tracked.deadline.pauses)
        resumed = tracked.deadline.resume(max(since, desk.on))
        before = deadlines.track(_unpaused(tracked.deadline), desk.calendar(case), tracked.swept_on)
        put_moved(desk, case, before, resumed, act_name(act, case.procedure, "zh"))


def extend(desk: RequestContext, case: Case, tracked: Tracked, until: date, act: str) -> None:
    """Lengthen a term so that it ends on this day, or on the last working day before it; never shorten it.

    A term that was suspended meanwhile may end later than what was asked for: then it stays as it is.
    """
    if tracked.due_on is None:
        return
    more = desk.calendar(case).working_days_after(tracked.due_on, until)
    if more > 0:
        put_moved(desk, case, tracked, tracked.deadline.extended(desk.on, more), act_name(act, case.procedure, "zh"))


def put_moved(desk: RequestContext, case: Case, before: Tracked, deadline: Deadline, why: str) -> Tracked:
    """Store a deadline that was changed; where its due date moved, tell it and let its reminders begin anew.

    ``why`` says in Chinese what moved it.
    """
    after = deadlines.track(deadline, desk.calendar(case), before.swept_on)
    if not has_moved(before, after):
        return deadlines.put(desk.session, deadline, desk.calendar(case), before.swept_on)
    notices.supersede(desk.session, deadline.id, desk.now)
    if after.due_on is not None:
        notices.add(desk.session, message_about_move(desk, case, before, after, why))
    return deadlines.put(desk.session, deadline, desk.calendar(case), not_before=desk.today)


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
    """The deadline an act opens: counted by the regulation's term, or until the day that the form or the
    regulation sets."""
    case = move.after
    fixed, article, term = getattr(form, "due_on", None), move.article, None
    if fixed is None and (set_day := pack_of(case.regulation).set_day(case, name)):
        fixed, article = set_day.day, set_day.article
    elif fixed is None:
        term, article = _term(case, name)
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
