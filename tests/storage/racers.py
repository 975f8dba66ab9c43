"""What the processes of a race run; each opens the database for itself."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, Protocol

from states.frequency import Key
from storage import cases, frequency, migrate, notices, numbers, outbox, requests
from storage.cases import StaleCase
from storage.engine import Database, Session, connect, open_database
from storage.frequency import KeyTaken
from storage.trouble import DatabaseTrouble
from tests.storage.samples import NOW, ON, a_case, a_notice, acted, opened

PROCESSES = 8
TOPICS = ("domain", "problem", "target")


class Line(Protocol):
    """Where the racers of one race wait for each other."""

    def wait(self) -> int: ...


@dataclass
class Racer:
    """One process of a race."""

    database: Database
    number: int
    line: Line
    attempts: int

    @property
    def name(self) -> str:
        """Who this is, to the others."""
        return f"racer-{self.number}"


def race(run: Callable[[Racer], Any], url: str, attempts: int = 15) -> list[Any]:
    """Run the same in several processes at once; what each returned. Raises the first error of any."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    line, results = context.Barrier(PROCESSES, timeout=120), context.SimpleQueue()
    racers = [
        context.Process(target=_run, args=(run, url, number, line, attempts, results)) for number in range(PROCESSES)
    ]
    for racer in racers:
        racer.start()
    found = [results.get() for _ in racers]
    for racer in racers:
        racer.join()
    for result in found:
        if isinstance(result, BaseException):
            raise result
    return found


def _run(run: Callable[[Racer], Any], url: str, number: int, line: Any, attempts: int, results: Any) -> None:
    try:
        database = open_database(url)
        line.wait()
        results.put(run(Racer(database, number, line, attempts)))
        database.close()
    except Exception as error:
        line.abort()
        results.put(error)


def upgrade(url: str) -> int:
    """Migrate; how many revisions this process applied."""
    database = connect(url, create=True)
    applied = migrate.upgrade(database)
    database.close()
    return len(applied)


def _keys(attempt: int) -> list[Key]:
    keys = [Key(kind, str(attempt)) for kind in TOPICS]
    random.shuffle(keys)
    return keys


def _take_up(session: Session, case_id: str, keys: list[Key], attempt: int) -> None:
    """Half of the requests stay pending, half are approved at once."""
    opened(session, a_case(case_id))
    frequency.hold(session, "TL", case_id, keys, ON)
    if attempt % 2:
        frequency.take(session, case_id, ON, ON.replace(year=2027))


def ask_under_the_guard(racer: Racer) -> int:
    """As the product does: lock, ask, hold. Returns how many were held."""
    held = 0
    for attempt in range(racer.attempts):
        keys, case_id = _keys(attempt), f"TL-{attempt}-{racer.number}"
        racer.line.wait()
        with racer.database.writing() as session:
            frequency.lock_keys(session, "TL", keys)
            if not frequency.uses(session, "TL", keys, besides=case_id):
                _take_up(session, case_id, keys, attempt)
                held += 1
    return held


def ask_and_then_hold(racer: Racer) -> tuple[int, int]:
    """The naive way: ask, then hold. Returns how many were held, and how many the fences refused."""
    held = refused = 0
    for attempt in range(racer.attempts):
        keys, case_id = _keys(attempt), f"TL-{attempt}-{racer.number}"
        racer.line.wait()
        with racer.database.reading() as session:
            taken = frequency.uses(session, "TL", keys, besides=case_id)
        if taken:
            continue
        try:
            with racer.database.writing() as session:
                _take_up(session, case_id, sorted(keys), attempt)
            held += 1
        except KeyTaken:
            refused += 1
    return held, refused


def lock_in_any_order(racer: Racer) -> int:
    """The naive way: lock key by key as they come. Returns how often two were stuck."""
    stuck = 0
    for attempt in range(racer.attempts):
        racer.line.wait()
        try:
            with racer.database.writing() as session:
                for key in _keys(attempt):
                    frequency.lock_keys(session, "TL", [key])
                    time.sleep(0.005)
        except DatabaseTrouble as trouble:
            assert trouble.code == "deadlock"
            stuck += 1
    return stuck


def act_on_one_case(racer: Racer) -> int:
    """As the product does: read the case within the act."""
    for attempt in range(racer.attempts):
        with racer.database.writing() as session:
            held = cases.hold(session, "TL-2026-Z01")
            assert held is not None
            acted(session, held, f"act-{racer.number}-{attempt}")
    return racer.attempts


def act_on_what_was_read(racer: Racer) -> tuple[int, int]:
    """Acts on a case read before, as it was on the page. Returns how many were done, and how many came too late."""
    done = late = 0
    for attempt in range(racer.attempts):
        with racer.database.writing() as session:
            held = cases.hold(session, "TL-2026-Z01")
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
            drawn.append(numbers.next_number(session, "TL", "2026-Z"))
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
            answer = requests.claim(session, f"key-{attempt}", "digest", NOW)
            if first := answer is None:
                answer = {"by": racer.name}
                requests.keep(session, f"key-{attempt}", answer)
            answers.append((first, f"{attempt} {answer['by']}"))
    return answers
