"""What the processes of a race run."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from storage import case_numbers, migrate, statements
from storage.cases import cases, frequency, idempotency
from storage.cases.case_writing import StaleCase
from storage.cases.frequency import KeyTaken
from storage.engine import connect
from storage.errors import DatabaseError
from storage.messages import notices, outbox
from tests.storage.racing import Racer
from tests.storage.samples import NOW, a_notice, acted
from tests.storage.wishes import Way, one_within_a_year


def upgrade(url: str) -> int:
    """Migrate; how many revisions this process applied."""
    database = connect(url, create=True)
    applied = migrate.upgrade(database)
    database.close()
    return len(applied)


def ask_under_the_guard(way: Way) -> Callable[[Racer], list[int]]:
    """As the product does: lock, ask, hold. Returns the attempts that succeeded."""

    def run(racer: Racer) -> list[int]:
        won = []
        for wish in map(way, range(racer.attempts)):
            case_id = f"TL-{wish.attempt}-{racer.number}"
            # In step where the days must follow each other; otherwise now and then: waiting in line takes longest.
            if way is one_within_a_year or wish.attempt % 5 == 0:
                racer.line.wait()
            with racer.database.writing() as session:
                frequency.lock_keys(session, "TL", wish.keys)
                if not wish.barred_by(frequency.uses(session, "TL", wish.keys, besides=case_id)):
                    wish.granted(session, case_id)
                    won.append(wish.attempt)
        return won

    return run


def ask_and_then_hold(way: Way) -> Callable[[Racer], tuple[int, int]]:
    """The naive way: ask, then hold. Returns how many attempts succeeded, and how many the fences refused."""

    def run(racer: Racer) -> tuple[int, int]:
        held = refused = 0
        for wish in map(way, range(racer.attempts)):
            case_id = f"TL-{way.__name__}-{wish.attempt}-{racer.number}"
            racer.line.wait()
            with racer.database.reading() as session:
                barred = wish.barred_by(frequency.uses(session, "TL", wish.keys, besides=case_id))
            # What the naive way does between the two takes time elsewhere; here it would be over too soon to be caught.
            time.sleep(0.005)
            if barred:
                continue
            try:
                with racer.database.writing() as session:
                    wish.granted(session, case_id)
                held += 1
            except KeyTaken:
                refused += 1
        return held, refused

    return run


def lock_in_any_order(racer: Racer) -> int:
    """The naive way: lock key by key as they come. Returns how often two were stuck."""
    stuck = 0
    for wish in map(one_within_a_year, range(racer.attempts)):
        racer.line.wait()
        try:
            with racer.database.writing() as session:
                for key in wish.keys:
                    frequency.lock_keys(session, "TL", [key])
                    # Otherwise PostgreSQL is sent all of them with the commit, and nobody comes in between.
                    statements.send(session)
                    time.sleep(0.005)
        except DatabaseError as trouble:
            assert trouble.code == "deadlock"
            stuck += 1
    return stuck


def act_on_one_case(racer: Racer) -> int:
    """As the product does: read the case within the act."""
    for attempt in range(racer.attempts):
        with racer.database.writing() as session:
            held = cases.lock(session, "TL-2026-Z01")
            assert held is not None
            acted(session, held, f"act-{racer.number}-{attempt}")
    return racer.attempts


def act_on_what_was_read(racer: Racer) -> tuple[int, int]:
    """Acts on a case read before, as it was on the page. Returns how many were done, and how many came too late."""
    done = late = 0
    for attempt in range(racer.attempts):
        with racer.database.writing() as session:
            held = cases.lock(session, "TL-2026-Z01")
        assert held is not None
        racer.line.wait()
        try:
            with racer.database.writing() as session:
                acted(session, held, f"act-{racer.number}-{attempt}")
            done += 1
        except StaleCase:
            late += 1
    return done, late


def draw_numbers(racer: Racer) -> list[int]:
    """Draw numbers of one scope."""
    drawn = []
    for _ in range(racer.attempts):
        with racer.database.writing() as session:
            drawn.append(case_numbers.next_case_number(session, "TL", "2026-Z"))
    return drawn


def work_off_the_outbox(racer: Racer) -> list[int]:
    """Lease and finish until nothing is left."""
    worked: list[int] = []
    while True:
        with racer.database.writing() as session:
            items = outbox.lease(session, racer.name, NOW, limit=3)
        if not items:
            return worked
        for item in items:
            with racer.database.writing() as session:
                assert outbox.done(session, item, NOW)
        worked += [item.id for item in items]


def record_the_same_notices(racer: Racer) -> int:
    """Record the notices everybody records, in an order of one's own; how many were new."""
    new = 0
    for batch in range(racer.attempts):
        batch_notices = [a_notice(f"{batch}-{number}") for number in range(10)]
        random.shuffle(batch_notices)
        racer.line.wait()
        with racer.database.writing() as session:
            new += len(notices.add_all(session, batch_notices))
    return new


def ask_the_same(racer: Racer) -> list[tuple[bool, str]]:
    """Send the requests everybody sends; whether we were the first, and the answer."""
    answers = []
    for attempt in range(racer.attempts):
        racer.line.wait()
        with racer.database.writing() as session:
            answer = idempotency.claim(session, f"key-{attempt}", "digest", NOW)
            if first := answer is None:
                answer = {"by": racer.name}
                idempotency.keep(session, f"key-{attempt}", answer)
            answers.append((first, f"{attempt} {answer['by']}"))
    return answers
