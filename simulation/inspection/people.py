"""People of a simulated district whose own matters come up: with several offices, or from an inspected unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulation.violations import Violation
from states.engine.case import Actor, Case, Role
from states.inspection import dossier
from states.inspection.groups import people_of
from states.packs import procedure_of
from storage.cases import cases
from storage.engine import Session

SEVERAL_OFFICES: Final = "身兼数职"
"""Asks and decides; lawful as long as nobody decides their own."""
FROM_THE_UNIT: Final = "来自督察对象的协调员"


def people_with_own_matters(jurisdiction: str, unit: str) -> list[Actor]:
    """A person who holds the asking and the deciding offices, and a coordinator who comes from this unit."""
    offices = frozenset({Role.COORDINATOR, Role.AUTHORITY, Role.RESPONSIBLE_LEADER, Role.SUPERVISION_OFFICE})
    return [
        Actor(SEVERAL_OFFICES, offices, jurisdiction),
        Actor(FROM_THE_UNIT, frozenset({Role.COORDINATOR}), jurisdiction, unit),
    ]


def group_people(session: Session, inspection: Case) -> Iterator[Violation]:
    """The groups that still work have the people that the staffing names, also after duties were handed over."""
    staffing = dossier.staffing(inspection)
    named = {
        group.name: frozenset(person.name for person in (group.leader, *group.members))
        for group in (staffing.groups if staffing else ())
    }
    for group in cases.children(session, inspection.id, "group"):
        wanted = named.get(group.title)
        if procedure_of(group).is_open(group.state) and wanted is not None and people_of(group) != wanted:
            yield Violation("group_people", group.id, "、".join(sorted(people_of(group) ^ wanted)))
