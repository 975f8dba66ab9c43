"""The one evaluator: answers "do it", "may I?" and "what if?" from the same rows (rule 1 of docs/rules.md).

Each procedure has one shared, cached ``transitions`` machine that decides where an act leads. It moves a small
cursor: the case is frozen, and callbacks neither read nor write anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from transitions import EventData, Machine, MachineError

from states.engine import common_guards, consulted_cases
from states.engine.case import NEW, Case
from states.engine.context import Context
from states.engine.refusals import ActRefused, Refusal, refusal
from states.engine.table import Procedure, Step, decides_place, needs_form


@dataclass(frozen=True, slots=True)
class Move:
    """An act evaluated as lawful: the case before and after it, its row and the article it rests on."""

    before: Case
    after: Case
    step: Step
    article: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of evaluating an act: its row (None: there is none from this state) and every refusal.

    ``article`` is the clause the act rests on in the version the case has pinned; empty where there is no row.
    """

    act: str
    step: Step | None
    refusals: tuple[Refusal, ...]
    article: str = ""

    @property
    def allowed(self) -> bool:
        """Whether there is no refusal, as far as can be known before the form is filled in."""
        return not self.refusals


class _Cursor:
    """The model that the machine moves in place of a case."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


def advance(case: Case, act: str, context: Context) -> Move:
    """The case after this act. Raises ActRefused with every unmet condition; the case is never changed in place."""
    verdict = evaluate(case, act, context)
    if verdict.refusals or verdict.step is None:
        raise ActRefused(case.id, act, verdict.refusals, case)
    step = verdict.step
    assert context.actor is not None
    moved = case.changed(
        state=step.destination(case.state),
        version=case.version + 1,
        acted_on=context.on,
        actors_by_act={**case.actors_by_act, act: _with_last(case.actors_by_act.get(act, ()), context.actor.name)},
        dossier=_kept(case, step, context),
    )
    return Move(case, step.effect(moved, context) if step.effect else moved, step, verdict.article)


def _with_last(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    """These names, each once, with this one last."""
    return (*(one for one in names if one != name), name)


def evaluate(case: Case, act: str, context: Context) -> Verdict:
    """Every refusal of this act. Without a form, guards on the form are skipped."""
    step = _row(case, act, context)
    if step is None:
        meant = _meant_row(case, act, context)
        also = _guarded(case, meant, context) if meant else ()
        return Verdict(act, None, (_out_of_order(case, act, context), *_refusals(case, meant, context), *also))
    article = context.pack.article_for(step, case, context)
    return Verdict(act, step, (*_refusals(case, step, context, article), *_guarded(case, step, context)), article)


def possible_acts(case: Case, context: Context) -> tuple[Verdict, ...]:
    """Every act that starts from the state of the case, evaluated."""
    procedure = context.pack.procedure_of(case)
    if not procedure.is_open(case.state):
        return ()
    possible = dict.fromkeys(step.act for step in _offered(case, context))
    verdicts = (evaluate(case, act, context) for act in possible)
    return tuple(verdict for verdict in verdicts if verdict.step is not None and not verdict.step.consequence_only)


def _offered(case: Case, context: Context) -> Iterator[Step]:
    """The rows that start from the state of the case and have a place on it."""
    for step in context.pack.procedure_of(case).steps:
        without = (guard for guard in step.guards if decides_place(guard) and tuple(guard(case, context)))
        if case.state in step.from_ and not step.consequence_only and next(without, None) is None:
            yield step


def _refusals(case: Case, step: Step | None, context: Context, article: str = "") -> tuple[Refusal, ...]:
    """The refusals that hold for every act: of the account, the day, a late entry, a suspension."""
    return tuple(_cited(one, context) for one in common_guards.common_refusals(case, step, context, article))


def _meant_row(case: Case, act: str, context: Context) -> Step | None:
    """The row that an act out of order would have taken; None for an unknown act and for a case that has ended."""
    procedure = context.pack.procedure_of(case)
    return next(iter(procedure.rows(act)), None) if procedure.is_open(case.state) else None


def _guarded(case: Case, step: Step, context: Context) -> Iterator[Refusal]:
    relying, consulted = consulted_cases.consulting(context)
    for guard in step.guards:
        if context.form is not None or not needs_form(guard):
            seen = context if hasattr(guard, "compares_days") else relying
            yield from (_cited(found, context, f"guard.{guard.__name__}") for found in guard(case, seen))
    yield from (_cited(found, context) for found in consulted_cases.dated_before_facts(consulted.read, case, context))


def _cited(found: Refusal, context: Context, *rules: str) -> Refusal:
    """The refusal with its article in the pinned version: by its own rule key, else by its code, else by its guard.

    It also gets the jurisdiction, whose offices it names.
    """
    keys = (found.rule,) if found.rule else (f"refusal.{found.code}", *rules)
    article = found.article or context.pack.article(*keys)
    home = context.home() if context.home else None
    return replace(found, article=article, regulation=context.pack.key, home=home)


def _kept(case: Case, step: Step, context: Context) -> dict[str, Any]:
    """The dossier with the document that this act stores."""
    dossier = dict(case.dossier)
    if step.stored_as is None or context.form is None or context.actor is None:
        return dossier
    entry = {"by": context.actor.name, "on": context.on.isoformat(), **context.form.model_dump(mode="json")}
    name = step.stored_as.removesuffix("[]")
    dossier[name] = [*dossier.get(name, ()), entry] if step.stored_as.endswith("[]") else entry
    return dossier


def _out_of_order(case: Case, act: str, context: Context) -> Refusal:
    """Why there is no row: an unknown act, a case that has ended, or a state from which the act is not possible."""
    pack = context.pack
    procedure = pack.procedure_of(case)
    rows = procedure.rows(act)
    if not rows:
        article = pack.article(f"procedure.{procedure.name}")
        return _cited(refusal("act_unknown", act=act, acts=procedure.acts, article=article), context)
    article = pack.article_of(procedure, rows[0])
    if not procedure.is_open(case.state):
        return _cited(refusal("case_ended", case=case.id, state=case.state, article=article), context)
    needed = tuple(dict.fromkeys(state for row in rows for state in row.from_))
    possible = list(_offered(case, context))
    found = refusal(
        "out_of_order",
        *dict.fromkeys(role for step in possible for role in step.by),
        act=act,
        state=case.state,
        states=needed,
        acts=tuple(dict.fromkeys(step.act for step in possible)) or ("—",),
        article=article,
    )
    return _cited(found, context)


def _row(case: Case, act: str, context: Context) -> Step | None:
    """The row the machine chooses for this act; None when there is none from this state."""
    procedure = context.pack.procedure_of(case)
    if any(step.when for step in procedure.rows(act)):
        return _chosen(procedure, act, case.state, case=case, context=context)
    return _only_row(procedure, act, case.state)


@cache
def _only_row(procedure: Procedure, act: str, state: str) -> Step | None:
    """The row of an act that neither case nor form choose between: the machine always leads to the same."""
    return _chosen(procedure, act, state)


def _chosen(procedure: Procedure, act: str, state: str, **about: object) -> Step | None:
    event = _machine(procedure).events.get(act)
    if event is None:
        return None
    cursor = _Cursor(state)
    try:
        if not event.trigger(cursor, **about):
            return None
    except MachineError:
        return None
    rows = (step for step in procedure.rows(act) if state in step.from_)
    return next((step for step in rows if step.destination(state) == cursor.state), None)


@cache
def _machine(procedure: Procedure) -> Machine:
    """The shared machine of one procedure in one version."""
    machine = Machine(
        model=None,
        states=[NEW, *procedure.states],
        initial=NEW,
        auto_transitions=False,
        queued=False,
        send_event=True,
    )
    for step in procedure.steps:
        for state in step.from_:
            machine.add_transition(step.act, state, step.destination(state), conditions=_conditions(step))
    return machine


def _conditions(step: Step) -> list[Any]:
    if step.when is None:
        return []
    choose = step.when

    def chosen(event: EventData) -> bool:
        return choose(event.kwargs["case"], event.kwargs["context"])

    return [chosen]
