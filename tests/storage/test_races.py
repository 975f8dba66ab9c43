"""Eight processes at once, on either engine: nothing doubled, nothing lost, nobody stuck.

Each promise comes with the naive way of doing it, which must fail: otherwise the race proves nothing.
"""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.engine import URL

from storage.cases import cases
from storage.cases.frequency import USES
from storage.engine import Database, connect
from storage.journal import verification
from storage.messages import outbox
from tests.databases import BOTH, on
from tests.storage import racers
from tests.storage.racing import PROCESSES, race
from tests.storage.samples import NOW, a_case, opened
from tests.storage.wishes import (
    WAYS,
    Way,
    attempts_within_a_year_that_succeed,
    doubly_used,
    one_a_year,
    one_within_a_year,
)

ATTEMPTS = 200
sooner_on_sqlite = on("ready_url", *BOTH, slow=["postgresql"])


@pytest.mark.parametrize(
    "way",
    [pytest.param(way, id=way.__name__, marks=[] if way is one_a_year else pytest.mark.slow) for way in WAYS],
)
def test_of_those_who_ask_for_the_same_keys_exactly_one_gets_them(database: Database, way: Way) -> None:
    found = race(racers.ask_under_the_guard(way), database, ATTEMPTS)
    won = sorted(attempt for attempts in found for attempt in attempts)
    if way is one_a_year:
        assert won == list(range(ATTEMPTS))
    elif way is one_within_a_year:
        assert won == attempts_within_a_year_that_succeed(ATTEMPTS)
    else:
        # Of six units there is room for two inspections of three; what is left over may be too little for another.
        assert set(won) == set(range(ATTEMPTS)) and len(won) <= 2 * ATTEMPTS
    with database.reading() as session:
        assert doubly_used(session) == []
        assert session.execute(select(func.count(USES.c.case_id.distinct()))).scalar_one() == len(won)


@on("database_url", *BOTH, slow=["postgresql"])
def test_asking_first_and_holding_then_lets_several_in(own_database: Database) -> None:
    with own_database.writing() as session:
        session.execute(text("DROP INDEX uq_frequency_use_held"))
        if own_database.is_sqlite:
            session.execute(text("DROP TRIGGER ex_frequency_use_window_insert"))
            session.execute(text("DROP TRIGGER ex_frequency_use_window_update"))
        else:
            session.execute(text("ALTER TABLE frequency_use DROP CONSTRAINT ex_frequency_use_window"))
    for way in WAYS:
        race(racers.ask_and_then_hold(way), own_database, attempts=10)
    with own_database.reading() as session:
        assert {key.kind for key in doubly_used(session)} == {"year", "target", "problem", "domain"}
        assert any("-" in key.value for key in doubly_used(session)), "several targets"


@sooner_on_sqlite
def test_the_fences_stop_those_whom_the_guards_let_through(database: Database) -> None:
    found = race(racers.ask_and_then_hold(one_a_year), database, attempts=10)
    assert sum(held for held, _ in found) == 10
    assert sum(refused for _, refused in found) > 0
    with database.reading() as session:
        assert doubly_used(session) == []


def test_keys_locked_in_any_order_get_stuck(migrated_postgresql: URL) -> None:
    """On SQLite there is one lock only. The server looks for deadlocks after a second; here sooner."""
    url = migrated_postgresql.update_query_dict({"options": "-c deadlock_timeout=50ms"})
    database = connect(url.render_as_string(hide_password=False))
    assert sum(race(racers.lock_in_any_order, database, attempts=5)) > 0


@sooner_on_sqlite
def test_acts_on_one_case_follow_each_other(database: Database) -> None:
    with database.writing() as session:
        opened(session)
    done = sum(race(racers.act_on_one_case, database))
    with database.reading() as session:
        case = cases.load(session, "TL-2026-Z01")
        assert case is not None
        assert case.version == done + 1
        assert len(case.actors_by_act) == done + 1
        assert verification.verify(session, case.id) is None


@sooner_on_sqlite
def test_who_acts_on_an_older_version_comes_too_late(database: Database) -> None:
    with database.writing() as session:
        opened(session)
    found = race(racers.act_on_what_was_read, database)
    done, late = sum(done for done, _ in found), sum(late for _, late in found)
    assert late > 0
    with database.reading() as session:
        case = cases.load(session, "TL-2026-Z01")
        assert case is not None
        assert (case.version, len(case.actors_by_act)) == (done + 1, done + 1)
        assert verification.verify(session, case.id) is None


def test_no_number_is_given_twice_or_left_out(database: Database) -> None:
    drawn = [number for numbers in race(racers.draw_numbers, database, attempts=15) for number in numbers]
    assert sorted(drawn) == list(range(1, PROCESSES * 15 + 1))


def test_every_act_is_followed_up_by_one(database: Database) -> None:
    with database.writing() as session:
        for number in range(60):
            case = opened(session, a_case(f"TL-2026-Z{number}", targets=())).case
            outbox.append(session, case.id, case.family, 1, "open", "inspection", NOW)
    worked = [item for items in race(racers.work_off_the_outbox, database) for item in items]
    assert len(worked) == len(set(worked)) == 60
    with database.reading() as session:
        assert outbox.waiting(session) == 0


def test_a_notice_everybody_records_is_new_once(database: Database) -> None:
    assert sum(race(racers.record_the_same_notices, database, attempts=10)) == 100


@sooner_on_sqlite
def test_a_request_everybody_sends_is_answered_once(database: Database) -> None:
    found = [answer for answers in race(racers.ask_the_same, database, attempts=15) for answer in answers]
    assert sum(first for first, _ in found) == 15
    assert len({answer for _, answer in found}) == 15
