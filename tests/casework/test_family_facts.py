"""Facts held in memory for questions are the facts that are read when a guard asks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from states.engine.case import Role
from states.engine.context import Facts
from states.packs import pack_of
from storage.cases import cases
from storage.cases.case_facts import StoredFacts
from storage.cases.family_facts import FamilyFacts
from tests.casework.office import AUTHORITY, BACHUAN, COORDINATOR, DONGCHENG, NANCHENG, Office

QUESTIONS: dict[str, Callable[[Facts, str], object]] = {
    "case": lambda facts, case: facts.case(case),
    "deadlines": lambda facts, case: list(facts.deadlines(case)),
    "overlapping": lambda facts, case: list(facts.overlapping([BACHUAN, DONGCHENG], case)),
    "unit": lambda facts, _: [facts.unit(code) for code in (BACHUAN, DONGCHENG, "none")],
    "account": lambda facts, _: [facts.account(name) for name in (COORDINATOR, AUTHORITY, "nobody")],
    "holders": lambda facts, _: [list(facts.holders(role)) for role in Role],
    "calendar": lambda facts, _: facts.calendar().version,
}


@pytest.fixture
def inspections(office: Office) -> list[str]:
    """A suspended inspection with everything under it, another one that has just begun, and a look-back."""
    parent = office.special([BACHUAN, DONGCHENG])
    begun = office.special([NANCHENG], "submitted", problem="以次充好")
    look_back = office.inspection("look_back", [BACHUAN], "submitted", parent=parent)
    office.does(AUTHORITY, "suspend", parent, {"note": "专案"})
    return [parent, begun, look_back]


def test_facts_in_memory_are_the_facts_that_are_read(office: Office, inspections: list[str]) -> None:
    asked, differing = 0, []
    with office.reading() as session:
        for root in map(office.case, inspections):
            read, held = StoredFacts(session, root.jurisdiction, root.region), FamilyFacts(session, root)
            family = [root, *cases.find(session, root=root.id)]
            questions = {
                **QUESTIONS,
                **{f"children: {name}": children_of(name) for name in pack_of(root.regulation).procedures},
            }
            for case in (*(one.id for one in family), *inspections, "TL-2026-Z99"):
                asked += len(questions)
                differing += [(name, case) for name, ask in questions.items() if ask(held, case) != ask(read, case)]
            differing += [] if list(held.members) == [case.id for case in family] else [("members", root.id)]
    assert asked > 100 and differing == []


def children_of(procedure: str) -> Callable[[Facts, str], object]:
    return lambda facts, case: list(facts.children(case, procedure))


def test_an_inspection_knows_its_look_back_as_a_child_but_not_as_a_part(office: Office, inspections: list[str]) -> None:
    parent, _, look_back = inspections
    with office.reading() as session:
        facts = FamilyFacts(session, office.case(parent))
        assert [case.id for case in facts.children(parent, "look_back")] == [look_back]
        assert look_back not in facts.members and len(facts.members) > 5
