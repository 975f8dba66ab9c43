"""The facts around an inspection and everything under it, read in one statement a kind.

For questions only: nothing may be written while these facts are in use. What lies outside the family and its
jurisdiction is read case by case, as ``StoredFacts`` does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cached_property

from regulations import Unit
from states.engine.case import Actor, Case, Role
from states.engine.deadlines import Deadline
from storage.cases import cases, deadlines
from storage.cases.case_facts import StoredFacts
from storage.cases.deadlines import Tracked
from storage.engine import Session
from storage.people import accounts, units


class FamilyFacts(StoredFacts):
    """``states.engine.context.Facts`` of the family that a case belongs to, held in memory."""

    def __init__(self, session: Session, case: Case) -> None:
        super().__init__(session, case.jurisdiction, case.region)
        self._root = case.family

    @cached_property
    def members(self) -> dict[str, Case]:
        """The inspection and its parts by id, in the order they were opened; a look-back is a family of its own."""
        return {case.id: case for case in self._relatives.values() if case.family == self._root}

    @cached_property
    def units(self) -> dict[str, Unit]:
        """The roster of the jurisdiction by code."""
        return {unit.code: unit for unit in units.roster(self._session, self._jurisdiction)}

    @cached_property
    def accounts(self) -> dict[str, Actor]:
        """The active accounts of the jurisdiction by name."""
        return {actor.name: actor for actor in accounts.active(self._session, self._jurisdiction)}

    @cached_property
    def tracked(self) -> dict[str, list[Tracked]]:
        """Every deadline of the family by case."""
        found = defaultdict(list)
        for one in deadlines.of_family(self._session, self._root):
            found[one.deadline.case].append(one)
        return dict(found)

    def unit(self, code: str) -> Unit | None:
        """The unit of this code on the roster."""
        return self.units.get(code)

    def account(self, name: str) -> Actor | None:
        """The active account of this name."""
        return self.accounts.get(name)

    def holders(self, role: Role) -> Sequence[str]:
        """The names of the people who hold the role."""
        return [actor.name for actor in self.accounts.values() if actor.holds(role) and not actor.automation]

    def case(self, case_id: str) -> Case | None:
        """Another case by its id."""
        return self._relatives.get(case_id) or super().case(case_id)

    def children(self, case_id: str, procedure: str) -> Sequence[Case]:
        """The cases of one procedure under this case, in the order they were opened."""
        if case_id not in self.members:
            return super().children(case_id, procedure)
        return self._children.get((case_id, procedure), ())

    def last_day(self, root: str) -> date:
        """The day of the last act on an inspection or any of its parts."""
        if root != self._root:
            return super().last_day(root)
        return max(case.acted_on for case in self.members.values())

    def deadlines(self, case_id: str) -> Sequence[Deadline]:
        """The running deadlines of this case."""
        if case_id not in self.members:
            return super().deadlines(case_id)
        return [one.deadline for one in self.tracked.get(case_id, ()) if one.deadline.running]

    @cached_property
    def _relatives(self) -> dict[str, Case]:
        """The family with the look-backs of its inspection, by id."""
        return {case.id: case for case in cases.family(self._session, self._root)}

    @cached_property
    def _children(self) -> dict[tuple[str, str], list[Case]]:
        found = defaultdict(list)
        for case in sorted(self._relatives.values(), key=lambda one: (len(one.id), one.id)):
            if case.parent is not None:
                found[case.parent, case.procedure].append(case)
        return dict(found)
