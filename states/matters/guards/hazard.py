"""Guards of listed hazards: their limit, and who verifies and delists."""

from __future__ import annotations

from collections.abc import Iterator

from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.dates import is_within_the_calendar, lies_ahead
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form
from states.matters.forms.hazard import ExtendHazard, ListHazard, ReturnRemoval


@on_form
def limit_lies_ahead(case: Case, context: Context) -> Iterator[Refusal]:
    """The limit lies after the day it is set, and within the calendar."""
    form = context.form
    assert isinstance(form, ListHazard | ReturnRemoval)
    yield from lies_ahead(form.due_on, Role.AUTHORITY, context)


def verifier_is_a_second_person(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody verifies what they handed in as removed."""
    if context.actor is not None and context.actor.name in case.actors("claim"):
        yield refusal("own_handed_in", Role.COORDINATOR, name=context.actor.name)


def delister_did_not_verify(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody delists what they verified, or handed in as removed."""
    if context.actor is not None and context.actor.name in case.actors("verify_removal", "claim"):
        yield refusal("own_verification", Role.AUTHORITY, name=context.actor.name)


def limit_has_not_passed(case: Case, context: Context) -> Iterator[Refusal]:
    """A limit is put off before it has passed; afterwards late stays late, and the hazard is escalated."""
    for deadline in context.facts.deadlines(case.id):
        due = deadline.due(context.calendar)
        if due is not None and due.latest is not None and context.on > due.latest:
            yield refusal("hazard_limit_passed", Role.AUTHORITY, due=due.latest, on=context.on)


@on_form
def extension_is_later(case: Case, context: Context) -> Iterator[Refusal]:
    """The new limit is later than the one it replaces, and within the calendar."""
    until = context.filled(ExtendHazard).until
    unreachable = tuple(is_within_the_calendar(until, Role.AUTHORITY, context))
    yield from unreachable
    for deadline in context.facts.deadlines(case.id):
        due = deadline.due(context.calendar)
        if unreachable or due is None or due.earliest is None:
            continue
        if context.calendar.working_days_after(due.earliest, until) <= 0:
            yield refusal("limit_not_later", Role.AUTHORITY, until=until, due=due.earliest)
