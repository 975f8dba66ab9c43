"""Guards of tracings: a chain of acts on record, and nobody decides on what concerns them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from states.engine.case import Case, Role
from states.engine.consulted_cases import compares_days
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.roster_checks import not_on_the_roster
from states.engine.table import on_form
from states.matters.forms.tracing import ChainLink, CompleteTracing, Trace
from states.matters.incident_marks import marks_of


@on_form
@compares_days
def chain_is_on_record(case: Case, context: Context) -> Iterator[Refusal]:
    """Each link of the chain is an act that was done, on a case of this jurisdiction, by the person it names."""
    form = context.form
    assert isinstance(form, Trace | CompleteTracing)
    yield from _off_record(form.chain, case, context)


def _off_record(chain: Sequence[ChainLink], case: Case, context: Context) -> Iterator[Refusal]:
    for link in chain:
        found = context.facts.case(link.case)
        done = found.actors_by_act.get(link.act, ()) if found and found.jurisdiction == case.jurisdiction else ()
        if found is None or found.jurisdiction != case.jurisdiction:
            yield refusal("chain_case_unknown", Role.COORDINATOR, named=link.case)
        elif not done:
            yield refusal("chain_act_not_done", Role.COORDINATOR, named=link.case, act=link.act)
        elif link.person is not None and link.person not in done:
            yield refusal(
                "chain_person_did_not", Role.COORDINATOR, named=link.case, act=link.act, name=link.person, people=done
            )


@on_form
def traced_units_are_on_the_roster(case: Case, context: Context) -> Iterator[Refusal]:
    """The units that a tracing names are units of the jurisdiction."""
    for code in context.filled(Trace).units:
        yield from not_on_the_roster(code, Role.COORDINATOR, context)


@on_form
def traced_marks_were_made(case: Case, context: Context) -> Iterator[Refusal]:
    """A tracing answers marks that were made on the incident it is under."""
    made = marks_of(context.inspection(case))
    for mark in context.filled(Trace).marks:
        if mark not in made:
            yield refusal("mark_not_made", Role.COORDINATOR, mark=mark, case=case.family)


@on_form
def tracing_says_where_it_goes(case: Case, context: Context) -> Iterator[Refusal]:
    """A tracing names the body it goes to and at least one act; one that follows from a talk is completed later."""
    if not context.as_consequence:
        yield from _missing(context.filled(Trace))


def tracing_is_complete(case: Case, context: Context) -> Iterator[Refusal]:
    """A tracing is decided on when it names the body it goes to and the acts it rests on."""
    tracing = case.read("tracing", Trace)
    if tracing is not None:
        yield from _missing(tracing)


def _missing(tracing: Trace) -> Iterator[Refusal]:
    if tracing.destination is None:
        yield refusal("tracing_destination_missing", Role.COORDINATOR)
    if not tracing.chain:
        yield refusal("chain_missing", Role.COORDINATOR)


def decider_is_not_traced(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody decides on a tracing that may concern themselves or their unit, or passes it on."""
    tracing, actor = case.read("tracing", Trace), context.actor
    if tracing is None or actor is None:
        return
    unit = context.facts.unit(actor.unit) if actor.unit else None
    in_chain = any(link.person == actor.plain_name for link in tracing.chain)
    named = actor.name in tracing.subject or (unit is not None and unit.name in tracing.subject)
    if in_chain or named or actor.unit in tracing.units:
        yield refusal("tracing_concerns_them", Role.AUTHORITY, Role.COORDINATOR, name=actor.name)
