"""Keys are held, taken and freed; behind the guards the database itself refuses what must not be."""

from __future__ import annotations

from datetime import date

import pytest

from states.engine.frequency import Key, Use
from storage.cases import frequency
from storage.cases.frequency import BoardRow, KeyTaken
from storage.engine import Database, Session
from tests.storage.samples import NOW, ON, a_case, opened

TARGET = Key("target", "500151001")
PROBLEM = Key("problem", "食品")
A, B, C = "TL-2026-Z01", "TL-2026-Z02", "TL-2026-Z03"
FIRST, LAST, NEXT = date(2026, 3, 2), date(2027, 3, 2), date(2027, 3, 3)


@pytest.fixture(autouse=True)
def three_cases(database: Database) -> None:
    with database.writing() as session:
        for case_id in (A, B, C):
            opened(session, a_case(case_id))


def held(session: Session, case_id: str, *, exception: bool = False) -> None:
    frequency.lock_keys(session, "TL", [TARGET])
    frequency.hold(session, "TL", case_id, [TARGET], ON, exception=exception)


def taken(session: Session, case_id: str, since: date, until: date, *, exception: bool = False) -> None:
    held(session, case_id, exception=exception)
    frequency.take(session, case_id, since, until, exception=exception)


def test_what_is_held_and_what_is_taken_is_seen_by_others_only(database: Database) -> None:
    with database.writing() as session:
        frequency.lock_keys(session, "TL", [TARGET, PROBLEM, TARGET])
        frequency.hold(session, "TL", A, [TARGET, PROBLEM, TARGET], ON)
        assert frequency.uses(session, "TL", [TARGET], besides=B) == [Use(TARGET, A, ON, None)]
        frequency.take(session, A, FIRST, LAST)
    with database.reading() as session:
        assert frequency.uses(session, "TL", [PROBLEM, TARGET], besides=B) == [
            Use(PROBLEM, A, FIRST, LAST),
            Use(TARGET, A, FIRST, LAST),
        ]
        assert frequency.uses(session, "TL", [TARGET], besides=A) == []
        assert frequency.uses(session, "TL", [], besides=B) == []
        assert frequency.uses(session, "YJ", [TARGET], besides=B) == []
        assert frequency.uses(session, "TL", [Key("target", PROBLEM.value)], besides=B) == []


def test_what_is_freed_stands_no_longer(database: Database) -> None:
    with database.writing() as session:
        taken(session, A, FIRST, LAST)
        frequency.release(session, A, NOW)
        assert frequency.uses(session, "TL", [TARGET], besides=B) == []
        taken(session, B, FIRST, LAST)


def test_two_pending_requests_do_not_hold_one_key(database: Database) -> None:
    with pytest.raises(KeyTaken), database.writing() as session:
        held(session, A)
        held(session, B)


def test_windows_of_one_key_do_not_overlap(database: Database) -> None:
    with database.writing() as session:
        taken(session, A, FIRST, LAST)
    with pytest.raises(KeyTaken), database.writing() as session:
        taken(session, B, LAST, date(2028, 3, 2))
    with database.writing() as session:
        taken(session, B, NEXT, date(2028, 3, 3))
    with pytest.raises(KeyTaken), database.writing() as session:
        taken(session, C, date(2025, 3, 3), FIRST)


def test_another_jurisdiction_has_keys_of_its_own(database: Database) -> None:
    with database.writing() as session:
        taken(session, A, FIRST, LAST)
        frequency.hold(session, "YJ", B, [TARGET], ON)
        frequency.take(session, B, FIRST, LAST)
        used = {name: frequency.uses(session, name, [TARGET], besides="") for name in ("TL", "YJ")}
    assert {name: [use.case for use in uses] for name, uses in used.items()} == {"TL": [A], "YJ": [B]}


def test_an_exception_passes_the_fences_and_is_seen(database: Database) -> None:
    with database.writing() as session:
        taken(session, A, FIRST, LAST)
        taken(session, B, FIRST, LAST, exception=True)
        held(session, C, exception=True)
        assert [use.case for use in frequency.uses(session, "TL", [TARGET], besides="")] == [A, B, C]


def test_the_board_of_a_year_shows_what_stands_in_it(database: Database) -> None:
    with database.writing() as session:
        taken(session, A, FIRST, LAST)
        held(session, B, exception=True)
    with database.reading() as session:
        of_a, of_b = BoardRow(Use(TARGET, A, FIRST, LAST), False), BoardRow(Use(TARGET, B, ON, None), True)
        assert frequency.board(session, "TL", 2026) == [of_a, of_b]
        assert frequency.board(session, "TL", 2027) == [of_a, of_b]
        assert frequency.board(session, "TL", 2028) == [of_b]
        assert frequency.board(session, "TL", 2025) == []
