"""A campaign: drafted, approved, filed, launched, assessed and closed. Its phases are windows and never states."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from states.campaign.effects import takes_the_edited_draft
from states.campaign.forms.campaign import (
    CloseCampaign,
    EditCampaign,
    FileCampaign,
    LaunchCampaign,
    OpenCampaign,
    SetInterval,
)
from states.campaign.forms.readings import RecordReadings, SetFigures
from states.campaign.guards import evaluation, occurrences, readings, setup
from states.engine.case import NEW, Role
from states.engine.corrections import Correction, correction_is_lawful, something_can_be_corrected, takes_the_correction
from states.engine.forms.base import Decision
from states.engine.table import SAME, BadTable, Procedure, Step

COORDINATOR, AUTHORITY = (Role.COORDINATOR,), (Role.AUTHORITY,)
STATES: Final[tuple[str, ...]] = ("drafted", "approved", "filed", "under_way", "assessed", "closed", "cancelled")
FINAL: Final = frozenset({"closed", "cancelled"})
OPEN: Final = tuple(state for state in STATES if state not in FINAL)

# fmt: off
_STEPS: Final[tuple[Step, ...]] = (
    # act        from              to            by
    Step("open",    (NEW,),           "drafted",    COORDINATOR, form=OpenCampaign, stored_as="application", stage="campaign_setup",
         guards=(setup.cycle_is_lawful, setup.campaign_units_are_on_the_roster)),
    Step("edit",    ("drafted",),     SAME,         COORDINATOR, form=EditCampaign, stage="campaign_setup",
         guards=(setup.the_drafter_does_it, setup.edited_cycle_is_lawful), effect=takes_the_edited_draft, optional=True),
    Step("approve", ("drafted",),     "approved",   AUTHORITY,   form=Decision, stored_as="approval", stage="campaign_setup",
         guards=(setup.approver_did_not_draft,), in_person=True),
    Step("file",    ("approved",),    "filed",      COORDINATOR, form=FileCampaign, stored_as="filing", stage="campaign_setup",
         guards=(setup.filing_day_is_lawful,), correctable=("number", "received_by", "received_on")),
    Step("launch",  ("filed",),       "under_way",  COORDINATOR, form=LaunchCampaign, stored_as="launch", stage="campaign_setup",
         guards=(setup.mobilisation_was_held, setup.every_body_has_a_person),
         consequences=("assign_duties", "schedule_occurrences", "begin_evaluations"), correctable=("mobilised_on", "leading_group", "office")),

    Step("record_readings", ("under_way", "assessed"), SAME, COORDINATOR, form=RecordReadings, stored_as="readings[]", stage="campaign_work",
         guards=(readings.readings_are_lawful,), optional=True),
    Step("set_figures",     ("under_way", "assessed"), SAME, COORDINATOR, form=SetFigures, stored_as="figures[]", stage="campaign_work",
         guards=(readings.figures_are_lawful,), optional=True),
    Step("set_interval",    ("under_way",), SAME,   AUTHORITY,   form=SetInterval, stored_as="intervals[]", stage="campaign_work",
         guards=(occurrences.obligation_is_unset,), consequences=("schedule_by_interval",), in_person=True, optional=True),

    Step("assess",  ("under_way",),   "assessed",   COORDINATOR, form=Decision, stored_as="assessment", stage="campaign_assessment",
         guards=(evaluation.every_unit_is_assessed,)),
    Step("close",   ("assessed",),    "closed",     COORDINATOR, form=CloseCampaign, stored_as="closing", stage="campaign_assessment", in_person=True,
         guards=(evaluation.every_task_is_assigned, evaluation.every_duty_has_ended, evaluation.every_occurrence_has_ended,
                 evaluation.every_exception_is_decided)),
    Step("cancel",  OPEN,             "cancelled",  AUTHORITY,   form=Decision, stored_as="cancellation", stage="campaign_assessment", in_person=True,
         consequences=("lapse_parts",), optional=True),
    Step("correct", STATES,           SAME,         COORDINATOR, form=Correction, stored_as="corrections[]", stage="campaign_setup", in_person=True,
         guards=(something_can_be_corrected, correction_is_lawful), effect=takes_the_correction, optional=True),
)
# fmt: on

_SKIPPED: Final = {"campaign.file": ("approved", "filed"), "campaign.assess": ("under_way", "assessed")}
"""The steps that a text may leave out, each with the state it starts from and the state that falls away with it."""


def campaign_without(left_out: frozenset[str]) -> Procedure:
    """The campaign of a text that does not have these steps. Raises BadTable for a step that cannot be left out."""
    if unknown := sorted(left_out - _SKIPPED.keys()):
        raise BadTable(f"campaign: {', '.join(unknown)} cannot be left out")
    steps, states = _STEPS, STATES
    for rule in sorted(left_out):
        before, gone = _SKIPPED[rule]
        states = tuple(state for state in states if state != gone)
        kept = (step for step in steps if f"campaign.{step.act}" != rule)
        steps = tuple(replace(step, from_=_without(step.from_, gone, before)) for step in kept)
    if "campaign.assess" in left_out:
        steps = tuple(_without_evaluations(step) for step in steps)
    return Procedure("campaign", "C", states, FINAL, steps, root=True)


def _without(from_: tuple[str, ...], gone: str, before: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(before if state == gone else state for state in from_))


def _without_evaluations(step: Step) -> Step:
    return replace(step, consequences=tuple(one for one in step.consequences if one != "begin_evaluations"))
