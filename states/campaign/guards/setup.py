"""Drafting, approving, filing and launching a campaign."""

from __future__ import annotations

from collections.abc import Iterator

from states.campaign.cycle import cycle_of
from states.campaign.effects import edited_campaign
from states.campaign.forms.campaign import EditCampaign, FileCampaign, LaunchCampaign, OpenCampaign
from states.campaign.offices import person_of
from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.dates import is_within_the_calendar
from states.engine.refusals import Refusal, refusal
from states.engine.roster_checks import not_on_the_roster
from states.engine.table import on_form


@on_form
def cycle_is_lawful(case: Case, context: Context) -> Iterator[Refusal]:
    """A cycle has days, ends after it begins, and its windows lie within it."""
    yield from _unlawful(context.filled(OpenCampaign), context)


@on_form
def edited_cycle_is_lawful(case: Case, context: Context) -> Iterator[Refusal]:
    """The draft as edited has a lawful cycle and units of the roster."""
    edited = edited_campaign(case, context.filled(EditCampaign))
    if edited is not None:
        yield from _unlawful(edited, context)
        yield from _unknown_units(edited, context)


@on_form
def campaign_units_are_on_the_roster(case: Case, context: Context) -> Iterator[Refusal]:
    """A campaign is about units of the jurisdiction's roster."""
    yield from _unknown_units(context.filled(OpenCampaign), context)


def approver_did_not_draft(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody approves what they drafted."""
    if context.actor is not None and context.actor.name in {case.opened_by, *case.actors("edit")}:
        yield refusal("own_campaign", Role.AUTHORITY, name=context.actor.name)


def the_drafter_does_it(case: Case, context: Context) -> Iterator[Refusal]:
    """A draft is edited and withdrawn by its maker."""
    if context.actor is not None and context.actor.name != case.opened_by:
        yield refusal("not_the_drafter", Role.COORDINATOR, name=context.actor.name, maker=case.opened_by)


@on_form
def filing_day_is_lawful(case: Case, context: Context) -> Iterator[Refusal]:
    """The filing was received after the approval, and not in the future."""
    received, approved = context.filled(FileCampaign).received_on, case.dated("approval")
    if received is not None and not (approved or received) <= received <= context.on:
        yield refusal("filing_day_unlawful", Role.COORDINATOR, received=received, approved=approved, on=context.on)


@on_form
def mobilisation_was_held(case: Case, context: Context) -> Iterator[Refusal]:
    """The meeting that mobilises was held by the day of the launch."""
    held = context.filled(LaunchCampaign).mobilised_on
    if held > context.on:
        yield refusal("mobilised_ahead", Role.COORDINATOR, earliest=held, held=held, on=context.on)


@on_form
def every_body_has_a_person(case: Case, context: Context) -> Iterator[Refusal]:
    """Each unit of the campaign has a person who answers for its tasks: the one named, or its liaison officer."""
    named = context.filled(LaunchCampaign).people
    for one in named:
        if one.code not in case.targets:
            yield refusal("unit_not_of_the_campaign", Role.COORDINATOR, unit=context.named(one.code))
    for code in case.targets:
        if person_of(code, named, context) is None:
            yield refusal("person_missing", Role.COORDINATOR, Role.ADMINISTRATOR, unit=context.named(code))


def _unlawful(form: OpenCampaign, context: Context) -> Iterator[Refusal]:
    found = cycle_of(form, context.regulation)
    if found is None:
        yield refusal("cycle_missing", Role.COORDINATOR)
        return
    if found.ends <= found.begins:
        yield refusal("cycle_ends_before", Role.COORDINATOR, begins=found.begins, ends=found.ends)
        return
    yield from is_within_the_calendar(found.ends, Role.COORDINATOR, context)
    for window in found.windows:
        if not found.begins <= window.begins <= window.ends <= found.ends:
            yield refusal(
                "window_outside_the_cycle",
                Role.COORDINATOR,
                window=window.title,
                begins=found.begins,
                ends=found.ends,
            )


def _unknown_units(form: OpenCampaign, context: Context) -> Iterator[Refusal]:
    if not form.targets:
        yield refusal("campaign_without_units", Role.COORDINATOR)
    for code in form.targets:
        yield from not_on_the_roster(code, Role.COORDINATOR, context)
