"""What some acts change on a case beyond its state and its dossier."""

from __future__ import annotations

from dataclasses import replace

from states.campaign import dossier
from states.campaign.forms.campaign import EditCampaign, NamedPerson, OpenCampaign
from states.campaign.forms.parts import AssignDuty, Reassign
from states.campaign.offices import person_of
from states.engine.case import Case
from states.engine.context import Context


def edited_campaign(case: Case, form: EditCampaign) -> OpenCampaign | None:
    """The draft with what the form changes."""
    drafted = case.read("application", OpenCampaign)
    if drafted is None:
        return None
    changed = {name: getattr(form, name) for name in form.model_dump(exclude_none=True, exclude={"note"})}
    return drafted.model_copy(update={"targets": case.targets, **changed})


def takes_the_edited_draft(case: Case, context: Context) -> Case:
    """The edited draft takes the place of the one before; the journal keeps both."""
    edited = edited_campaign(case, context.filled(EditCampaign))
    if edited is None:
        return case
    return replace(case.with_document("application", edited), title=edited.title, targets=edited.targets)


def takes_its_bodies(case: Case, context: Context) -> Case:
    """The bodies of a duty become its units, the first of them the one it is about, each with a person."""
    form = context.filled(AssignDuty)
    named = ((code, person_of(code, form.people, context)) for code in form.targets)
    people = tuple(NamedPerson(code=code, name=name) for code, name in named if name)
    assigned = form.model_copy(update={"people": people})
    return replace(case.with_document("order", assigned), unit=form.targets[0], targets=form.targets)


def takes_other_people(case: Case, context: Context) -> Case:
    """The people named take the place of those before in their bodies."""
    assigned = dossier.order(case)
    if assigned is None:
        return case
    others = {one.code: one for one in context.filled(Reassign).people}
    people = tuple(others.get(one.code, one) for one in assigned.people)
    return case.with_document("order", assigned.model_copy(update={"people": people}))
