"""Who may be in the groups of an inspection, and what each group covers (Tongliang art. 13(3))."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form
from states.inspection.forms.planning import GroupOrder, Staff
from states.inspection.groups import Capacity, capacity, everybody, inspects_own_unit
from states.inspection.guards.departure import is_granted


@on_form
def leaders_are_known(case: Case, context: Context) -> Iterator[Refusal]:
    """Each group has a leader with their own account."""
    yield from unknown_leaders(context.filled(Staff).groups, context)


@on_form
def core_members_carry_the_groups(case: Case, context: Context) -> Iterator[Refusal]:
    """In principle most people of each group come from the bodies named; others are invited as the article says.

    An account says where somebody comes from. Who is neither of a body named nor invited in a capacity that the
    article names takes part only by an exception.
    """
    yield from weak_groups(context.filled(Staff).groups, case, context)


@on_form
def every_target_has_one_group(case: Case, context: Context) -> Iterator[Refusal]:
    """The groups cover every target of the plan exactly once, and no other unit."""
    groups = context.filled(Staff).groups
    assigned = Counter(code for group in groups for code in group.targets)
    for code in case.targets:
        if not assigned[code]:
            yield refusal("target_uncovered", Role.COORDINATOR, unit=context.named(code))
    for code, times in assigned.items():
        if code not in case.targets:
            yield refusal("target_outside_plan", Role.COORDINATOR, unit=context.named(code))
        elif times > 1:
            yield refusal("target_covered_twice", Role.COORDINATOR, unit=context.named(code))
    names = Counter(group.name for group in groups)
    yield from (refusal("group_twice", Role.COORDINATOR, group=name) for name in names if names[name] > 1)


@on_form
def nobody_inspects_their_own_unit(case: Case, context: Context) -> Iterator[Refusal]:
    """A member does not inspect the unit they come from, whichever of its organs or offices it is."""
    yield from own_units(context.filled(Staff).groups, context)


def unknown_leaders(groups: Iterable[GroupOrder], context: Context) -> Iterator[Refusal]:
    """Leaders without an account as a group leader."""
    for group in groups:
        account = context.facts.account(group.leader.name)
        if account is None or not account.holds(Role.GROUP_LEADER):
            yield refusal("leader_unknown", Role.ADMINISTRATOR, name=group.leader.name, group=group.name)


def weak_groups(groups: Iterable[GroupOrder], case: Case, context: Context) -> Iterator[Refusal]:
    """Groups that people of the bodies named do not carry, and people who belong in none; nothing by an exception."""
    if is_granted("core_members", case, context):
        return
    bodies = tuple(body.name for body in context.regulation.core_bodies)
    invited = tuple(body.name for body in context.regulation.invited_bodies)
    for group in groups:
        people = [(person, capacity(person, context)) for person in everybody(group)]
        others = sum(found is not Capacity.CORE for _, found in people)
        for person, found in people:
            if found is Capacity.OTHER:
                yield refusal(
                    "not_for_groups",
                    Role.COORDINATOR,
                    Role.ADMINISTRATOR,
                    name=person.name,
                    group=group.name,
                    unit=_unit_of(person.name, context),
                    bodies=bodies,
                    invited=invited,
                )
        if others * 2 >= len(people):
            yield refusal(
                "invited_outnumber",
                Role.COORDINATOR,
                group=group.name,
                invited=others,
                people=len(people),
                bodies=bodies,
            )


def own_units(groups: Iterable[GroupOrder], context: Context) -> Iterator[Refusal]:
    """People who would inspect the unit they come from."""
    for group in groups:
        for person in everybody(group):
            for code in group.targets:
                if inspects_own_unit(person, code, context):
                    unit = context.named(code)
                    yield refusal("own_unit", Role.COORDINATOR, name=person.name, unit=unit, group=group.name)


def _unit_of(name: str, context: Context) -> str:
    account = context.facts.account(name)
    return context.named(account.unit) if account is not None else "—"
