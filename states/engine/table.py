"""A procedure as a table: one row a line, checked when it is built."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pydantic import BaseModel

from states.engine.case import NEW, Case, Role
from states.engine.context import Context
from states.engine.forms.base import Form
from states.engine.refusals import Refusal

Guard = Callable[[Case, Context], Iterable[Refusal]]
"""A fact that must hold: yields a refusal for each way in which it does not."""

Choice = Callable[[Case, Context], bool]
"""Which of two rows of the same act is taken."""

RuleChoice = Callable[[Case, Context], str | None]
"""The rule key of the acts of a case by what it or the form is about; None where neither says."""

PeopleOf = Callable[[Case], frozenset[str]]
"""The people who work on a case."""

Effect = Callable[[Case, Context], Case]
"""What an act changes on the case beyond its state and its dossier."""

SAME = "="
"""In the ``to`` column: the act leaves the state as it is."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row: who may do which act from where to where, on which conditions, and what it sets off.

    act                  imperative verb
    from_                states it starts from; to: state it leads to, SAME for none
    by                   roles, any of which may do it
    guards               facts that must hold; all are asked, so that a refusal lists everything
    form                 what has to be filled in
    stored_as            name in the dossier under which the form is kept; ``name[]`` for one of several
    when                 chooses between rows of the same act
    starts_term          term that starts to run; meets_term: term that is met
    term_owed_by_office  whether the office owes the term, and not the unit the case is about
    consequences         acts on other cases that this one brings about, carried out in casework
    frequency            what happens to the frequency keys; ``start`` and ``bulletin`` are days a limit may count from
    advances_when_all    the procedure whose cases do this act one by one; the last of them moves this case
    stage                the stage whose flow follows the act up
    in_person            never by an automation account
    consequence_only     only ever brought about by another act, never asked for
    suspended            may be done while the case is suspended
    effect               what else changes on the case
    optional             nobody is waited for: the act is possible for long, and done only for a reason
    ask_roles            whether each role that may do it is evaluated by itself, because a guard tells them apart
    part_list            field of the form that does the act once for each part; each entry names its unit by ``code``
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
    frequency: Literal["hold", "take", "free", "start", "bulletin"] | None = None
    advances_when_all: str | None = None
    stage: str | None = None
    in_person: bool = False
    consequence_only: bool = False
    suspended: bool = False
    effect: Effect | None = None
    optional: bool = False
    ask_roles: bool = False
    part_list: str | None = None
    rule: str | None = None

    def destination(self, state: str) -> str:
        """Where the act leads from this state."""
        return state if self.to == SAME else self.to


class BadTable(ValueError):
    """A procedure's table contradicts itself."""


@dataclass(frozen=True, eq=False)
class Procedure:
    """A procedure: its states in order, those that end it, and its rows.

    letter         numbers its cases: TL-2026-Z01-R03 is the third rectification of TL-2026-Z01
    opened_by_act  name under which its first act may be asked for on the root it belongs to
    rule_for       chooses another rule key for its acts by what a case is about
    root           its cases stand by themselves; those of the other procedures belong to one
    holds_up_root  the root may have to wait until a case of it is decided
    people         those who work on a case and act for it
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

    def __post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise BadTable(f"{self.name}: {'; '.join(problems)}")

    @property
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
        """The act that is handed in on this form; None when no act is."""
        return next((step.act for step in self.steps if step.form is form), None)

    def is_open(self, state: str) -> bool:
        """Whether a case in this state still goes on."""
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
                if state in self.final:
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
    """Marks a guard that looks at what was filled in: it is asked only once something is."""
    guard.needs_form = True  # type: ignore[attr-defined]
    return guard


def needs_form(guard: Guard) -> bool:
    """Whether the guard looks at what was filled in."""
    return getattr(guard, "needs_form", False)
