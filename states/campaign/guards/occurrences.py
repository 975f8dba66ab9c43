"""Dated obligations: met by whoever owes them, with what shows it; and intervals of what the text leaves unset."""

from __future__ import annotations

from collections.abc import Iterator

from states.campaign import dossier
from states.campaign.forms.campaign import SetInterval
from states.campaign.forms.parts import MeetOccurrence
from states.engine.case import Case, Role
from states.engine.consulted_cases import compares_days
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form


def the_bearer_meets_it(case: Case, context: Context) -> Iterator[Refusal]:
    """What the office owes it meets itself; what a unit owes, the unit does."""
    actor = context.actor
    if actor is None:
        return
    if case.unit is None and not actor.holds(Role.COORDINATOR):
        yield refusal("office_owes_it", Role.COORDINATOR, name=actor.name)


@on_form
def the_unit_hands_it_in(case: Case, context: Context) -> Iterator[Refusal]:
    """For a unit the office only enters papers that came in earlier."""
    actor, form = context.actor, context.filled(MeetOccurrence)
    if actor is not None and case.unit is not None and not actor.holds(Role.TARGET_OFFICER) and not form.late_entry:
        yield refusal("unit_owes_it", Role.TARGET_OFFICER, name=actor.name, unit=context.named(case.unit))


@on_form
def evidence_is_complete(case: Case, context: Context) -> Iterator[Refusal]:
    """Everything that the obligation asks for is there: day, convener, minutes, document."""
    form, obligation = context.filled(MeetOccurrence), dossier.obligation_of(case, context.regulation)
    given = {
        "date": form.held_on is not None,
        "convener": form.convener is not None,
        "minutes": bool(form.minutes.strip()),
        "document": bool(form.evidence),
    }
    missing = tuple(sort for sort in (obligation.evidence if obligation else ()) if not given.get(sort, True))
    if missing:
        yield refusal("proof_missing", Role.COORDINATOR, Role.TARGET_OFFICER, proofs=missing)


@on_form
def held_in_its_days(case: Case, context: Context) -> Iterator[Refusal]:
    """A meeting or an event counts for the days it was owed for: not before them, and not in the future."""
    held, planned = context.filled(MeetOccurrence).held_on, dossier.schedule(case)
    if held is None or planned is None:
        return
    if held > context.on:
        yield refusal("held_ahead", Role.COORDINATOR, earliest=held, held=held, on=context.on)
    elif held < planned.begins:
        yield refusal("held_before_its_days", Role.COORDINATOR, held=held, begins=planned.begins)


@compares_days
@on_form
def held_once_for_each(case: Case, context: Context) -> Iterator[Refusal]:
    """One meeting or event does not stand for two occurrences of the same obligation."""
    held, planned = context.filled(MeetOccurrence).held_on, dossier.schedule(case)
    if held is None or planned is None:
        return
    for other in context.facts.children(case.family, case.procedure):
        met, same = other.read("proof", MeetOccurrence), dossier.schedule(other)
        alike = same is not None and same.obligation == planned.obligation and other.unit == case.unit
        if alike and other.id != case.id and met is not None and met.held_on == held:
            yield refusal("held_for_another", Role.COORDINATOR, held=held, case=other.id)


@on_form
def obligation_is_unset(case: Case, context: Context) -> Iterator[Refusal]:
    """An interval is set for what the text leaves unset, and not for what has its days from the text."""
    asked = context.filled(SetInterval).obligation
    unset = tuple(one.code for one in context.regulation.obligations if one.rule == "unset")
    if asked not in unset:
        yield refusal("obligation_not_unset", Role.AUTHORITY, obligation=asked, obligations=unset or ("—",))
