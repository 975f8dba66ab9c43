"""Late entries (补录): a paper that a bound party handed in on an earlier day, entered by the office that received it.

What a bound party hands in counts on the day it is recorded (rule 9 of docs/rules.md). Only the joint office dates it
back, by an entry that names who received the paper and why it is entered late; the act is dated the day of receipt.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel

from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.forms.base import HandedIn, LateEntry
from states.engine.refusals import Refusal, refusal

if TYPE_CHECKING:
    from states.engine.table import Step

PARTY: Final = Role.TARGET_OFFICER
"""The role of the bound party."""
RECEIVER: Final = Role.COORDINATOR
"""The role of the office that receives its papers."""


def late_entry_of(form: BaseModel | None) -> LateEntry | None:
    """What the form says about a late entry; None where it is none."""
    return form.late_entry if isinstance(form, HandedIn) else None


def may_be_entered_late(step: Step) -> bool:
    """Whether the act hands in a paper of the bound party, which the office may enter for it."""
    return PARTY in step.by and issubclass(step.form, HandedIn)


def roles_for(step: Step, form: BaseModel | None) -> tuple[Role, ...]:
    """The roles that may do the act with this form: a late entry is made by the office alone."""
    return (RECEIVER,) if may_be_entered_late(step) and late_entry_of(form) else step.by


def late_entry_refusals(case: Case, step: Step, context: Context) -> Iterator[Refusal]:
    """A late entry comes from the office; without one, what a party hands in is dated the day it is recorded."""
    entry = late_entry_of(context.form)
    if entry is not None:
        yield from _entry_refusals(case, step, entry, context)
    elif (PARTY in step.by or step.meets_term) and not context.as_consequence and context.on < context.today:
        today = context.today
        if may_be_entered_late(step):
            yield refusal("counts_when_recorded", *step.by, earliest=today, on=context.on, today=today)
        else:
            yield refusal("counts_when_decided", *step.by, earliest=today, on=context.on, today=today)


def _entry_refusals(case: Case, step: Step, entry: LateEntry, context: Context) -> Iterator[Refusal]:
    """A person of the office enters the paper; neither they nor who received it belong to the party it came from."""
    if context.actor is not None and context.actor.automation and not step.in_person:
        yield refusal("only_in_person", RECEIVER, name=context.actor.name, act=step.act)
    received_by = context.facts.account(entry.received_by)
    party = case.unit is not None and context.actor is not None and context.actor.unit == case.unit
    if party and context.actor is not None:
        yield refusal("late_entry_by_the_party", RECEIVER, name=context.actor.name, unit=context.named(case.unit))
    if received_by is not None and (received_by.holds(PARTY) or (case.unit and received_by.unit == case.unit)):
        yield refusal("late_entry_received_by_a_party", RECEIVER, name=entry.received_by)
