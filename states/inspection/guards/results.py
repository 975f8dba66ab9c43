"""The result, and once it is in, the rectification go to both receivers, each receipted (Tongliang art. 21, 22)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from states.engine.case import Case, Role
from states.engine.consulted_cases import compares_days
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form
from states.inspection import dossier
from states.inspection.forms.oversight import PassOn

SETTLED = ("accepted", "closed", "cancelled")


@on_form
@compares_days
def results_go_once_to_each(case: Case, context: Context) -> Iterator[Refusal]:
    """Each body gets the result of an inspection once, and the rectification once."""
    receiver = context.filled(PassOn).receiver
    body = next(body.name for body in context.regulation.result_receivers if body.code == receiver)
    passed_on = _contents(case, context)
    for other in context.facts.children(case.family, "passing_on"):
        again = passed_on & dossier.contents_passed_on(other)
        if other.id != case.id and dossier.receiver(other) == receiver and again:
            contents = tuple(sorted(again, reverse=True))
            yield refusal("already_passed_on", Role.COORDINATOR, other=other.id, receiver=body, contents=contents)


@on_form
def rectification_is_in(case: Case, context: Context) -> Iterator[Refusal]:
    """The rectification is passed on once every unit's has been accepted."""
    if "rectification" in context.filled(PassOn).contains:
        still = tuple(f"{one.id} {context.named(one.unit)}" for one in _unsettled(case, context))
        if still:
            yield refusal("rectification_not_in", Role.TARGET_OFFICER, Role.COORDINATOR, cases=still)


def results_were_passed_on(case: Case, context: Context) -> Iterator[Refusal]:
    """Appraisal office and organisation department have confirmed receipt of the result and of the rectification."""
    receipted = {
        (dossier.receiver(passing), part)
        for passing in context.facts.children(case.id, "passing_on")
        if passing.state == "receipted"
        for part in dossier.contents_passed_on(passing)
    }
    rectified = bool(context.facts.children(case.id, "rectification"))
    for body in context.regulation.result_receivers:
        if (body.code, "result") not in receipted:
            yield refusal("results_not_receipted", Role.COORDINATOR, body=body.name, article=body.article)
        elif rectified and (body.code, "rectification") not in receipted:
            yield refusal("rectification_not_receipted", Role.COORDINATOR, body=body.name, article=body.article)


def states_what_is_passed_on(case: Case, context: Context) -> Case:
    """What the body gets is written down, also where the form leaves it open."""
    contents = sorted(_contents(case, context), reverse=True)
    return replace(case, dossier={**case.dossier, "contents": {"contains": contents}})


def _contents(case: Case, context: Context) -> frozenset[str]:
    """What the form says; where it says nothing, the result, with the rectification once every unit's is accepted."""
    form = context.filled(PassOn)
    if form.contains:
        return frozenset(form.contains)
    rectifications = context.facts.children(case.family, "rectification")
    settled = bool(rectifications) and not _unsettled(case, context)
    return frozenset({"result", "rectification"}) if settled else frozenset({"result"})


def _unsettled(case: Case, context: Context) -> list[Case]:
    return [one for one in context.facts.children(case.family, "rectification") if one.state not in SETTLED]
