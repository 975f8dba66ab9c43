"""Checks that apply to every act: the actor's role, the date, and suspension."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from states.engine.case import Actor, Case, Role
from states.engine.context import Context
from states.engine.late_entries import late_entry_refusals, roles_for
from states.engine.own_unit import comes_from
from states.engine.refusals import Refusal, refusal

if TYPE_CHECKING:
    from states.engine.table import Step


def common_refusals(case: Case, step: Step | None, context: Context, article: str = "") -> Iterator[Refusal]:
    """The refusals common to all acts for this actor and date; ``article`` is the one the act rests on."""
    if context.actor is not None:
        if context.actor.jurisdiction != case.jurisdiction:
            yield refusal("other_jurisdiction", Role.ADMINISTRATOR, name=context.actor.name, case=case.id)
        if step is not None:
            yield from _role_refusals(case, step, context, article)
            yield from _own_unit_refusals(case, step, context)
    if step is not None:
        yield from late_entry_refusals(case, step, context)
    if step is not None and step.consequence_only and not context.as_consequence:
        yield refusal("only_brought_about", act=step.act, case=case.id, article=article)
    yield from _date_refusals(case, step, context)
    if step is not None and not step.suspended:
        yield from _suspension_refusals(case, context)


def _role_refusals(case: Case, step: Step, context: Context, article: str) -> Iterator[Refusal]:
    actor = context.actor
    assert actor is not None
    by = roles_for(step, context.form)
    held = [role for role in by if actor.holds(role)]
    if not held:
        yield refusal(
            "role_missing",
            *by,
            name=actor.name,
            act=step.act,
            roles=tuple(role.value for role in by),
            article=article,
        )
    if step.in_person and actor.automation:
        yield refusal("only_in_person", *step.by, name=actor.name, act=step.act)
    if held == [Role.TARGET_OFFICER] and case.unit is not None and not _answers_for_any(actor, case, context):
        yield refusal(
            "not_of_this_unit", Role.TARGET_OFFICER, name=actor.name, unit=context.named(case.unit), article=article
        )


def _own_unit_refusals(case: Case, step: Step, context: Context) -> Iterator[Refusal]:
    """Rule 6: nobody acts on the matters of the unit they come from, but as its liaison officer.

    A part is about one unit, or about its targets; an inspection as a whole is about no one's unit. What follows from
    an act is not the actor's choice.
    """
    actor = context.actor
    assert actor is not None
    held = [role for role in step.by if actor.holds(role)]
    if context.as_consequence or not held or Role.TARGET_OFFICER in held:
        return
    about = (case.unit,) if case.unit else case.targets if case.root else ()
    for code in about:
        if comes_from(actor, code, context):
            yield refusal("own_unit_matter", *step.by, name=actor.name, unit=context.named(code))


def _answers_for_any(actor: Actor, case: Case, context: Context) -> bool:
    """Whether the unit of an officer has the duties of one that a part is about: it is the same, or succeeded it."""
    about = dict.fromkeys((case.unit or "", *(case.targets if case.root else ())))
    return any(actor.unit == one or context.facts.successions().same_bearer(actor.unit, one) for one in about)


def _suspension_refusals(case: Case, context: Context) -> Iterator[Refusal]:
    """Rule 8: no act is possible on a suspended case, nor on what belongs to a suspended inspection."""
    inspection = case if case.family == case.id else context.facts.case(case.family)
    suspended = (one.id for one in (inspection, case) if one is not None and one.suspended)
    for case_id in dict.fromkeys(suspended):
        yield refusal("case_suspended", Role.AUTHORITY, case=case_id)
    if inspection is not None:
        yield from _inside_a_suspension(inspection, context)


def _inside_a_suspension(inspection: Case, context: Context) -> Iterator[Refusal]:
    """Rule 10: no act is dated inside a suspension that has ended."""
    for since, until in context.pack.suspensions_of(inspection):
        if until is not None and since < context.on < until:
            yield refusal(
                "dated_inside_a_suspension",
                earliest=until,
                on=context.on,
                case=inspection.id,
                since=since,
                until=until,
            )


def _date_refusals(case: Case, step: Step | None, context: Context) -> Iterator[Refusal]:
    """An act is dated neither in the future nor before the last act on its case; those who do it correct the date."""
    by = step.by if step else ()
    if context.on > context.today:
        yield refusal("dated_in_the_future", *by, on=context.on, today=context.today)
    if context.on < case.acted_on:
        yield refusal("dated_before_the_last_act", *by, earliest=case.acted_on, on=context.on, case=case.id)
