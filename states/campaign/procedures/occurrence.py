"""An obligation on its day: met with what shows it, or waived by the authority (house rule)."""

from __future__ import annotations

from states.campaign.forms.parts import MeetOccurrence, ScheduleOccurrence
from states.campaign.guards import occurrences
from states.engine.case import NEW, Role
from states.engine.corrections import Correction, correction_is_lawful, something_can_be_corrected, takes_the_correction
from states.engine.forms.base import Decision, Recalculate
from states.engine.table import SAME, Procedure, Step

BEARER = (Role.TARGET_OFFICER, Role.COORDINATOR)

# fmt: off
OCCURRENCE = Procedure(
    "occurrence", "O", ("due", "met", "waived", "lapsed"), frozenset({"met", "waived", "lapsed"}),
    (
        # act           from      to         by
        Step("schedule",    (NEW,),   "due",     (Role.COORDINATOR, Role.AUTHORITY), form=ScheduleOccurrence, stored_as="schedule", starts_term="occurrence",
             stage="campaign_work", consequence_only=True),
        Step("meet",        ("due",), "met",     BEARER, form=MeetOccurrence, stored_as="proof", meets_term="occurrence", stage="campaign_work",
             guards=(occurrences.the_bearer_meets_it, occurrences.the_unit_hands_it_in, occurrences.evidence_is_complete,
                     occurrences.held_in_its_days, occurrences.held_once_for_each),
             ask_roles=True, correctable=("held_on", "convener", "minutes")),
        Step("waive",       ("due",), "waived",  (Role.AUTHORITY,), form=Decision, stored_as="waiver", stage="campaign_work", in_person=True, optional=True),
        Step("correct",     ("due", "met"), SAME, (Role.COORDINATOR,), form=Correction, stored_as="corrections[]", stage="campaign_work", in_person=True,
             guards=(something_can_be_corrected, correction_is_lawful), effect=takes_the_correction, optional=True),
        Step("recalculate", ("due",), SAME,      (Role.COORDINATOR,), form=Recalculate, stored_as="recalculations[]", stage="campaign_work", consequence_only=True),
        Step("lapse",       ("due",), "lapsed",  (Role.AUTHORITY,), stage="campaign_work", consequence_only=True),
    ),
)
# fmt: on
