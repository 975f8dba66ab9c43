"""The people of a group: by the order that formed it, and in which capacity they are in it (Tongliang art. 13(3))."""

from __future__ import annotations

from enum import Enum

from regulations import Regulation, Unit
from states.engine.case import Case
from states.engine.context import Context
from states.engine.own_unit import comes_from, is_of_unit
from states.inspection import dossier
from states.inspection.forms.planning import GroupOrder, Member


class Capacity(Enum):
    """In which capacity somebody is in a group."""

    CORE = "core"
    INVITED = "invited"
    OTHER = "other"


def people_of(group: Case) -> frozenset[str]:
    """The leader and the members of a group."""
    order = dossier.assignment(group)
    return frozenset(person.name for person in (order.leader, *order.members) if person) if order else frozenset()


def everybody(group: GroupOrder) -> tuple[Member, ...]:
    """The leader, then the members."""
    return (group.leader, *group.members)


def capacity(person: Member, context: Context) -> Capacity:
    """Core by the unit of the account, never by what is declared; invited by what the regulation names."""
    account = context.facts.account(person.name)
    unit = context.facts.unit(account.unit) if account is not None and account.unit else None
    if unit is not None and is_core(unit, context.regulation):
        return Capacity.CORE
    named = unit.name if unit is not None else person.body
    if person.invited_as is not None or (person.invited and _is_invited_body(named, context.regulation)):
        return Capacity.INVITED
    return Capacity.OTHER


def is_core(unit: Unit, regulation: Regulation) -> bool:
    """Whether a unit of the roster is one of the bodies whose people carry a group, and none that is only invited."""
    if any(is_of_unit(unit.name, body.name) for body in regulation.invited_bodies):
        return False
    labels = {category.code: category.label for category in regulation.target_categories}
    return any(
        unit.category == labels.get(body.category) if body.category else is_of_unit(unit.name, body.name)
        for body in regulation.core_bodies
    )


def inspects_own_unit(person: Member, code: str, context: Context) -> bool:
    """Whether a person comes from this unit by account, by the unit given or by the body they are said to be of."""
    account, became = context.facts.account(person.name), context.facts.successions()
    names = [unit.name for one in (code, became.bearer(code)) if (unit := context.facts.unit(one)) is not None]
    return (
        became.same_bearer(person.unit, code)
        or any(is_of_unit(person.body, name) for name in names)
        or (account is not None and comes_from(account, code, context))
    )


def _is_invited_body(name: str, regulation: Regulation) -> bool:
    return any(is_of_unit(name, body.name) for body in regulation.invited_bodies)
