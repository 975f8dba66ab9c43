"""Nothing rests on the future: an act is not dated before the last act of a case its guards consult (rule 10)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar, cast

from states.engine.case import Case
from states.engine.context import Context, Facts
from states.engine.refusals import Refusal, refusal

_Guard = TypeVar("_Guard", bound=Callable[..., object])


def compares_days(guard: _Guard) -> _Guard:
    """Mark a guard that compares the days of the facts itself, or that reads cases on which the act does not rest."""
    guard.compares_days = True  # type: ignore[attr-defined]
    return guard


class ConsultedCases:
    """The facts around a case, remembering which other cases were read."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._read: dict[str, Case] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._facts, name)

    def case(self, case_id: str) -> Case | None:
        """Another case by its id."""
        found = self._facts.case(case_id)
        if found is not None:
            self._read[case_id] = found
        return found

    def children(self, case_id: str, procedure: str) -> Sequence[Case]:
        """The cases of one procedure under this case, in the order they were opened."""
        found = self._facts.children(case_id, procedure)
        self._read.update((child.id, child) for child in found)
        return found

    @property
    def read(self) -> Collection[Case]:
        """The cases that were read."""
        return self._read.values()


def dated_before_facts(consulted: Collection[Case], case: Case, context: Context) -> Iterator[Refusal]:
    """The act is dated before the last act of another case that was read."""
    latest = max((one for one in consulted if one.id != case.id), key=lambda one: one.acted_on, default=None)
    if latest is not None and context.on < latest.acted_on:
        day = latest.acted_on
        yield refusal("dated_before_the_last_act", earliest=day, on=context.on, case=latest.id)


def consulting(context: Context) -> tuple[Context, ConsultedCases]:
    """The context for guards on whose facts the act rests, and the record of what they read."""
    consulted = ConsultedCases(context.facts)
    return replace(context, facts=cast(Facts, consulted)), consulted
