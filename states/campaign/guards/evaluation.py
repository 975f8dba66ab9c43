"""The evaluation of units: self-check, check, veto, final assessment; and what a campaign waits for at its end."""

from __future__ import annotations

from collections.abc import Iterator

from states.campaign import dossier
from states.campaign.forms.parts import AskDutyException, VetoUnit
from states.engine.case import Case, Role
from states.engine.consulted_cases import compares_days
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form

DONE = frozenset({"confirmed", "unfinished", "met", "waived", "settled", "granted", "refused", "withdrawn", "lapsed"})
"""The states in which the parts of a campaign have ended."""
UNFINISHED = "unfinished"
MOST_SHOWN = 10
IN_PRINCIPLE = "原则上"
"""The words of a rule from which an exception may be asked for."""


def self_check_is_in_or_overdue(case: Case, context: Context) -> Iterator[Refusal]:
    """A unit is checked once it has checked itself, or its time for that is over."""
    if case.has("self_check"):
        return
    for deadline in context.facts.deadlines(case.id):
        due = deadline.due(context.calendar)
        if due is not None and due.latest is not None and context.on <= due.latest:
            yield refusal("self_check_awaited", Role.TARGET_OFFICER, unit=context.named(case.unit), due=due.latest)


@on_form
def all_three_conditions_hold(case: Case, context: Context) -> Iterator[Refusal]:
    """The veto needs a task of the unit that is on record as not finished in time; the form gives the other two."""
    for duty_id in context.filled(VetoUnit).unfinished:
        duty = context.facts.case(duty_id)
        ours = duty is not None and duty.family == case.family and dossier.order(duty) is not None
        if duty is None or not ours or case.unit not in duty.targets:
            yield refusal("not_a_task_of_the_unit", Role.AUTHORITY, case=duty_id, unit=context.named(case.unit))
        elif duty.state != UNFINISHED:
            yield refusal("finished_in_time", Role.AUTHORITY, case=duty_id, state=duty.state)


def settler_is_a_second_person(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody settles what they found at the unit themselves."""
    if context.actor is not None and context.actor.name in case.actors("check_unit"):
        yield refusal("own_check", Role.COORDINATOR, Role.RESPONSIBLE_LEADER, name=context.actor.name)


@compares_days
def reviewer_is_named(case: Case, context: Context) -> Iterator[Refusal]:
    """Who checks a unit without being of the office was named for it at the launch."""
    actor, named = context.actor, dossier.reviewers(context.inspection(case))
    if actor is not None and not actor.holds(Role.COORDINATOR) and actor.plain_name not in named:
        yield refusal("not_a_reviewer", Role.COORDINATOR, name=actor.name)


def every_duty_has_ended(case: Case, context: Context) -> Iterator[Refusal]:
    """Every task is confirmed, or on record as unfinished."""
    if still := _still_open(case, context, "unit_duty"):
        yield refusal("duties_open", Role.COORDINATOR, cases=_shown(still), count=len(still))


def every_occurrence_has_ended(case: Case, context: Context) -> Iterator[Refusal]:
    """Every dated obligation is met or waived."""
    if still := _still_open(case, context, "occurrence"):
        yield refusal("occurrences_open", Role.COORDINATOR, cases=_shown(still), count=len(still))


def every_exception_is_decided(case: Case, context: Context) -> Iterator[Refusal]:
    """Every exception that was asked for is decided."""
    if still := _still_open(case, context, "duty_exception"):
        yield refusal("exceptions_open", Role.COORDINATOR, cases=_shown(still), count=len(still))


def every_unit_is_assessed(case: Case, context: Context) -> Iterator[Refusal]:
    """Every unit of the campaign has its final assessment."""
    if still := _still_open(case, context, "unit_evaluation"):
        yield refusal("evaluations_open", Role.COORDINATOR, cases=_shown(still), count=len(still))


def every_task_is_assigned(case: Case, context: Context) -> Iterator[Refusal]:
    """Every task of the text was given to units."""
    orders = (dossier.order(duty) for duty in context.facts.children(case.id, "unit_duty"))
    assigned = {one.task for one in orders if one is not None}
    missing = tuple(task.key for task in context.regulation.tasks if task.key not in assigned)
    if missing:
        yield refusal("tasks_unassigned", Role.COORDINATOR, tasks=missing)


@on_form
def task_holds_in_principle(case: Case, context: Context) -> Iterator[Refusal]:
    """An exception is asked from a task whose clause says 原则上 (in principle)."""
    asked = context.filled(AskDutyException).task
    known = {task.key: task for task in context.regulation.tasks}
    allowed = tuple(key for key, task in known.items() if IN_PRINCIPLE in task.title)
    if asked not in allowed:
        yield refusal("task_without_exception", Role.AUTHORITY, task=asked, tasks=allowed or ("—",))


def exception_decider_did_not_ask(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody decides on an exception they asked for."""
    if context.actor is not None and context.actor.name == case.opened_by:
        yield refusal("own_exception", Role.AUTHORITY, name=context.actor.name)


def _still_open(case: Case, context: Context, procedure: str) -> tuple[str, ...]:
    """The parts of one procedure that still go on."""
    return tuple(part.id for part in context.facts.children(case.id, procedure) if part.state not in DONE)


def _shown(still: tuple[str, ...]) -> tuple[str, ...]:
    """The first of many, which stand for the rest in a text."""
    return (*still[:MOST_SHOWN], *(("……",) if len(still) > MOST_SHOWN else ()))
