"""The evaluation of a unit at the end of a campaign, in words: there are neither scores nor grades, but one veto."""

from __future__ import annotations

from states.campaign.forms.parts import BeginEvaluation, CheckUnit, SelfCheck, SettleUnit, VetoUnit
from states.campaign.guards import duties, evaluation
from states.engine.case import NEW, Role
from states.engine.corrections import Correction, correction_is_lawful, something_can_be_corrected, takes_the_correction
from states.engine.forms.base import Recalculate
from states.engine.table import SAME, Procedure, Step

COORDINATOR, OFFICER, AUTHORITY = (Role.COORDINATOR,), (Role.TARGET_OFFICER,), (Role.AUTHORITY,)
OPEN = ("awaited", "self_checked", "checked")

# fmt: off
UNIT_EVALUATION = Procedure(
    "unit_evaluation", "U", (*OPEN, "settled", "lapsed"), frozenset({"settled", "lapsed"}),
    (
        # act           from                        to              by
        Step("begin",       (NEW,),                     "awaited",      COORDINATOR, form=BeginEvaluation, stored_as="order", starts_term="unit_self_check",
             stage="campaign_assessment", consequence_only=True),
        Step("self_check",  ("awaited",),               "self_checked", OFFICER,     form=SelfCheck, stored_as="self_check", meets_term="unit_self_check",
             stage="campaign_assessment"),
        Step("check_unit",  ("awaited", "self_checked"), "checked",     (Role.COORDINATOR, Role.GROUP_LEADER, Role.GROUP_MEMBER), form=CheckUnit,
             stored_as="check", stage="campaign_assessment", guards=(evaluation.self_check_is_in_or_overdue, evaluation.reviewer_is_named),
             in_person=True, correctable=("result", "gaps"), ask_roles=True),
        Step("veto",        ("checked",),               SAME,           AUTHORITY,   form=VetoUnit, stored_as="veto", stage="campaign_assessment",
             guards=(evaluation.all_three_conditions_hold,), in_person=True, optional=True),
        Step("settle",      ("checked",),               "settled",      (Role.COORDINATOR, Role.RESPONSIBLE_LEADER), form=SettleUnit, stored_as="conclusion",
             stage="campaign_assessment", guards=(duties.the_right_office_decides, evaluation.settler_is_a_second_person), in_person=True, ask_roles=True),
        Step("correct",     ("checked", "settled"),     SAME,           COORDINATOR, form=Correction, stored_as="corrections[]", stage="campaign_assessment",
             guards=(something_can_be_corrected, correction_is_lawful), effect=takes_the_correction, in_person=True, optional=True),
        Step("recalculate", ("awaited",),               SAME,           COORDINATOR, form=Recalculate, stored_as="recalculations[]", stage="campaign_assessment",
             consequence_only=True),
        Step("lapse",       OPEN,                       "lapsed",       AUTHORITY,   stage="campaign_assessment", consequence_only=True),
    ),
)
# fmt: on
