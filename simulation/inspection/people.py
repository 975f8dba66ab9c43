"""People of a simulated district whose own matters come up: with several offices, or from an inspected unit."""

from __future__ import annotations

from typing import Final

from states.engine.case import Actor, Role

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
