"""Guards of complaints: what they are taken up in."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from states.engine.case import Case, Role
from states.engine.consulted_cases import compares_days
from states.engine.context import Context
from states.engine.frequency import normalised_topic
from states.engine.refusals import Refusal, refusal
from states.engine.roster_checks import not_on_the_roster
from states.engine.table import on_form
from states.matters.forms.complaint import ReceiveComplaint, TakeUpComplaint

SPECIAL = "special"
"""The kind of inspection that has a problem."""


class _Application(BaseModel):
    """What the application of an inspection says of its problem."""

    problem: str | None = None


def problem_of(complaint: Case) -> str:
    """The problem that a complaint is about."""
    received = complaint.read("complaint", ReceiveComplaint)
    return received.problem if received else ""


@on_form
@compares_days
def named_inspection_has_the_problem(case: Case, context: Context) -> Iterator[Refusal]:
    """The inspection that is named is a special one that goes on, with the complaint's problem in its application."""
    named = context.filled(TakeUpComplaint).inspection
    if named is None:
        return
    found = context.facts.case(named)
    if found is None or found.kind != SPECIAL or found.jurisdiction != case.jurisdiction:
        yield refusal("no_special_inspection", Role.COORDINATOR, named=named)
        return
    if not context.pack.procedures[found.procedure].is_open(found.state):
        yield refusal("case_ended", Role.COORDINATOR, case=found.id, state=found.state)
    application = found.read("application", _Application)
    said = application.problem if application else None
    if normalised_topic(said or "") != normalised_topic(problem_of(case)):
        yield refusal("problem_differs", Role.COORDINATOR, named=found.id, said=said or "—", problem=problem_of(case))


@on_form
def new_inspection_has_targets(case: Case, context: Context) -> Iterator[Refusal]:
    """An inspection that is opened for the complaint has targets: those named, or the unit complained of."""
    form = context.filled(TakeUpComplaint)
    if form.inspection is not None:
        return
    targets = form.targets or ((case.unit,) if case.unit else ())
    if not targets:
        yield refusal("target_missing", Role.COORDINATOR)
    for code in form.targets:
        yield from not_on_the_roster(code, Role.COORDINATOR, context)


def inspections_have_special_ones(case: Case, context: Context) -> Iterator[Refusal]:
    """The regulation of the complaint knows special inspections."""
    if SPECIAL not in {kind.code for kind in context.regulation.kinds}:
        yield refusal("no_special_kind", Role.COORDINATOR, title=context.regulation.named())
