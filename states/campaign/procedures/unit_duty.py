"""A task of the text and the bodies it is given to: reported on, claimed as finished, confirmed by a second person."""

from __future__ import annotations

from states.campaign import dossier
from states.campaign.effects import takes_its_bodies, takes_other_people
from states.campaign.forms.parts import AssignDuty, ClaimDuty, Reassign, ReportProgress, ReturnDuty
from states.campaign.guards import duties, readings
from states.engine.case import NEW, Case, Role
from states.engine.forms.base import Decision, Recalculate
from states.engine.table import SAME, Procedure, Step

COORDINATOR, OFFICER = (Role.COORDINATOR,), (Role.TARGET_OFFICER,)
DECIDER = (Role.COORDINATOR, Role.RESPONSIBLE_LEADER)
AT_WORK = ("assigned", "returned")
OPEN = ("assigned", "claimed", "returned")


def people_of(duty: Case) -> frozenset[str]:
    """The people who answer for a task in its bodies."""
    return frozenset(one.name for one in dossier.people(duty))


# fmt: off
UNIT_DUTY = Procedure(
    "unit_duty", "D", ("assigned", "claimed", "returned", "confirmed", "unfinished", "lapsed"),
    frozenset({"confirmed", "unfinished", "lapsed"}),
    (
        # act               from        to            by
        Step("assign",          (NEW,),     "assigned",   COORDINATOR, form=AssignDuty, stored_as="order", starts_term="task_finished", stage="campaign_work",
             guards=(duties.campaign_is_under_way, duties.task_is_of_the_text, duties.bodies_are_of_the_campaign, duties.duty_is_due_in_the_cycle),
             effect=takes_its_bodies),
        Step("reassign",        OPEN,       SAME,         COORDINATOR, form=Reassign, stored_as="reassignments[]", stage="campaign_work",
             guards=(duties.people_are_of_its_bodies,), effect=takes_other_people, in_person=True, optional=True),
        Step("report_progress", AT_WORK,    SAME,         OFFICER,     form=ReportProgress, stored_as="progress[]", stage="campaign_work",
             guards=(duties.campaign_is_under_way, duties.within_the_cycle, readings.reported_readings_are_lawful)),
        Step("claim",           AT_WORK,    "claimed",    OFFICER,     form=ClaimDuty, stored_as="claims[]", meets_term="task_finished", stage="campaign_work",
             guards=(duties.the_first_body_claims, duties.unmet_targets_are_explained), ask_roles=True),
        Step("confirm",         ("claimed",), "confirmed", DECIDER,    form=Decision, stored_as="confirmation", stage="campaign_assessment",
             guards=(duties.the_right_office_decides, duties.decider_is_a_second_person), in_person=True, ask_roles=True),
        Step("return",          ("claimed",), "returned", DECIDER,     form=ReturnDuty, stored_as="returns[]", starts_term="task_finished", stage="campaign_assessment",
             guards=(duties.the_right_office_decides, duties.decider_is_a_second_person, duties.new_duty_term_lies_ahead),
             in_person=True, ask_roles=True),
        Step("record_unfinished", AT_WORK,  "unfinished", DECIDER,     form=Decision, stored_as="unfinished", stage="campaign_assessment",
             guards=(duties.the_right_office_decides, duties.its_time_is_over), in_person=True, ask_roles=True, optional=True),
        Step("recalculate",     AT_WORK,    SAME,         COORDINATOR, form=Recalculate, stored_as="recalculations[]", stage="campaign_work", consequence_only=True),
        Step("lapse",           OPEN,       "lapsed",     (Role.AUTHORITY,), stage="campaign_assessment", consequence_only=True),
    ),
    opened_by_act="assign_duty",
    people=people_of,
)
# fmt: on
