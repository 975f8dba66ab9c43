"""Every clause has a row that says what the product does about it, and every row a clause."""

import dataclasses
import re
from collections.abc import Collection, Mapping

import pytest

import regulations
from casework.inspection.case_documents import DOCUMENTS
from states.engine.case import Role
from states.engine.forms.template import templates
from states.inspection.procedures import PROCEDURES
from states.packs import newest_packs

TONGLIANG = regulations.load("tongliang")
ALL = [regulations.load(id) for id in regulations.ids()]
ROWS = [(regulation, row) for regulation in ALL for row in regulation.coverage]
NAMED = sorted({entry for _, row in ROWS for entry in row.by})
STEPS = [step for procedure in PROCEDURES.values() for step in procedure.steps]


def terms() -> set[str]:
    """The terms of the measures and of the decree above them."""
    assert TONGLIANG.national is not None
    return {term.name for term in (*TONGLIANG.terms, *TONGLIANG.national.terms)}


def roles() -> set[str]:
    """The roles that an office holds."""
    return {role.value for role in Role} & regulations.jurisdiction("TL").offices.keys()


def documents() -> set[str]:
    """What the product writes, what is handed in on a form of that name, and what a case keeps of an act."""
    written = {name for name, _ in DOCUMENTS.values()}
    handed_in = templates(newest_packs()).keys() - {step.act for step in STEPS}
    kept = {step.stored_as.removesuffix("[]") for step in STEPS if step.stored_as}
    return written | handed_in | kept


def lists() -> set[str]:
    """The lists to choose from that the measures give; what may be inspected, one for every kind."""
    given = {"contents"} if all(TONGLIANG.contents(kind.code) for kind in TONGLIANG.kinds) else set()
    return given | {field.name for field in dataclasses.fields(TONGLIANG) if listed(getattr(TONGLIANG, field.name))}


def listed(value: object) -> bool:
    """Whether this is a list with something in it."""
    return isinstance(value, tuple) and len(value) > 0


EXISTING: Mapping[str, Collection[str]] = {
    "guard": {guard.__name__ for step in STEPS for guard in step.guards},
    "act": {step.act for step in STEPS},
    "procedure": PROCEDURES.keys(),
    "role": roles(),
    "term": terms(),
    "limit": {limit.name for limit in TONGLIANG.limits},
    "list": lists(),
    "document": documents(),
}
"""What there is of every sort that a row may name."""


@pytest.mark.parametrize("regulation", ALL, ids=lambda regulation: regulation.key)
def test_clauses_and_rows_are_the_same_in_the_same_order(regulation: regulations.Regulation) -> None:
    assert [row.ref for row in regulation.coverage] == [clause.ref for clause in regulation.clauses]


@pytest.mark.parametrize(("regulation", "row"), ROWS, ids=[f"{one.id}:{row.ref}" for one, row in ROWS])
def test_a_row_says_how_by_what_and_why(regulation: regulations.Regulation, row: regulations.Coverage) -> None:
    assert row.how in {"enforced", "tracked", "stated"}
    assert bool(row.by) == (row.how != "stated")
    assert [entry for entry in row.by if not re.fullmatch(rf"({'|'.join(EXISTING)}):[a-z_]+", entry)] == []
    assert row.why


@pytest.mark.parametrize("entry", NAMED)
def test_what_a_row_names_exists(entry: str) -> None:
    """A clause is not held by a guard that no table asks, nor by a document that nobody makes or hands in."""
    sort, _, name = entry.partition(":")
    assert name in EXISTING[sort]


def test_rows_name_something_of_every_sort() -> None:
    assert {entry.partition(":")[0] for entry in NAMED} == EXISTING.keys()
