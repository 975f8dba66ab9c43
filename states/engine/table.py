"""A procedure as a table, one row per transition, checked when it is built."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from pydantic import BaseModel

from states.engine.case import NEW, Case, Role
from states.engine.context import Context
from states.engine.forms.base import Form
from states.engine.refusals import Refusal

Guard = Callable[[Case, Context], Iterable[Refusal]]
"""A condition: yields a refusal for each way in which it is not met."""

Choice = Callable[[Case, Context], bool]
"""Chooses between two rows of the same act."""

RuleChoice = Callable[[Case, Context], str | None]
"""The rule key of the acts of a case by the content of the case or form; None where neither decides it."""

PeopleOf = Callable[[Case], frozenset[str]]
"""The people who work on a case."""

AbsentOn = Callable[[Case, date], frozenset[str]]
"""The people who work on a case and are absent on a day."""

Effect = Callable[[Case, Context], Case]
"""What an act changes on the case beyond its state and its dossier."""

SAME = "="
"""In the ``to`` column: the act leaves the state as it is."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row: roles, act, source and target states, conditions, and consequences.

    act                  imperative verb
    from_                states it starts from; to: state it leads to, SAME for none
    by                   roles, any of which may do it
    guards               conditions; all are evaluated, so that a refusal lists every unmet one
    form                 form of the act
    stored_as            name in the dossier under which the form is kept; ``name[]`` for one of several
    when                 chooses between rows of the same act
    starts_term          term that the act starts; meets_term: term that it meets
    term_owed_by_office  whether the office owes the term, and not the unit the case is about
    consequences         acts on other cases that follow from this one, carried out in casework
    frequency            what happens to the frequency keys; ``start`` and ``bulletin`` are days a limit may count from,
                         ``settle`` gives back what a decided part of an inspection held for it
    advances_when_all    the procedure whose cases do this act individually; the last one moves this case
    stage                the stage whose flow follows up the act
    in_person            never by an automation account
    consequence_only     only as a consequence of another act, never requested
    suspended            may be done while the case is suspended
    effect               what else changes on the case
    optional             the procedure does not wait for this act; it is done only for a reason
    ask_roles            whether each role is evaluated separately, because a guard distinguishes between them
    correctable          fields of the form that a correction may put right
    unique_field         field of the form whose value no other case of the jurisdiction has; locked before it is judged
    part_list            field of the form that does the act once for each part; each entry names its unit by ``code``
    reopens              takes a case back from a state that ended it, because it was ended by mistake
    rule                 the key by which the regulation says which article it rests on; by default procedure.act
    """

    act: str
    from_: tuple[str, ...]
    to: str
    by: tuple[Role, ...]
    guards: tuple[Guard, ...] = ()
    form: type[BaseModel] = Form
    stored_as: str | None = None
    when: Choice | None = None
    starts_term: str | None = None
    meets_term: str | None = None
    term_owed_by_office: bool = False
    consequences: tuple[str, ...] = ()
    frequency: Literal["hold", "take", "free", "settle", "start", "bulletin", "recount"] | None = None
    advances_when_all: str | None = None
    stage: str | None = None
    in_person: bool = False
    consequence_only: bool = False
    suspended: bool = False
    effect: Effect | None = None
    optional: bool = False
    ask_roles: bool = False
    unique_field: str | None = None
    correctable: tuple[str, ...] = ()
    part_list: str | None = None
    reopens: bool = False
    rule: str | None = None

    def destination(self, state: str) -> str:
        """The state the act leads to from this state."""
        return state if self.to == SAME else self.to


class BadTable(ValueError):
    """A procedure's table contradicts itself."""


@dataclass(frozen=True, eq=False)
class Procedure:
    """A procedure: its states in order, those that end it, and its rows.

    letter         numbers its cases: TL-2026-Z01-R03 is the third rectification of TL-2026-Z01
    opened_by_act  name of its first act as an act on the root it belongs to
    rule_for       chooses another rule key for its acts by the content of a case
    root           its cases belong to no other case; those of other procedures belong to a root
    holds_up_root  the root may have to wait until a case of it is decided
    people         the people who work on a case and act for it
    absent         which of them are absent on a day
    """

    name: str
    letter: str
    states: tuple[str, ...]
    final: frozenset[str]
    steps: tuple[Step, ...]
    opened_by_act: str | None = None
    rule_for: RuleChoice | None = None
    root: bool = False
    holds_up_root: bool = False
    people: PeopleOf | None = None
    absent: AbsentOn | None = None

    def __post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise BadTable(f"{self.name}: {'; '.join(problems)}")

    @cached_property
    def acts(self) -> tuple[str, ...]:
        """The acts in the order of the table."""
        return tuple(dict.fromkeys(step.act for step in self.steps))

    @property
    def first_act(self) -> str:
        """The act that opens a case."""
        return next(step.act for step in self.steps if NEW in step.from_)

    def rows(self, act: str) -> tuple[Step, ...]:
        """The rows of one act."""
        return self._rows_by_act.get(act, ())

    @cached_property
    def _rows_by_act(self) -> dict[str, tuple[Step, ...]]:
        return {act: tuple(step for step in self.steps if step.act == act) for act in self.acts}

    def rule_of(self, step: Step) -> str:
        """The key by which the regulation says which article a row rests on."""
        return step.rule or f"{self.name}.{step.act}"

    def act_with(self, form: type[BaseModel]) -> str | None:
        """The act that takes this form; None when there is none."""
        return next((step.act for step in self.steps if step.form is form), None)

    def is_open(self, state: str) -> bool:
        """Whether a case in this state is still open."""
        return state not in self.final

    def _problems(self) -> Iterator[str]:
        known = {NEW, *self.states}
        taken: set[tuple[str, str, str]] = set()
        for step in self.steps:
            for state in (*step.from_, *(() if step.to == SAME else (step.to,))):
                if state not in known:
                    yield f"{step.act}: unknown state {state!r}"
            if not step.by:
                yield f"{step.act}: nobody may do it"
            for state in step.from_:
                if state in self.final and step.to != SAME and not step.reopens:
                    yield f"{step.act}: leaves the final state {state!r}"
                row = (step.act, state, step.destination(state))
                if row in taken:
                    yield f"{step.act}: two rows from {state!r} to {step.destination(state)!r}"
                taken.add(row)
        yield from (f"no end is reached from {state!r}" for state in self._stranded())

    def _stranded(self) -> Iterator[str]:
        """States from which no end can be reached, or which nothing leads to."""
        ends, starts = set(self.final), {NEW}
        moves = [(state, step.destination(state)) for step in self.steps for state in step.from_]
        for _ in moves:
            ends |= {source for source, target in moves if target in ends}
            starts |= {target for source, target in moves if source in starts}
        yield from (state for state in self.states if state not in ends or state not in starts)


def on_form(guard: Guard) -> Guard:
    """Mark a guard that reads the form: it is evaluated only with a form."""
    guard.needs_form = True  # type: ignore[attr-defined]
    return guard


def needs_form(guard: Guard) -> bool:
    """Whether the guard reads the form."""
    return getattr(guard, "needs_form", False)


def on_place(guard: Guard) -> Guard:
    """Mark a guard about what the act undoes or decides: where that does not exist, the act is not offered."""
    guard.decides_place = True  # type: ignore[attr-defined]
    return guard


def decides_place(guard: Guard) -> bool:
    """Whether an act is not offered where this guard refuses it."""
    return getattr(guard, "decides_place", False)
