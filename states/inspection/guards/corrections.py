"""Corrections of what was approved: by whom, and whether the corrected topic is free (Tongliang art. 12, 13(1))."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.corrections import Correction, corrected_case, corrected_document
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form
from states.inspection.guards.application import bars

APPLICATION: Final = "open"
"""The act whose form the authority approved."""


@on_form
def each_corrects_what_is_theirs(case: Case, context: Context) -> Iterator[Refusal]:
    """What was approved the authority corrects, and only then; everything else the joint office."""
    act = context.filled(Correction).act
    if act == APPLICATION and not case.has("approval"):
        yield refusal("edited_until_approved", Role.COORDINATOR, case=case.id)
    elif context.actor is not None:
        role = Role.AUTHORITY if act == APPLICATION else Role.COORDINATOR
        if not context.actor.holds(role):
            yield refusal("role_missing", role, name=context.actor.name, act="correct", roles=(role.value,))


@on_form
def corrected_topic_is_free(case: Case, context: Context) -> Iterator[Refusal]:
    """No other inspection has the corrected topic in the window of this one, unless an exception was granted."""
    form, procedure = context.filled(Correction), context.pack.procedure_of(case)
    limit, rules = context.pack.limit_of(case), context.pack.frequency
    if limit is None or corrected_document(case, procedure, form) is None or rules.is_excepted(case, context.facts):
        return
    right = corrected_case(case, procedure, form)
    if set(context.pack.keys_of(right)) - set(context.pack.keys_of(case)):
        began = rules.counted_from[limit.counts_from](case) or context.on
        yield from bars(right, context, began, rules.topic_keys)
