"""The facts around a case, read from the database when a guard asks, and once only per asking."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence, Set
from datetime import date
from typing import Any, TypeVar

import calendars
from calendars import Calendar, Notice
from regulations import Unit
from states.engine.case import Actor, Case, Role
from states.engine.deadlines import Deadline
from states.engine.frequency import Key, Use
from states.engine.successions import Successions
from storage.calendar import holiday_notices
from storage.cases import cases, deadlines, frequency
from storage.engine import Session
from storage.people import accounts, successions, units

_Found = TypeVar("_Found")


class StoredFacts:
    """``states.engine.context.Facts`` of one family of cases over one transaction.

    What was read is remembered: units, people and days for good, the rest until something is written. ``taken_in``
    gives the holiday notices where they were read already.
    """

    def __init__(
        self,
        session: Session,
        jurisdiction: str,
        region: str,
        taken_in: Callable[[], tuple[Notice, ...]] | None = None,
    ) -> None:
        self._session = session
        self._taken_in = taken_in or (lambda: holiday_notices.accepted_notices(session))
        self._jurisdiction = jurisdiction
        self._region = region
        self._lasting: dict[Hashable, Any] = {}
        self._passing: dict[Hashable, Any] = {}
        self._learnt: dict[str, Case] = {}

    def learn(self, case: Case) -> None:
        """A case as it stands by now, written in this transaction or kept by it."""
        self._learnt[case.id] = case
        self.forget()

    def forget(self) -> None:
        """Something was written: cases not learnt, deadlines and keys are read anew when they are asked for."""
        self._passing.clear()

    def unit(self, code: str) -> Unit | None:
        """The unit of this code on the roster."""
        return _once(self._lasting, ("unit", code), lambda: units.load(self._session, self._jurisdiction, code))

    def _account(self, name: str) -> Actor | None:
        found = accounts.load(self._session, self._jurisdiction, name)
        return found or self._spelt_otherwise().get(name)

    def _spelt_otherwise(self) -> Mapping[str, Actor]:
        """The accounts that were entered before names had a plain form, by their plain names."""
        return _once(self._lasting, ("spelt", ""), lambda: accounts.spelt_otherwise(self._session, self._jurisdiction))

    def account(self, name: str) -> Actor | None:
        """The active account of this name."""
        return _once(self._lasting, ("account", name), lambda: self._account(name))

    def holders(self, role: Role) -> Sequence[str]:
        """The names of the people who hold the role."""
        return _once(
            self._lasting, ("holders", role), lambda: accounts.holders(self._session, self._jurisdiction, role)
        )

    def calendar(self) -> Calendar:
        """The calendar of the region, with every notice this database has taken in."""
        notices = _once(self._lasting, "notices", self._taken_in)
        return calendars.load(self._region, accepted=notices)

    def case(self, case_id: str) -> Case | None:
        """Another case by its id."""
        learnt = self._learnt.get(case_id)
        return learnt or _once(self._passing, ("case", case_id), lambda: cases.load(self._session, case_id))

    def children(self, case_id: str, procedure: str) -> Sequence[Case]:
        """The cases of one procedure under this case, in the order they were opened."""
        return _once(
            self._passing, ("children", case_id, procedure), lambda: cases.children(self._session, case_id, procedure)
        )

    def last_day(self, root: str) -> date:
        """The day of the last act on an inspection or any of its parts."""
        day: date = _once(self._passing, ("last_day", root), lambda: cases.last_day(self._session, root))
        return day

    def uses(self, keys: Sequence[Key], besides: str) -> Sequence[Use]:
        """The standing uses of these frequency keys by other cases than ``besides``."""
        return _once(
            self._passing,
            ("uses", tuple(keys), besides),
            lambda: frequency.uses_of_lines(self._session, self._jurisdiction, keys, besides, self.successions()),
        )

    def successions(self) -> Successions:
        """What became of the units of the jurisdiction."""
        return _once(self._lasting, "successions", lambda: successions.load(self._session, self._jurisdiction))

    def inspections(self, states: Set[str]) -> Sequence[Case]:
        """The root cases of the jurisdiction in these states."""
        return _once(
            self._passing,
            ("inspections", frozenset(states)),
            lambda: cases.roots(self._session, self._jurisdiction, states),
        )

    def overlapping(self, targets: Sequence[str], besides: str) -> Sequence[Case]:
        """Other open inspections that touch any of these targets, or a unit that one of them continues."""
        touched = sorted({one for code in targets for one in self.successions().related(code)})
        return _once(
            self._passing,
            ("overlapping", tuple(targets), besides),
            lambda: cases.overlapping(self._session, self._jurisdiction, touched, besides),
        )

    def deadlines(self, case_id: str) -> Sequence[Deadline]:
        """The running deadlines of this case."""
        return _once(
            self._passing,
            ("deadlines", case_id),
            lambda: [tracked.deadline for tracked in deadlines.of_case(self._session, case_id, running=True)],
        )


def _once(known: dict[Hashable, Any], asked: Hashable, read: Callable[[], _Found]) -> _Found:
    if asked not in known:
        known[asked] = read()
    found: _Found = known[asked]
    return found
