"""The people of a group, by the order that formed it."""

from __future__ import annotations

from states.engine.case import Case
from states.inspection import dossier


def people_of(group: Case) -> frozenset[str]:
    """The leader and the members of a group."""
    order = dossier.assignment(group)
    return frozenset(person.name for person in (order.leader, *order.members) if person) if order else frozenset()
