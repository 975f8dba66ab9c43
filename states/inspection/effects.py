"""Changes of some acts to a case beyond its state and its dossier."""

from __future__ import annotations

from dataclasses import replace

from states.engine.case import Case
from states.engine.context import Context
from states.inspection import dossier
from states.inspection.forms.application import Submit
from states.inspection.forms.hand_over import HandOver
from states.inspection.forms.planning import Amend, Assignment
from states.inspection.forms.review import ChangeFinding
from states.inspection.hand_over import after, working_groups


def fixes_the_scope(case: Case, context: Context) -> Case:
    """The contents requested at submission become the scope of the approval (art. 13(1), 16)."""
    form = context.filled(Submit)
    return replace(case, dossier={**case.dossier, "scope": {"contents": sorted(form.contents)}})


def takes_the_amended_scope(case: Case, context: Context) -> Case:
    """The amended plan's targets become the inspection's; contents the authority granted widen the scope."""
    form = context.filled(Amend)
    contents = sorted({*dossier.approved_contents(case), *form.contents})
    return replace(case, targets=form.targets, dossier={**case.dossier, "scope": {"contents": contents}})


def takes_its_targets(case: Case, context: Context) -> Case:
    """The group's targets become those of its order."""
    return replace(
        case, targets=context.filled(Assignment).targets, title=context.filled(Assignment).name or case.title
    )


def hands_over_duties(case: Case, context: Context) -> Case:
    """The staffing names the successors in the groups that still work."""
    staffing = dossier.staffing(case)
    if staffing is None:
        return case
    working, changes = working_groups(case, context), context.filled(HandOver).changes
    changed = {group.name: group for group in after(working, changes, context)}
    groups = tuple(changed.get(group.name, group) for group in staffing.groups)
    return case.with_document("staffing", staffing.model_copy(update={"groups": groups}))


def is_suspended(case: Case, context: Context) -> Case:
    """The case is suspended."""
    return replace(case, suspended=True)


def is_resumed(case: Case, context: Context) -> Case:
    """The case is no longer suspended."""
    return replace(case, suspended=False)


def takes_the_changed_text(case: Case, context: Context) -> Case:
    """The finding is called by what the review made of it; what was recorded stays in its dossier."""
    return replace(case, title=context.filled(ChangeFinding).text[:60])
