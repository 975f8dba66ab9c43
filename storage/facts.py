"""The facts around a case, read from the database when a guard asks, and once only per asking."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from regulations import Unit
from states.case import Actor, Case, Role
from states.deadlines import Deadline
from states.frequency import Key, Use
from storage import accounts, cases, deadlines, frequency, units
from storage.engine import Session

_Found = TypeVar("_Found")


class StoredFacts:
    """``states.context.Facts`` over one transaction. Make a new one for each act: what was read is remembered."""

    def __init__(self, session: Session, jurisdiction: str) -> None:
        self._session = session
        self._jurisdiction = jurisdiction
        self._known: dict[Hashable, Any] = {}

    def unit(self, code: str) -> Unit | None:
        """The unit of this code on the roster."""
        return self._once(("unit", code), lambda: units.load(self._session, self._jurisdiction, code))

    def account(self, name: str) -> Actor | None:
        """The active account of this name."""
        return self._once(("account", name), lambda: accounts.load(self._session, name))

    def holders(self, role: Role) -> Sequence[str]:
        """The names of the people who hold the role."""
        return self._once(("holders", role), lambda: accounts.holders(self._session, self._jurisdiction, role))

    def case(self, case_id: str) -> Case | None:
        """Another case by its id."""
        return self._once(("case", case_id), lambda: cases.load(self._session, case_id))

    def children(self, case_id: str, procedure: str) -> Sequence[Case]:
        """The cases of one procedure under this case, in the order they were opened."""
        return self._once(("children", case_id, procedure), lambda: cases.children(self._session, case_id, procedure))

    def uses(self, keys: Sequence[Key], besides: str) -> Sequence[Use]:
        """The standing uses of these frequency keys by other cases than ``besides``."""
        return self._once(
            ("uses", tuple(keys), besides),
            lambda: frequency.uses(self._session, self._jurisdiction, keys, besides),
        )

    def overlapping(self, targets: Sequence[str], besides: str) -> Sequence[Case]:
        """Other open inspections that touch any of these targets."""
        return self._once(
            ("overlapping", tuple(targets), besides),
            lambda: cases.overlapping(self._session, self._jurisdiction, targets, besides),
        )

    def deadlines(self, case_id: str) -> Sequence[Deadline]:
        """The running deadlines of this case."""
        return self._once(
            ("deadlines", case_id),
            lambda: [tracked.deadline for tracked in deadlines.of_case(self._session, case_id, running=True)],
        )

    def _once(self, asked: Hashable, read: Callable[[], _Found]) -> _Found:
        if asked not in self._known:
            self._known[asked] = read()
        found: _Found = self._known[asked]
        return found
