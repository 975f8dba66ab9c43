"""Deadlines around a correction: a term whose first or last day was corrected is counted anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pydantic import BaseModel

from casework.acts.deadline_changes import put_moved
from casework.acts.request_context import RequestContext
from casework.citations import act_name
from states.engine.corrections import Correction, corrected_document, last_change
from states.engine.deadlines import Deadline
from states.engine.evaluate import Move
from states.packs import procedure_of
from storage.cases import deadlines


def correct_deadlines(desk: RequestContext, move: Move, form: BaseModel) -> None:
    """Count the terms anew that began or ended on the day that was corrected, whether they run or have ended."""
    if not isinstance(form, Correction):
        return
    case, procedure = move.after, procedure_of(move.after)
    found = corrected_document(case, procedure, form)
    if found is None or found.step.starts_term is None:
        return
    was, value = last_change(case)
    for tracked in deadlines.of_case(desk.session, case.id):
        deadline = _corrected(tracked.deadline, form.field, was, value)
        if deadline.name != found.step.starts_term or deadline == tracked.deadline:
            continue
        if deadline.running:
            put_moved(desk, case, tracked, deadline, act_name(move.step.act, case.procedure, "zh"))
        else:
            deadlines.put(desk.session, deadline, desk.calendar(case), tracked.swept_on)


def _corrected(deadline: Deadline, field: str, was: str | None, value: str) -> Deadline:
    """The deadline with the corrected day, where it is the one that the act set."""
    if field == "due_on" and deadline.fixed is not None and deadline.fixed.isoformat() == was:
        return replace(deadline, fixed=date.fromisoformat(value))
    if field == "bulletin_on" and deadline.fixed is None and deadline.start.isoformat() == was:
        return replace(deadline, start=date.fromisoformat(value))
    return deadline
