"""A case comes back as it was put in, and only as the version it was read at can it be changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from states.inspection.kinds import Kind
from storage.cases import cases
from storage.cases.case_rows import CASES
from storage.cases.case_writing import StaleCase
from storage.engine import Database
from storage.journal import history, journal, verification
from tests.storage.samples import a_case, acted, an_act, opened


def test_a_case_comes_back_as_it_was_put_in(database: Database) -> None:
    with database.writing() as session:
        held = opened(session)
    with database.writing() as session:
        assert cases.lock(session, "TL-2026-Z01") == held
        assert cases.lock(session, "TL-2026-Z02") is None
    with database.reading() as session:
        assert cases.load(session, "TL-2026-Z01") == a_case()
        assert cases.load(session, "TL-2026-Z02") is None
        assert cases.load_many(session, ["TL-2026-Z01", "TL-2026-Z02"]) == {"TL-2026-Z01": a_case()}


def test_everybody_who_did_an_act_comes_back_the_last_one_last(database: Database) -> None:
    """One name is stored as it always was, several as a list; both are read, and the journal tells both."""
    two = replace(a_case(), actors_by_act={"open": ("陈晓",), "submit": ("陈晓", "王芳")})
    with database.writing() as session:
        opened(session, two)
    with database.reading() as session:
        stored = session.execute(select(CASES.c.hands)).scalar_one()
        assert stored == '{"open":"陈晓","submit":["陈晓","王芳"]}'
        assert cases.load(session, two.id) == two
        assert history.as_of(session, two.id, 1) == two
        assert list(verification.breaks(session)) == []


def test_a_case_that_was_overtaken_is_not_changed(database: Database) -> None:
    with database.writing() as session:
        early = opened(session)
    with database.writing() as session:
        later = acted(session, early, "submit", state="submitted")
    with pytest.raises(StaleCase), database.writing() as session:
        acted(session, early, "cancel", state="cancelled")
    with database.reading() as session:
        assert cases.load(session, "TL-2026-Z01") == later.case
        assert [entry.act for entry in journal.of_case(session, "TL-2026-Z01")] == ["open", "submit"]


def test_several_acts_of_one_transaction_stand_or_fall_together(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        acted(session, acted(session, opened(session), "submit"), "approve")
        raise ZeroDivisionError
    with database.reading() as session:
        assert cases.load(session, "TL-2026-Z01") is None
        assert journal.of_case(session, "TL-2026-Z01") == []


@pytest.mark.parametrize("changed", [{"version": 3}, {"version": 2, "region": "CN-44"}, {"version": 2, "year": 2027}])
def test_what_is_not_the_next_act_of_the_same_case_is_refused(database: Database, changed: dict[str, object]) -> None:
    with database.writing() as session:
        held = opened(session)
        with pytest.raises(ValueError):
            journal.write(session, held, replace(held.case, **changed), an_act("submit"), open=True)  # type: ignore[arg-type]


def test_children_come_in_the_order_they_were_opened(database: Database) -> None:
    names = [f"TL-2026-Z01-R{number:02}" for number in (9, 10, 99, 100)]
    with database.writing() as session:
        opened(session)
        for name in reversed(names):
            opened(
                session, a_case(name, procedure="rectification", kind=None, parent="TL-2026-Z01", root="TL-2026-Z01")
            )
        opened(session, a_case("TL-2026-Z01-F01", procedure="visit", kind=None, parent="TL-2026-Z01"))
    with database.reading() as session:
        assert [case.id for case in cases.children(session, "TL-2026-Z01", "rectification")] == names
        assert len(cases.children(session, "TL-2026-Z01")) == 5


def test_only_open_inspections_of_the_jurisdiction_overlap(database: Database) -> None:
    with database.writing() as session:
        opened(session, a_case("TL-2026-Z01", targets=("A", "B")))
        opened(session, a_case("TL-2026-Z02", targets=("C",)))
        opened(session, a_case("YJ-2026-Z01", targets=("A",), jurisdiction="YJ"))
        opened(session, a_case("TL-2026-Z01-R01", targets=("A",), kind=None, parent="TL-2026-Z01"))
        ended = a_case("TL-2026-Z03", targets=("A",))
        journal.write(session, None, ended, an_act("open"), open=False)
    with database.reading() as session:

        def overlapping(*targets: str, besides: str = "") -> list[str]:
            return [case.id for case in cases.overlapping(session, "TL", targets, besides)]

        assert overlapping("A", "C") == ["TL-2026-Z01", "TL-2026-Z02"]
        assert overlapping("A", besides="TL-2026-Z01") == []
        assert overlapping("D") == []
        assert overlapping() == []


def test_overlap_follows_the_targets_as_they_are_amended(database: Database) -> None:
    with database.writing() as session:
        acted(session, opened(session, a_case(targets=("A", "B"))), "amend", targets=("B", "C"))
    with database.reading() as session:
        found = {unit for unit in "ABC" if cases.overlapping(session, "TL", [unit], "")}
    assert found == {"B", "C"}


def test_cases_are_found_by_everything_given(database: Database) -> None:
    with database.writing() as session:
        opened(session, a_case("TL-2026-Z01", targets=("A",)))
        opened(session, a_case("TL-2026-C01", kind=Kind.COMPREHENSIVE, state="submitted", targets=("A", "B")))
        opened(session, a_case("TL-2027-Z01", year=2027, unit="A"))
        opened(session, a_case("YJ-2026-Z01", jurisdiction="YJ", procedure="assessment"))
    with database.reading() as session:

        def ids(**wanted: object) -> list[str]:
            return [case.id for case in cases.find(session, **wanted)]  # type: ignore[arg-type]

        assert ids(jurisdiction="TL", year=2026) == ["TL-2026-C01", "TL-2026-Z01"]
        assert ids(kind="comprehensive") == ["TL-2026-C01"]
        assert ids(state=["submitted", "closed"]) == ["TL-2026-C01"]
        assert ids(procedure="assessment") == ["YJ-2026-Z01"]
        assert ids(unit="A") == ["TL-2027-Z01"]
        assert ids(target="A", open=True) == ["TL-2026-C01", "TL-2026-Z01"]
        assert ids(open=False) == []
        assert ids(limit=1, offset=1) == ["TL-2026-Z01"]
