"""The invariant of presence finds what the guards keep off: a control without them (Tongliang art. 17)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from simulation.inspection import presence_checks
from states.engine.case import Case
from tests.states.world import BACHUAN, LEADER, MEMBER, World

ABSENCE = {"member": MEMBER, "note": "住院", "by": LEADER, "on": "2026-03-09"}


def found(state: str, *present: str, **dossier: Any) -> list[tuple[str, str]]:
    """What the check says of a group that visited on 9 March with these people."""
    world = World()
    world.inspection("under_way")
    group: Case = world.group(state)
    group = replace(group, dossier={**group.dossier, **dossier})
    made = {"ways": ["11(2)1"], "record": "座谈", "by": LEADER, "on": "2026-03-09", "present": list(present)}
    visit = world.visit(BACHUAN, "fed_back", dossier={"visits": [made]})
    return [(one.name, one.detail) for one in presence_checks.of_group(group, [visit])]


def test_a_member_who_was_never_seen_is_found_when_the_group_has_reported() -> None:
    assert found("reported", LEADER) == [("absent", MEMBER)]
    assert found("prepared", LEADER) == []
    assert found("reported", LEADER, MEMBER) == []
    assert found("reported", LEADER, absences=[ABSENCE]) == []


def test_a_visitor_who_was_absent_is_found() -> None:
    assert found("prepared", LEADER, MEMBER, absences=[ABSENCE]) == [("absent", f"{MEMBER} 2026-03-09")]
