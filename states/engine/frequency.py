"""Frequency limits: keys, windows and whether they are free.

A regulation limits the inspections of a kind for each of several kinds of key separately: at most n inspections in m
years, counted from the day the limit names. A pending request *holds* its keys; from the day on which the limit
starts to count, the inspection *takes* them for a window (Civil Code 201-202).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from calendars import months_later
from messages.names import comparison_key
from regulations import Limit, Regulation
from states.engine.case import Case


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What is limited: ``kind`` is a name that the limit lists, ``value`` a year, a unit code or a topic."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Use:
    """One current use of a key: held while the request is pending (``until`` None), then taken for a window.

    ``since`` and ``until`` both belong to the window.
    """

    key: Key
    case: str
    since: date
    until: date | None

    @property
    def held(self) -> bool:
        """Whether the request that holds the key is still undecided."""
        return self.until is None

    def stands_on(self, day: date) -> bool:
        """Whether the key is in use on this day; a held key is in use on every day."""
        return self.until is None or self.since <= day <= self.until


KeyValues = Mapping[str, Callable[[Case], Iterable[str]]]
"""For each kind of key that a limit may list, a function from a case to the values it needs."""


def normalised_topic(text: str) -> str:
    """A problem or domain as a key: what looks the same is the same (``messages.names``)."""
    return comparison_key(text)


def limit_of(case: Case, regulation: Regulation) -> Limit | None:
    """The limit on this kind of inspection; None when there is none."""
    return next((limit for limit in regulation.limits if limit.name == case.kind), None)


def keys_of(case: Case, limit: Limit | None, values: KeyValues) -> tuple[Key, ...]:
    """The keys an inspection needs, sorted, so that all processes lock them in the same order."""
    kinds = limit.keys if limit else ()
    return tuple(sorted({Key(kind, value) for kind in kinds for value in values[kind](case)}))


def same_words(keys: Iterable[Key], alike: Collection[str]) -> tuple[Key, ...]:
    """The keys with their twins: a topic bars the same words as any of the kinds that are ``alike``."""
    twins = {Key(kind, key.value) for key in keys if key.kind in alike for kind in alike}
    return tuple(sorted({*keys, *twins}))


def window(limit: Limit, case: Case, counted_from: date) -> tuple[date, date]:
    """First and last day on which this inspection bars another of the same key.

    declared-year: from the declared year. calendar-year: from the year of ``counted_from``. rolling: from that day to
    the corresponding day ``years`` later, both included, so that the first free day is the day after.
    """
    if limit.window == "rolling":
        return counted_from, months_later(counted_from, 12 * limit.years)
    year = case.year if limit.window == "declared-year" else counted_from.year
    return date(year, 1, 1), date(year + limit.years - 1, 12, 31)


def clashes(uses: Sequence[Use], limit: Limit, case: Case, on: date, alike: Collection[str] = ()) -> Iterator[Use]:
    """The current uses that bar this case if its window began on this day.

    Overlapping windows bar each other, so one dated before an earlier-recorded one is caught as well. Where the limit
    allows several, only the uses that have to end first are yielded, soonest first. Kinds of key that are ``alike``
    are counted together, each case once.
    """
    first, last = window(limit, case, on)
    by_key: dict[Key, dict[str, Use]] = defaultdict(dict)
    for use in uses:
        if use.until is None or (use.since <= last and first <= use.until):
            key = Key(min(alike), use.key.value) if use.key.kind in alike else use.key
            by_key[key].setdefault(use.case, use)
    for of_key in by_key.values():
        overlapping = list(of_key.values())
        days = [first, *(use.since for use in overlapping if first < use.since <= last)]
        most = max(sum(use.stands_on(day) for use in overlapping) for day in days)
        excess = most - limit.most + 1
        if excess > 0:
            yield from sorted(overlapping, key=lambda use: use.until or date.max)[:excess]


def first_free_day(use: Use) -> date | None:
    """The first day the key is free again; None while a pending request holds it."""
    return None if use.until is None else use.until + timedelta(days=1)


def earliest_day(use: Use, limit: Limit) -> date | None:
    """The first day on which the limit no longer bars a case for this use.

    None while a pending request holds the key, and where a later day frees nothing: a case declared for the same year
    is barred whenever it is approved.
    """
    free = first_free_day(use)
    if free is None or limit.window == "declared-year":
        return None
    if limit.window == "calendar-year" and (free.month, free.day) != (1, 1):
        return date(free.year + 1, 1, 1)
    return free


def first_day_below(uses: Sequence[Use], most: int, day: date) -> date | None:
    """The first day from this one on with fewer than ``most`` uses; None while pending requests prevent it."""
    while len(standing := [use for use in uses if use.stands_on(day)]) >= most:
        ends = [use.until for use in standing if use.until is not None]
        if len(standing) - len(ends) >= most or not ends:
            return None
        day = min(ends) + timedelta(days=1)
    return day
