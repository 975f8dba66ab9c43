"""What some acts change on a case beyond its state and its dossier."""

from __future__ import annotations

from dataclasses import replace

from states.engine.case import Case
from states.engine.context import Context
from states.inspection import dossier
from states.inspection.forms.application import Submit
from states.inspection.forms.planning import Amend, Assignment


def fixes_the_scope(case: Case, context: Context) -> Case:
    """The contents asked for at submission are those an approval covers (art. 13(1), 16)."""
    form = context.filled(Submit)
    return replace(case, dossier={**case.dossier, "scope": {"contents": sorted(form.contents)}})


def takes_the_amended_scope(case: Case, context: Context) -> Case:
    """The amended plan's targets become the inspection's; contents the authority granted widen the scope."""
    form = context.filled(Amend)
    contents = sorted({*dossier.approved_contents(case), *form.contents})
    return replace(case, targets=form.targets, dossier={**case.dossier, "scope": {"contents": contents}})


def takes_its_targets(case: Case, context: Context) -> Case:
    """A group takes up the targets it was given."""
    return replace(
        case, targets=context.filled(Assignment).targets, title=context.filled(Assignment).name or case.title
    )


def is_suspended(case: Case, context: Context) -> Case:
    """The case stands still."""
    return replace(case, suspended=True)


def is_resumed(case: Case, context: Context) -> Case:
    """The case goes on."""
    return replace(case, suspended=False)
