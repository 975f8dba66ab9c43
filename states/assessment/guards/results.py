"""Reporting, approving, announcing, and what follows (Yangjiang part 5, item 5 and the second part 5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from states.assessment import dossier
from states.assessment.forms.results import AnnounceResults, LiftOutcome, OrderOutcome, SettleAfterTalk
from states.engine.case import Case, Role
from states.engine.consulted_cases import compares_days
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form

UNIT: Final = "unit_assessment"
OUTCOME: Final = "result_measure"
TALK: Final = "talk"
"""The procedure of talks, and the record of one that was held."""


def every_county_is_graded(case: Case, context: Context) -> Iterator[Refusal]:
    """The results are those of every county."""
    for county in context.facts.children(case.id, UNIT):
        if county.state != "graded":
            yield refusal("county_not_graded", Role.COORDINATOR, case=county.id, state=county.state)


def decider_did_not_report(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody decides on results they reported themselves."""
    if context.actor is not None and context.actor.name in case.actors("report_up"):
        yield refusal("own_results", Role.AUTHORITY, name=context.actor.name)


@on_form
def announcement_is_dated(case: Case, context: Context) -> Iterator[Refusal]:
    """The bulletin and the public notice come after the approval, and not in the future; the bulletin has a number."""
    form = context.filled(AnnounceResults)
    if not form.number:
        yield refusal("announcement_number_missing", Role.COORDINATOR)
    approved = case.dated("approval")
    bulletin = form.bulletin_on or context.on
    for day in (bulletin, form.public_on or context.on):
        if (approved is not None and day < approved) or day > context.on:
            yield refusal("announcement_day", Role.COORDINATOR, day=day, approved=approved, on=context.on)
    for other in context.facts.inspections({"announced", "closed"}):
        said = dossier.announcement(other) if other.procedure == case.procedure else None
        if said is not None and form.number and said.number == form.number and other.id != case.id:
            yield refusal("announcement_number_taken", Role.COORDINATOR, number=form.number, case=other.id)


@compares_days
def results_are_announced(case: Case, context: Context) -> Iterator[Refusal]:
    """Use is made of a result when it is announced."""
    year = context.inspection(case)
    if not year.has("announcement"):
        yield refusal("results_not_announced", Role.COORDINATOR, case=year.id, state=year.state)


@on_form
def outcome_ends_after_it_begins(case: Case, context: Context) -> Iterator[Refusal]:
    """A measure ends on a day after it begins, or it is not said when."""
    form = context.filled(OrderOutcome)
    if form.ends is not None and form.ends < form.begins:
        yield refusal("outcome_ends_before", Role.COORDINATOR, begins=form.begins, ends=form.ends)


@on_form
def outcome_follows_the_grade(case: Case, context: Context) -> Iterator[Refusal]:
    """What a grade brings about falls on counties of that grade."""
    form = context.filled(OrderOutcome)
    found = next((one for one in context.regulation.outcomes if one.code == form.measure), None)
    if found is None or not found.grade:
        return
    counties = context.facts.children(case.family, UNIT)
    result = next((dossier.result(one) for one in counties if one.unit == case.unit), None)
    if result is None or result.grade != found.grade:
        given = result.grade if result else "—"
        unit = context.named(case.unit)
        yield refusal("outcome_of_another_grade", Role.COORDINATOR, unit=unit, grade=found.grade, given=given)


@on_form
def outcome_ends_in_order(case: Case, context: Context) -> Iterator[Refusal]:
    """A measure is ended on a day between its beginning and today."""
    order, day = dossier.outcome(case), context.filled(LiftOutcome).ends_on or context.on
    if (order is not None and day < order.begins) or day > context.on:
        begins = order.begins if order else None
        yield refusal("outcome_end_day", Role.COORDINATOR, begins=begins, ends=day, on=context.on)


def report_is_overdue(case: Case, context: Context) -> Iterator[Refusal]:
    """Without a report, a county is found wanting only when its month has passed."""
    for deadline in context.facts.deadlines(case.id):
        due = deadline.due(context.calendar)
        if due is not None and due.latest is not None and context.on <= due.latest:
            yield refusal("report_not_overdue", Role.COORDINATOR, due=due.latest, unit=context.named(case.unit))


@on_form
def talk_was_held(case: Case, context: Context) -> Iterator[Refusal]:
    """The talk was held after things were found wanting."""
    found, held = case.days("wanting"), context.filled(SettleAfterTalk).held_on
    if held > context.on or (found and held < found[-1]):
        yield refusal("talk_day", Role.COORDINATOR, held=held, wanting=found[-1] if found else None, on=context.on)


@on_form
def talk_is_of_this_county(case: Case, context: Context) -> Iterator[Refusal]:
    """Where talks are cases of their own, the one named was held with this county and followed up."""
    talks = context.pack.procedures.get(TALK)
    if talks is None:
        return
    found = context.facts.case(context.filled(SettleAfterTalk).talk)
    held = found is not None and found.has(TALK) and not talks.is_open(found.state)
    if found is None or not held or (found.procedure, found.family, found.unit) != (TALK, case.family, case.unit):
        yield refusal("talk_not_held", Role.COORDINATOR, case=case.id, unit=context.named(case.unit))


def every_county_is_settled(case: Case, context: Context) -> Iterator[Refusal]:
    """What the counties graded D owe is accepted or was followed up."""
    for county in context.facts.children(case.id, UNIT):
        if context.pack.procedure_of(county).is_open(county.state):
            yield refusal("county_not_settled", Role.COORDINATOR, case=county.id, state=county.state)


def every_outcome_is_receipted(case: Case, context: Context) -> Iterator[Refusal]:
    """Every measure and every body that gets the results has confirmed receipt; what goes on may go on."""
    for outcome in context.facts.children(case.id, OUTCOME):
        if not outcome.has("receipt"):
            order = dossier.outcome(outcome)
            yield refusal(
                "outcome_not_receipted", Role.COORDINATOR, case=outcome.id, receiver=order.receiver if order else "—"
            )


def the_named_receiver_receipts(case: Case, context: Context) -> Iterator[Refusal]:
    """The cadre department confirms what was sent to it; what went elsewhere the office receipts."""
    order, actor = dossier.outcome(case), context.actor
    if order is None or actor is None or actor.holds(Role.COORDINATOR) or not actor.holds(Role.APPRAISAL_OFFICE):
        return
    home = context.home() if context.home else None
    own = home.offices[Role.APPRAISAL_OFFICE] if home else None
    if own is not None and order.receiver != own:
        who = (Role.COORDINATOR,)
        yield refusal("not_the_receiver", *who, name=actor.name, body=order.receiver, roles=tuple(map(str, who)))
