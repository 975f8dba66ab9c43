"""What several matters have in common: their unit, and who may decide."""

from __future__ import annotations

from collections.abc import Iterator

from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.own_unit import comes_from
from states.engine.refusals import Refusal, refusal
from states.engine.roster_checks import not_on_the_roster
from states.engine.table import on_form


@on_form
def unit_is_on_the_roster(case: Case, context: Context) -> Iterator[Refusal]:
    """The unit that the matter is about is one of the jurisdiction, and goes on."""
    code = getattr(context.form, "unit", None) or case.unit
    if code is not None:
        yield from not_on_the_roster(code, Role.COORDINATOR, context)


@on_form
def nobody_raises_it_about_their_own_unit(case: Case, context: Context) -> Iterator[Refusal]:
    """Rule 6: nobody raises a matter about the unit they come from, but as its liaison officer."""
    code, actor = getattr(context.form, "unit", None), context.actor
    if code is None or actor is None or code == case.unit or actor.holds(Role.TARGET_OFFICER):
        return
    if comes_from(actor, code, context):
        yield refusal("own_unit_matter", Role.COORDINATOR, name=actor.name, unit=context.named(code))


def decider_did_not_raise_it(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody decides on what they raised themselves."""
    if context.actor is not None and context.actor.name == case.opened_by:
        yield refusal("own_request", *_deciders(case, context), name=context.actor.name)


def _deciders(case: Case, context: Context) -> tuple[Role, ...]:
    rows = (row for row in context.pack.procedure_of(case).steps if row.in_person and Role.COORDINATOR not in row.by)
    return next((row.by for row in rows), (Role.AUTHORITY,))
