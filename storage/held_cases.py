"""The cases of the inspections that a transaction holds, as they stand in it: each is read once.

An act locks its inspection first, so nobody else changes one of these cases until the transaction ends; its
own changes are entered here. ``storage.engine`` begins every writing transaction with an empty one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from sqlalchemy import Connection

from states.engine.case import Case

Scope = Literal["parent", "root"]

HELD_CASES: Final = "held_cases"
"""Where they are in ``session.info`` of a writing transaction."""


@dataclass(frozen=True, slots=True)
class LockedCase:
    """A case read for an act: as it stands, with the hash of its last journal entry."""

    case: Case
    head: str


@dataclass(slots=True)
class HeldCases:
    """``roots`` are the inspections held; the lists name every case of a procedure under a parent or a root."""

    roots: set[str] = field(default_factory=set)
    _cases: dict[str, LockedCase] = field(default_factory=dict)
    _lists: dict[tuple[Scope, str, str], dict[str, None]] = field(default_factory=dict)

    def get(self, case_id: str) -> LockedCase | None:
        """The case of this id, if it is known."""
        return self._cases.get(case_id)

    def forget(self) -> None:
        """What was known was taken back with a savepoint."""
        self.roots.clear()
        self._cases.clear()
        self._lists.clear()

    def put(self, held: LockedCase) -> None:
        """Enter a case that was read or written, if its inspection is held."""
        case = held.case
        if case.family not in self.roots:
            return
        self._cases[case.id] = held
        self._add("parent", case.parent, case)
        self._add("root", case.root, case)

    def put_all(self, scope: Scope, under: str, procedure: str, found: Sequence[LockedCase]) -> None:
        """Enter every case of a procedure under a known one; a list with cases of other inspections is not kept."""
        if under in self._cases and all(held.case.family in self.roots for held in found):
            self._lists[scope, under, procedure] = dict.fromkeys(held.case.id for held in found)
            for held in found:
                self._cases.setdefault(held.case.id, held)

    def listed(self, scope: Scope, under: str, procedure: str) -> list[Case] | None:
        """Every case of a procedure under this one, if that is known, in the order they were opened."""
        listed = self._lists.get((scope, under, procedure))
        if listed is not None:
            return [self._cases[case_id].case for case_id in listed]
        return self._children(under, procedure) if scope == "parent" and under in self._cases else None

    def _children(self, parent: str, procedure: str) -> list[Case] | None:
        """Picked out of what the inspection has of the procedure; without any, they may belong to no inspection."""
        of_root = self._lists.get(("root", self._cases[parent].case.family, procedure))
        if not of_root:
            return None
        found = [case for case_id in of_root if (case := self._cases[case_id].case).parent == parent]
        return sorted(found, key=lambda case: (len(case.id), case.id))

    def _add(self, scope: Scope, under: str | None, case: Case) -> None:
        """A case that was opened goes last."""
        listed = None if under is None else self._lists.get((scope, under, case.procedure))
        if listed is not None:
            listed[case.id] = None


def held_cases(session: Connection) -> HeldCases:
    """What is known in this transaction; nothing that lasts in one that only reads."""
    found: HeldCases | None = session.info.get(HELD_CASES)
    return HeldCases() if found is None else found
