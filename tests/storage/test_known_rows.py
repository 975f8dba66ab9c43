"""A case is made of its row once, and anew as soon as the row holds anything else."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from states.engine.case import Case
from storage.cases import cases, known_rows
from storage.engine import Database
from tests.storage.samples import a_case, acted, opened

INSPECTION = "TL-2026-Z01"


@pytest.fixture(autouse=True)
def nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_rows, "_known", {})


def read(database: Database) -> Case:
    with database.writing() as session:
        [held] = cases.lock_inspection(session, INSPECTION)
    return held.case


def test_the_same_row_is_the_same_case(database: Database) -> None:
    with database.writing() as session:
        opened(session, a_case(INSPECTION))
    assert read(database) is read(database)
    with database.reading() as session:
        assert cases.load(session, INSPECTION) is read(database)


def test_a_row_that_another_program_changed_is_read_anew(database: Database) -> None:
    with database.writing() as session:
        opened(session, a_case(INSPECTION, dossier={"application": {"title": "专项"}}))
    before = read(database)
    with database.writing() as session:
        session.execute(text('UPDATE case_file SET dossier = \'{"application":{"title":"别项"}}\''))
    assert before.dossier["application"]["title"] == "专项"
    assert read(database).dossier["application"]["title"] == "别项"


def test_what_was_rolled_back_is_not_known(database: Database) -> None:
    with database.writing() as session:
        held = opened(session, a_case(INSPECTION))
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        acted(session, held, "submit", state="submitted")
        _ = 1 / 0
    assert read(database).state == held.case.state


def test_no_more_are_remembered_than_that(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_rows, "MOST", 2)
    monkeypatch.setattr(known_rows, "LONGEST", 200)
    with database.writing() as session:
        for number in range(1, 6):
            opened(session, a_case(f"TL-2026-Z0{number}"))
        assert set(known_rows._known) == {"TL-2026-Z05"}
        opened(session, a_case("TL-2026-Z06", dossier={"application": {"title": "长" * 200}}))
    assert set(known_rows._known) == {"TL-2026-Z05"}
