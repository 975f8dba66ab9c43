"""Tasks given to units: assigned, reported on, claimed by the leading body, confirmed by a second person."""

from __future__ import annotations

from collections.abc import Iterator

from states.campaign import dossier
from states.campaign.cycle import cycle
from states.campaign.forms.parts import AssignDuty, ClaimDuty, Reassign, ReturnDuty
from states.campaign.lights import Sign, standing
from states.campaign.offices import is_seat_of_the_office, person_of
from states.engine.case import Case, Role
from states.engine.consulted_cases import compares_days
from states.engine.context import Context
from states.engine.dates import is_within_the_calendar, lies_ahead
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form

UNDER_WAY = frozenset({"under_way", "assessed"})


@compares_days
def campaign_is_under_way(case: Case, context: Context) -> Iterator[Refusal]:
    """Work on tasks begins with the launch and ends with the campaign."""
    campaign = context.inspection(case)
    if campaign.state not in UNDER_WAY:
        yield refusal("campaign_not_under_way", Role.COORDINATOR, case=campaign.id, state=campaign.state)


@compares_days
@on_form
def task_is_of_the_text(case: Case, context: Context) -> Iterator[Refusal]:
    """A duty is a task of the text, and each task is assigned once."""
    asked = context.filled(AssignDuty).task
    if all(task.key != asked for task in context.regulation.tasks):
        known = tuple(task.key for task in context.regulation.tasks)
        yield refusal("task_unknown", Role.COORDINATOR, task=asked, tasks=known)
    for other in context.facts.children(case.family, case.procedure):
        assigned = dossier.order(other)
        if other.id != case.id and assigned is not None and assigned.task == asked:
            yield refusal("task_assigned_before", Role.COORDINATOR, task=asked, duty=other.id)


@compares_days
@on_form
def bodies_are_of_the_campaign(case: Case, context: Context) -> Iterator[Refusal]:
    """The bodies of a task are units of the campaign, each with a person who answers for it."""
    form, campaign = context.filled(AssignDuty), context.inspection(case)
    for code in dict.fromkeys((*form.targets, *(one.code for one in form.people))):
        if code not in campaign.targets:
            yield refusal("unit_not_of_the_campaign", Role.COORDINATOR, unit=context.named(code))
    for code in form.targets:
        if code in campaign.targets and person_of(code, form.people, context) is None:
            yield refusal("person_missing", Role.COORDINATOR, Role.ADMINISTRATOR, unit=context.named(code))


@compares_days
@on_form
def duty_is_due_in_the_cycle(case: Case, context: Context) -> Iterator[Refusal]:
    """A task is due within the cycle, and the calendar knows the day."""
    due, whole = context.filled(AssignDuty).due_on, cycle(context.inspection(case), context.regulation)
    if not whole.begins <= due <= whole.ends:
        yield refusal("due_outside_the_cycle", Role.COORDINATOR, due=due, begins=whole.begins, ends=whole.ends)
    else:
        yield from is_within_the_calendar(due, Role.COORDINATOR, context)


@on_form
def people_are_of_its_bodies(case: Case, context: Context) -> Iterator[Refusal]:
    """People are named for bodies of this task."""
    for one in context.filled(Reassign).people:
        if one.code not in case.targets:
            yield refusal("not_a_body_of_the_task", Role.COORDINATOR, unit=context.named(one.code), case=case.id)


@compares_days
def within_the_cycle(case: Case, context: Context) -> Iterator[Refusal]:
    """Progress is reported while the cycle lasts."""
    whole = cycle(context.inspection(case), context.regulation)
    if not whole.begins <= context.on <= whole.ends:
        yield refusal("outside_the_cycle", Role.COORDINATOR, on=context.on, begins=whole.begins, ends=whole.ends)


def the_first_body_claims(case: Case, context: Context) -> Iterator[Refusal]:
    """The body that leads a task reports it as finished: that the first leads is a house reading."""
    actor = context.actor
    if actor is None or not actor.holds(Role.TARGET_OFFICER):
        return
    if actor.unit != case.unit and not context.facts.successions().same_bearer(actor.unit, case.unit or ""):
        yield refusal("not_the_leading_body", Role.TARGET_OFFICER, name=actor.name, unit=context.named(case.unit))


@compares_days
@on_form
def unmet_targets_are_explained(case: Case, context: Context) -> Iterator[Refusal]:
    """A claim says why a target of the task is not reached on record."""
    if context.filled(ClaimDuty).unmet.strip():
        return
    unmet = tuple(unmet_targets(case, context))
    if unmet:
        yield refusal("targets_unexplained", Role.TARGET_OFFICER, indicators=unmet)


def unmet_targets(case: Case, context: Context) -> Iterator[str]:
    """The titles of the task's indicators that are not reached on record."""
    campaign, assigned = context.inspection(case), dossier.order(case)
    if assigned is None:
        return
    known = (*dossier.readings(campaign), *dossier.readings(case))
    readings = [one for one in known if one.on <= context.on]
    figures, ends = [*dossier.figures(campaign)], cycle(campaign, context.regulation).ends
    for indicator in context.regulation.indicators:
        if indicator.task != assigned.task:
            continue
        if standing(indicator, readings, figures, ends, context.on).sign is not Sign.GREEN:
            yield indicator.title


def the_right_office_decides(case: Case, context: Context) -> Iterator[Refusal]:
    """Where the office itself leads or is meant, the responsible leader decides, and nowhere else."""
    actor, own = context.actor, is_seat_of_the_office(case.unit, context)
    if actor is None:
        return
    if own and not actor.holds(Role.RESPONSIBLE_LEADER):
        yield refusal("office_leads_it", Role.RESPONSIBLE_LEADER, name=actor.name, unit=context.named(case.unit))
    if not own and not actor.holds(Role.COORDINATOR):
        yield refusal("office_decides_it", Role.COORDINATOR, name=actor.name, unit=context.named(case.unit))


def decider_is_a_second_person(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody decides on what they handed in or entered themselves."""
    acted = case.actors("claim", "report_progress")
    if context.actor is not None and context.actor.name in acted:
        yield refusal("own_duty_claim", Role.COORDINATOR, Role.RESPONSIBLE_LEADER, name=context.actor.name)


@on_form
def new_duty_term_lies_ahead(case: Case, context: Context) -> Iterator[Refusal]:
    """A returned task is due again on a day that lies ahead."""
    yield from lies_ahead(context.filled(ReturnDuty).due_on, Role.COORDINATOR, context)


def its_time_is_over(case: Case, context: Context) -> Iterator[Refusal]:
    """A task is recorded as unfinished once its term has run out."""
    for deadline in context.facts.deadlines(case.id):
        due = deadline.due(context.calendar)
        if due is not None and due.latest is not None and context.on <= due.latest:
            yield refusal("term_still_runs", Role.COORDINATOR, due=due.latest, on=context.on)
