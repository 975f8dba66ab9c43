"""The short year of ``killable``, killed with ``kill -9`` at every commit and gone on with each time.

Whoever dies is forked, which takes a hundredth of the time of a fresh start; after each death the step is asked for
again, as a client does that was never answered.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import delete, text

from casework.administration.jurisdiction_setup import set_up
from casework.clock import SystemClock
from storage import failpoints
from storage.engine import Database
from storage.failpoints import Name
from storage.journal import verification
from storage.messages import outbox
from storage.rows import Row
from tests.casework import killable
from tests.casework.killable import Step

KEPT = {
    "case": "SELECT id, state, version FROM case_file ORDER BY id",
    "journal": "SELECT case_id, seq, hash FROM journal ORDER BY case_id, seq",
    "notice": "SELECT key, dated_on FROM notice ORDER BY key",
    "document": "SELECT case_id, seq, name, sha256 FROM document ORDER BY case_id, seq, name",
    "deadline": "SELECT id, due_on, met_on, closed_on FROM deadline ORDER BY id",
    "frequency_use": "SELECT key_kind, key_value, case_id, since, until FROM frequency_use ORDER BY id",
    "outbox": "SELECT case_id, seq, act, done_at IS NULL FROM outbox ORDER BY case_id, seq",
}
WRITTEN = ("journal", "request", "outbox", "notice", "document", "deadline", "frequency_use", "sweep_night")
"""Tables to which some transaction of the year adds a row."""
AT_OUTBOX = [("lease", 1), ("documents", 2), ("notices", 3), ("done", 4)]
"""The four commits of following one act up."""
WHERE: tuple[Name, ...] = ("before_commit", "after_commit")

Kept = dict[str, Counter[tuple[object, ...]]]


@dataclass
class Tally:
    """How often it was killed at each failpoint, and what became of it."""

    kills: Counter[tuple[str, str]] = field(default_factory=Counter)
    lost: int = 0
    torn: int = 0
    doubled: int = 0


def kept(database: Database) -> Kept:
    """What must be the same whatever happened."""
    with database.reading() as session:
        return {name: Counter(tuple(row) for row in session.execute(text(query))) for name, query in KEPT.items()}


def unbroken(database: Database) -> Kept:
    """What is there when nothing goes wrong."""
    _anew(database)
    for step in killable.steps():
        step.run(database)
    while killable.follow_up(database, 0):
        pass
    return kept(database)


@dataclass
class Year:
    """One year on one database, killed everywhere; ``turn`` is where the followers up die first."""

    database: Database
    tally: Tally
    turn: int = 0

    def pass_through(self, expected: Kept) -> None:
        """Kill and go on until the year is over, and count what is not as it has to be."""
        _anew(self.database)
        for step in killable.steps():
            if step.point == "sweep":
                self._swept(step)
            else:
                self._acted(step)
        self._followed_up()
        found = kept(self.database)
        self.tally.lost += sum((expected[name] - found[name]).total() for name in expected)
        self.tally.doubled += sum((found[name] - expected[name]).total() for name in expected)
        with self.database.reading() as session:
            self.tally.torn += len(list(verification.breaks(session)))

    def _acted(self, step: Step) -> None:
        """Killed before the commit nothing is there; killed after it, whoever asks again is told that it is done.

        Of four acts one dies before its commit and one after it, in turn from year to year; the publication, which is
        one act, dies of both.
        """
        turn = (self.turn + int(str(step.name))) % 4
        chosen = WHERE if step.point == "publish" else WHERE[turn : turn + 1]
        for where in chosen:
            self._killed(step.point, where, lambda: step.run(self.database))
        if bool(step.run(self.database).get("repeated")) != ("after_commit" in chosen):
            self.tally.lost += 1

    def _swept(self, step: Step) -> None:
        """Killed at the first night that is caught up; the others are caught up by the next sweep, and none twice."""
        for where in WHERE:
            self._killed("sweep", where, lambda: step.run(self.database))
        step.run(self.database)
        if step.run(self.database)["issued"]:
            self.tally.doubled += 1

    def _followed_up(self) -> None:
        """Each act is followed up by one who dies at the next failpoint in turn, and by another a day later."""
        points = [(stage, number, where) for stage, number in AT_OUTBOX for where in WHERE]
        day = 0
        while self._waiting():
            stage, number, where = points[(self.turn + day) % len(points)]
            self._killed(f"outbox: {stage}", where, lambda: killable.follow_up(self.database, day), number)  # noqa: B023
            day += 1
            killable.follow_up(self.database, day)

    def _killed(self, point: str, where: Name, work: Callable[[], object], number: int = 1) -> None:
        first = number == 1 and where == "before_commit"
        before = self._rows() if first else []
        self.database.close()
        if died(work, where, number):
            self.tally.kills[point, where] += 1
        if first and self._rows() != before:
            self.tally.torn += 1

    def _rows(self) -> list[int]:
        query = " UNION ALL ".join(f"SELECT {n} AS n, count(*) FROM {name}" for n, name in enumerate(WRITTEN))
        with self.database.reading() as session:
            return [count for _, count in session.execute(text(f"{query} ORDER BY n"))]

    def _waiting(self) -> int:
        with self.database.reading() as session:
            return outbox.waiting(session)


def died(work: Callable[[], object], where: Name, number: int) -> bool:
    """Do this in a process that dies at its so-manieth commit; whether it did, instead of coming to its end."""
    child = os.fork()
    if child == 0:
        gc.disable()  # Whoever collects what was forked copies it first.
        with suppress(BaseException):
            failpoints.arm(where, number)
            work()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def years(database: Database, times: int, tally: Tally) -> Iterator[int]:
    """So many years, each killed everywhere and added to the tally; says how many are over."""
    expected = unbroken(database)
    for turn in range(times):
        Year(database, tally, turn).pass_through(expected)
        yield turn + 1


def _anew(database: Database) -> None:
    with database.writing() as session:
        for table in reversed(Row.metadata.sorted_tables):
            session.execute(delete(table))
        set_up(session, clock=SystemClock())


def applications_without_a_key(database: Database) -> int:
    """The naive way: a lost answer is asked for again without a request key. How many inspections there are then."""
    _anew(database)
    opening = next(killable.steps(keyed=False))
    database.close()
    assert died(lambda: opening.run(database), "after_commit", 1)
    opening.run(database)
    return kept(database)["case"].total()
