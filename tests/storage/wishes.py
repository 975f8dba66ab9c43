"""What the racers ask for: the three ways in which article 12 lets only one of them have it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sqlalchemy import select

from calendars import year_later
from states.engine.frequency import Key, Use
from storage.cases import frequency
from storage.cases.frequency import USES
from storage.engine import Session
from tests.storage.samples import ON, a_case, opened

TOPICS = ("domain", "problem", "target")


@dataclass(frozen=True)
class Wish:
    """Keys, in the order they come to mind, for the days of a window; ``pending`` is not yet approved."""

    attempt: int
    keys: Sequence[Key]
    first: date
    last: date
    pending: bool = False

    def barred_by(self, uses: Sequence[Use]) -> bool:
        """Whether one of these uses stands in the way."""
        return any(use.until is None or (use.since <= self.last and self.first <= use.until) for use in uses)

    def granted(self, session: Session, case_id: str) -> None:
        """A case that has the keys now. Raises KeyTaken when a fence refuses one."""
        opened(session, a_case(case_id))
        frequency.hold(session, "TL", case_id, self.keys, self.first)
        if not self.pending:
            frequency.take(session, case_id, self.first, self.last)


Way = Callable[[int], Wish]
"""What everybody asks for at their so-manieth attempt."""


def one_a_year(attempt: int) -> Wish:
    """The comprehensive inspection of a year; every other one stays undecided."""
    year = 2000 + attempt
    return Wish(attempt, [Key("year", str(year))], date(year, 1, 1), date(year, 12, 31), pending=attempt % 2 == 0)


def one_within_a_year(attempt: int) -> Wish:
    """A special inspection of the same target, problem and domain, approved seven weeks after the last attempt."""
    keys = [Key(kind, "同一") for kind in TOPICS]
    random.shuffle(keys)
    day = ON + timedelta(weeks=7 * attempt)
    return Wish(attempt, keys, day, year_later(day))


def several_targets(attempt: int) -> Wish:
    """A special inspection of any three of six units, named in any order; every other one stays undecided."""
    keys = [Key("target", f"{attempt}-{unit}") for unit in random.sample(range(6), 3)]
    return Wish(attempt, keys, ON, year_later(ON), pending=attempt % 2 == 0)


WAYS: tuple[Way, ...] = (one_a_year, one_within_a_year, several_targets)


def attempts_within_a_year_that_succeed(attempts: int) -> list[int]:
    """Which of so many attempts find the year of the last success over."""
    succeeded: list[int] = []
    until = date.min
    for wish in map(one_within_a_year, range(attempts)):
        if wish.first > until:
            succeeded.append(wish.attempt)
            until = wish.last
    return succeeded


def doubly_used(session: Session) -> list[Key]:
    """Keys that two inspections use at the same time without an exception."""
    rows = session.execute(select(USES).where(USES.c.released_at.is_(None), ~USES.c.exception)).all()
    spans = sorted((Key(r.key_kind, r.key_value), r.since, r.until or date.max) for r in rows)
    return [a[0] for a, b in pairwise(spans) if a[0] == b[0] and b[1] <= a[2]]
