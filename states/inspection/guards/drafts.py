"""Drafts: edited and withdrawn by whoever made them; acts that ended a case by mistake (house rules)."""

from __future__ import annotations

from collections.abc import Iterator

from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.table import Guard, on_form
from states.inspection import dossier
from states.inspection.forms.application import EditApplication, Open
from states.inspection.guards import application, designation
from states.inspection.hand_over import handler_of

_OF_AN_APPLICATION: tuple[Guard, ...] = (
    application.targets_are_on_the_roster,
    application.targets_are_the_parents,
    designation.designated_department_is_known,
)


def the_maker_does_it(case: Case, context: Context) -> Iterator[Refusal]:
    """An application is edited and withdrawn by its maker, or by the person it was handed over to."""
    maker = handler_of(case)
    if context.actor is not None and context.actor.name != maker:
        yield refusal("not_the_maker", Role.COORDINATOR, name=context.actor.name, maker=maker)


@on_form
def edited_application_is_lawful(case: Case, context: Context) -> Iterator[Refusal]:
    """The application as edited fulfils what it had to fulfil when it was opened."""
    edited = edited_application(case, context.filled(EditApplication))
    if edited is None:
        return
    for guard in _OF_AN_APPLICATION:
        if guard is not application.targets_are_the_parents or case.parent is not None:
            yield from guard(case, context.with_form(edited))


def edited_application(case: Case, form: EditApplication) -> Open | None:
    """The application with what the form changes."""
    opened = dossier.application(case)
    if opened is None:
        return None
    changed = {name: getattr(form, name) for name in form.model_dump(exclude_none=True, exclude={"note"})}
    return opened.model_copy(update={"targets": case.targets, **changed})


def the_inspection_is_not_closed(case: Case, context: Context) -> Iterator[Refusal]:
    """A part is reopened while its inspection goes on; otherwise the inspection is reopened first."""
    inspection = context.inspection(case)
    if inspection.state == "closed":
        yield refusal("inspection_is_closed", Role.COORDINATOR, case=inspection.id)


def its_rectification_goes_on(case: Case, context: Context) -> Iterator[Refusal]:
    """A finding is reopened while the rectification of its unit goes on; otherwise that is reopened first."""
    for rectification in context.facts.children(case.family, "rectification"):
        if case.id in dossier.findings_to_rectify(rectification) and rectification.state in ("closed", "cancelled"):
            yield refusal("rectification_is_closed", Role.COORDINATOR, case=rectification.id)
