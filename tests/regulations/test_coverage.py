"""Every clause has a row that says what the product does about it, and every row a clause."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Mapping
from functools import cache

import pytest

import regulations
from casework.inspection.case_documents import DOCUMENTS
from regulations import Regulation
from states.engine.case import Role
from states.engine.forms.template import templates
from states.engine.table import Procedure
from states.packs import newest_packs, pack_of

ALL = [regulations.load(id) for id in regulations.ids()]
ROWS = [(regulation, row) for regulation in ALL for row in regulation.coverage]
NAMED = sorted({(regulation.id, entry) for regulation, row in ROWS for entry in row.by})
SORTS = (
    "guard", "act", "procedure", "role", "term", "limit", "list", "document",
    "task", "indicator", "obligation", "criterion", "grade", "veto", "phase", "collective",
)  # fmt: skip
"""What a row may name: something of the tables, of what is kept, or of the duties of the text."""


def bound(text: Regulation) -> list[Regulation]:
    """The texts whose work a text decides about: its own, and for a national one that of every text under it."""
    return [one for one in ALL if text.key in (one.key, one.national.key if one.national else "")]


def procedures(text: Regulation) -> list[Procedure]:
    """The procedures of the work that follows a text."""
    return [one for own in bound(text) if own.instruments for one in pack_of(own.key).procedures.values()]


def documents(found: list[Procedure]) -> set[str]:
    """What the product writes, what is handed in on a form of that name, and what a case keeps of an act."""
    steps = [step for procedure in found for step in procedure.steps]
    written = {name for name, _ in DOCUMENTS.values()}
    handed_in = templates(newest_packs()).keys() - {step.act for step in steps}
    kept = {step.stored_as.removesuffix("[]") for step in steps if step.stored_as}
    return written | handed_in | kept


def lists(text: Regulation) -> set[str]:
    """The lists to choose from that a text gives; what may be inspected, one for every kind."""
    given = {"contents"} if text.kinds and all(text.contents(kind.code) for kind in text.kinds) else set()
    values = {field.name: getattr(text, field.name) for field in dataclasses.fields(text)}
    return given | {name for name, value in values.items() if isinstance(value, tuple) and value}


def roles(text: Regulation) -> set[str]:
    """The roles that an office holds where the text is followed."""
    followed = {one.id for one in bound(text)}
    homes = [one for one in regulations.jurisdictions() if followed & {*one.instruments.values()}]
    return {role.value for role in Role} & {role for home in homes for role in home.offices}


@cache
def existing(id: str) -> Mapping[str, Collection[str]]:
    """What there is of every sort that a row of this text may name."""
    text = regulations.load(id)
    found, texts = procedures(text), bound(text)
    steps = [step for procedure in found for step in procedure.steps]
    return {
        "guard": {guard.__name__ for step in steps for guard in step.guards},
        "act": {step.act for step in steps},
        "procedure": {procedure.name for procedure in found},
        "role": roles(text),
        "term": {term.name for one in (*texts, text.national) if one for term in one.terms},
        "limit": {limit.name for one in texts for limit in one.limits},
        "list": {name for one in texts for name in lists(one)},
        "document": documents(found),
        "task": {task.key for task in text.tasks},
        "indicator": {indicator.code for indicator in text.indicators},
        "obligation": {obligation.code for obligation in text.obligations},
        "criterion": {criterion.ref for criterion in text.criteria},
        "grade": {grade.code for grade in text.grades},
        "veto": {veto.code for veto in text.vetoes},
        "phase": {phase.code for phase in text.phases},
        "collective": {collective.code for collective in text.collectives},
    }


@pytest.mark.parametrize("regulation", ALL, ids=lambda regulation: regulation.key)
def test_clauses_and_rows_are_the_same_in_the_same_order(regulation: Regulation) -> None:
    assert [row.ref for row in regulation.coverage] == [clause.ref for clause in regulation.clauses]


@pytest.mark.parametrize(("regulation", "row"), ROWS, ids=[f"{one.id}:{row.ref}" for one, row in ROWS])
def test_a_row_says_how_by_what_and_why(regulation: Regulation, row: regulations.Coverage) -> None:
    assert row.how in {"enforced", "tracked", "stated"}
    assert bool(row.by) == (row.how != "stated")
    assert [entry for entry in row.by if not re.fullmatch(rf"({'|'.join(SORTS)}):[A-Za-z0-9_()]+", entry)] == []
    assert row.why


@pytest.mark.parametrize(("id", "entry"), NAMED, ids=[f"{id}-{entry}" for id, entry in NAMED])
def test_what_a_row_names_exists(id: str, entry: str) -> None:
    """A clause is not held by a guard that no table asks, nor by a document that nobody makes or hands in."""
    sort, _, name = entry.partition(":")
    assert name in existing(id)[sort]


def duties(text: Regulation, ref: str) -> set[str]:
    """What a clause asks for, as a row names it."""
    return {
        *(f"task:{one.key}" for one in text.tasks if one.ref == ref),
        *(f"indicator:{one.code}" for one in text.indicators if one.ref == ref),
        *(f"obligation:{one.code}" for one in text.obligations if one.ref == ref),
    }


def test_a_row_that_tracks_a_duty_of_its_clause_tracks_every_one() -> None:
    sorts = ("task:", "indicator:", "obligation:")
    tracking = [(text, row) for text, row in ROWS if any(entry.startswith(sorts) for entry in row.by)]
    missing = {f"{text.id}:{row.ref}": duties(text, row.ref) - {*row.by} for text, row in tracking}
    assert {ref: left for ref, left in missing.items() if left} == {}
