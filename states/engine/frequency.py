"""How often the same may be inspected: keys, windows and whether they are free (Tongliang art. 12).

A special inspection takes three kinds of key, each refusing alone: one for every target, one for the problem, one
for the domain. A comprehensive inspection takes the year it is declared for. A pending request *holds* its keys; the
approval *takes* them for a window counted from the approval day (Civil Code 201-202).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from calendars import year_later
from regulations import Limit, Regulation
from states.engine.case import Case, Kind


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What is limited: ``kind`` is year, target, problem or domain; ``value`` the year, unit code or topic."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Use:
    """One standing use of a key: held while the request is pending (``until`` None), then taken for a window.

    ``since`` and ``until`` are both within the window.
    """

    key: Key
    case: str
    since: date
    until: date | None

    @property
    def held(self) -> bool:
        """Whether the request that holds the key is still undecided."""
        return self.until is None


def normalised_topic(text: str) -> str:
    """A problem or domain as a key: compatibility forms, case and blanks do not make another topic."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def keys_of(case: Case) -> tuple[Key, ...]:
    """The keys an inspection needs, sorted, so that every process takes them in one order."""
    if case.kind is Kind.COMPREHENSIVE:
        return (Key("year", str(case.year)),)
    if case.kind is not Kind.SPECIAL:
        return ()
    application = case.dossier.get("application", {})
    topics = [Key(name, normalised_topic(application[name])) for name in ("problem", "domain") if application.get(name)]
    return tuple(sorted([*topics, *(Key("target", code) for code in set(case.targets))]))


def limit_of(case: Case, regulation: Regulation) -> Limit | None:
    """The limit that binds this inspection; None for a look-back, which has none."""
    return regulation.limit(case.kind.value) if case.kind in (Kind.COMPREHENSIVE, Kind.SPECIAL) else None


def window(limit: Limit, case: Case, approved_on: date) -> tuple[date, date]:
    """First and last day on which this approval bars another of the same key.

    declared-year: the declared year. calendar-year: the year of the approval. rolling: from the approval day to the
    corresponding day a year later, both included, so that the first free day is the day after.
    """
    if limit.window == "rolling":
        return approved_on, year_later(approved_on)
    year = case.year if limit.window == "declared-year" else approved_on.year
    return date(year, 1, 1), date(year, 12, 31)


def clashes(uses: Sequence[Use], limit: Limit, case: Case, on: date) -> Iterator[Use]:
    """The standing uses that bar this case if it were approved on this day.

    Two windows that meet bar each other, so an approval dated before an earlier-recorded one is caught as well.
    """
    first, last = window(limit, case, on)
    for use in uses:
        if use.until is None or (use.since <= last and first <= use.until):
            yield use


def first_free_day(use: Use) -> date | None:
    """The first day the key is free again; None while a pending request holds it."""
    return None if use.until is None else use.until + timedelta(days=1)
