"""Which unit succeeds which: the one place that knows what became of a unit code, and what counts for whom.

A case keeps the codes it was opened with. Whoever compares codes across time asks here: frequency limits, look-backs,
an officer's duties and what an officer may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from regulations import Unit
from states.engine.frequency import Use

Change = Literal["added", "corrected", "renamed", "recoded", "merged", "split", "abolished"]
SUCCEEDING: frozenset[Change] = frozenset({"recoded", "merged", "split"})
"""The changes after which other units go on under other codes."""


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A change of the roster from a day on: the units concerned as they were before and as they are after it.

    ``heir`` has the open duties of the units that end with it; None where none ends, or where there was nothing to do.
    """

    change: Change
    on: date
    before: tuple[Unit, ...]
    after: tuple[Unit, ...]
    heir: str | None = None

    @property
    def ended(self) -> frozenset[str]:
        """The codes of the units that are no more."""
        return frozenset(unit.code for unit in self.before) - {unit.code for unit in self.after}


@dataclass(frozen=True, slots=True)
class _Step:
    """From one code to one that succeeds it; ``before``: only what began before that day passes on (None: all)."""

    earlier: str
    later: str
    before: date | None


@dataclass(frozen=True)
class Successions:
    """Every change of the units of a jurisdiction, in the order they were recorded."""

    changes: Sequence[UnitChange] = field(default=())

    def ended_by(self, code: str) -> UnitChange | None:
        """The change with which the unit of this code ended; None for one that goes on."""
        return self._ends.get(code)

    def bearer(self, code: str) -> str:
        """The unit that has the duties of this one by now; the code itself while it goes on, or where nobody has."""
        seen = {code}
        while (end := self._ends.get(code)) is not None and end.heir is not None and end.heir not in seen:
            code = end.heir
            seen.add(code)
        return code

    def answers_for(self, code: str) -> frozenset[str]:
        """The codes whose duties this unit has, its own among them."""
        return frozenset({code, *(earlier for earlier in self._ends if self.bearer(earlier) == code)})

    def continues(self, code: str, earlier: str) -> bool:
        """Whether a unit is the earlier one, or goes on in its place, through any number of changes."""
        return earlier in {step_code for step_code, _ in self._counted(code, forward=False)}

    def same_bearer(self, one: str | None, other: str | None) -> bool:
        """Whether the duties of both units are those of one unit by now."""
        return one == other or (one is not None and other is not None and self.bearer(one) == self.bearer(other))

    def related(self, code: str) -> frozenset[str]:
        """This code and every code whose inspections may count for it, or it for them."""
        return frozenset(
            one for forward in (False, True) for one, _ in self._counted(code, forward=forward, whenever=True)
        )

    def counting_for(self, code: str, uses: Iterable[Use]) -> Iterator[Use]:
        """Of these uses of units those that count for this one: its own, and those of the units it continues.

        A unit that goes on after a split passes on only what began before it.
        """
        limits = dict(self._counted(code, forward=False)) | dict(self._counted(code, forward=True))
        for use in uses:
            if use.key.value in limits:
                limit = limits[use.key.value]
                if limit is None or use.since < limit:
                    yield use

    def name_on(self, unit: Unit, day: date) -> str:
        """What the unit of this code was called on a day."""
        renamed = [one for one in self.changes if one.change == "renamed" and one.on > day]
        for change in sorted(renamed, key=lambda one: one.on):
            for before in change.before:
                if before.code == unit.code:
                    return before.name
        return unit.name

    def concerning(self, code: str) -> list[UnitChange]:
        """The changes that name this unit, before or after."""
        return [one for one in self.changes if code in {unit.code for unit in (*one.before, *one.after)}]

    @cached_property
    def _ends(self) -> dict[str, UnitChange]:
        return {code: change for change in self.changes for code in change.ended}

    @cached_property
    def _steps(self) -> tuple[_Step, ...]:
        return tuple(
            _Step(earlier.code, later.code, None if earlier.code in change.ended else change.on)
            for change in self.changes
            if change.change in SUCCEEDING
            for earlier in change.before
            for later in change.after
            if earlier.code != later.code
        )

    def _counted(self, code: str, *, forward: bool, whenever: bool = False) -> Iterator[tuple[str, date | None]]:
        """This code and those before it, or after it, each with the day before which its inspections began.

        Forward only through units that ended, unless ``whenever``: what goes on beside this unit is its own.
        """
        limits: dict[str, date | None] = {code: None}
        todo = [code]
        while todo:
            at = todo.pop()
            for step in self._steps:
                here, there = (step.earlier, step.later) if forward else (step.later, step.earlier)
                if here != at or there in limits or (forward and step.before is not None and not whenever):
                    continue
                days = [day for day in (limits[at], step.before) if day is not None]
                limits[there] = min(days) if days else None
                todo.append(there)
        return iter(limits.items())


NO_CHANGES = Successions()
"""Where no unit ever changed."""
