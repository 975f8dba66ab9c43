"""Changes of some acts to a case beyond its state and its dossier."""

from __future__ import annotations

from dataclasses import replace

from states.engine.case import Case
from states.engine.context import Context
from states.inspection import dossier
from states.inspection.forms.application import EditApplication, Submit
from states.inspection.forms.hand_over import HandOver
from states.inspection.forms.planning import Amend, Assignment
from states.inspection.forms.review import ChangeFinding
from states.inspection.guards.drafts import edited_application
from states.inspection.hand_over import after, working_groups


def fixes_the_scope(case: Case, context: Context) -> Case:
    """The contents requested at submission become the scope of the approval (art. 13(1), 16)."""
    form = context.filled(Submit)
    return replace(case, dossier={**case.dossier, "scope": {"contents": sorted(form.contents)}})


def takes_the_edited_application(case: Case, context: Context) -> Case:
    """The edited application takes the place of the one before; the journal keeps both."""
    edited = edited_application(case, context.filled(EditApplication))
    if edited is None or context.actor is None:
        return case
    kept = {"by": context.actor.name, "on": context.on.isoformat(), **edited.model_dump(mode="json")}
    dossier = {**case.dossier, "application": kept}
    return replace(case, title=edited.title, targets=edited.targets, dossier=dossier)


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
