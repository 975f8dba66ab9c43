"""The cases of an inspection that is held are read once, and never from an earlier transaction."""

from __future__ import annotations

import pytest

from bench.counting import counted
from states.engine.case import Case
from storage.cases import cases
from storage.engine import Database, Session
from tests.storage.samples import a_case, acted, opened

INSPECTION, OTHER = "TL-2026-Z01", "TL-2026-Z02"


def part(case_id: str, procedure: str = "group", parent: str = INSPECTION) -> Case:
    return a_case(case_id, kind=None, procedure=procedure, parent=parent, root=INSPECTION)


@pytest.fixture
def families(database: Database) -> Database:
    """An inspection with two groups and a visit, another one, and a look-back at the first."""
    with database.writing() as session:
        for case in (
            a_case(INSPECTION),
            a_case(OTHER),
            part(f"{INSPECTION}-G01"),
            part(f"{INSPECTION}-G02"),
            part(f"{INSPECTION}-V01", "visit", parent=f"{INSPECTION}-G01"),
            a_case("TL-2026-H01", procedure="look_back", parent=INSPECTION),
        ):
            opened(session, case)
    return database


def names(found: list[Case]) -> list[str]:
    return [case.id.removeprefix(f"{INSPECTION}-") for case in found]


def everything(session: Session) -> list[list[str]]:
    """Every question there is about the first inspection."""
    return [
        names(cases.children(session, INSPECTION, "group")),
        names(cases.parts(session, INSPECTION, ["group", "visit"])),
        names(cases.children(session, f"{INSPECTION}-G01", "visit")),
        names(cases.children(session, f"{INSPECTION}-G02", "visit")),
        names(cases.children(session, INSPECTION, "look_back")),
    ]


FOUND = [["G01", "G02"], ["G01", "G02", "V01"], ["V01"], [], ["TL-2026-H01"]]


def test_the_answers_are_the_same_held_or_not(families: Database) -> None:
    with families.reading() as session:
        assert everything(session) == FOUND
    with families.writing() as session:
        cases.lock_inspection(session, f"{INSPECTION}-G01")
        assert everything(session) == FOUND
        assert everything(session) == FOUND


def test_a_held_case_is_read_once(families: Database) -> None:
    with counted(families) as asked, families.writing() as session:
        held = cases.lock_inspection(session, f"{INSPECTION}-V01")
        assert [one.case.id for one in held] == [INSPECTION, f"{INSPECTION}-V01"]
        assert cases.load(session, INSPECTION) == cases.load(session, INSPECTION) == held[0].case
        assert cases.lock(session, f"{INSPECTION}-V01") == held[1]
        cases.parts(session, INSPECTION, ["group", "visit"])
        cases.children(session, f"{INSPECTION}-G01", "visit")
    assert len(asked.queries) == 2, asked.queries


def test_what_the_transaction_writes_is_known(families: Database) -> None:
    with families.writing() as session:
        [held] = cases.lock_inspection(session, INSPECTION)
        cases.children(session, INSPECTION, "group")
        opened(session, part(f"{INSPECTION}-G03"))
        later = acted(session, held, "submit", state="submitted")
        assert names(cases.children(session, INSPECTION, "group")) == ["G01", "G02", "G03"]
        assert cases.load(session, INSPECTION) == later.case


def test_another_inspection_is_not_known(families: Database) -> None:
    with families.writing() as session:
        cases.lock_inspection(session, INSPECTION)
        with_others = [cases.load(session, OTHER), cases.load(session, OTHER)]
    assert with_others == [a_case(OTHER)] * 2


def test_the_next_transaction_reads_anew(families: Database) -> None:
    with families.writing() as session:
        [held] = cases.lock_inspection(session, INSPECTION)
    with families.writing() as session:
        acted(session, held, "submit", state="submitted")
    with families.writing() as session:
        [again] = cases.lock_inspection(session, INSPECTION)
    assert again.case.state == "submitted"
