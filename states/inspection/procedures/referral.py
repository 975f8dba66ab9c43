"""Referrals to the discipline inspection, the judiciary or the body in charge, with a receipt (Tongliang art. 16, 17, 20)."""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.forms.base import Decision
from states.engine.table import Procedure, Step
from states.inspection.forms.oversight import Receipt, Refer
from states.inspection.forms.rectification import Reason
from states.inspection.guards import application, oversight, presence, referral
from states.inspection.rules import rule_of_referral

COORDINATOR, AUTHORITY = (Role.COORDINATOR,), (Role.AUTHORITY,)

# fmt: off
REFERRAL = Procedure(
    "referral", "T", ("drafted", "approved", "sent", "receipted", "concluded", "dropped"), frozenset({"concluded", "dropped"}),
    (
        # act       from           to           by
        Step("draft",    (NEW,),        "drafted",   (Role.COORDINATOR, Role.GROUP_LEADER), form=Refer, stored_as="referral", stage="oversight",
             guards=(oversight.inspection_has_begun, presence.raised_by_a_member, referral.destination_follows_the_ground, referral.ground_fits_the_facts), suspended=True),
        Step("approve",  ("drafted",),  "approved",  AUTHORITY,   form=Decision, stored_as="approval", stage="oversight", in_person=True,
             guards=(application.decider_is_not_the_applicant, referral.decider_is_not_concerned), suspended=True),
        Step("drop",     ("drafted",),  "dropped",   AUTHORITY,   form=Reason,   stored_as="dropping", stage="oversight", in_person=True,
             guards=(application.decider_is_not_the_applicant, referral.decider_is_not_concerned, referral.lead_may_be_dropped),
             suspended=True, optional=True),
        Step("send",     ("approved",), "sent",      COORDINATOR, stored_as="sending", stage="oversight", in_person=True, suspended=True,
             guards=(referral.decider_is_not_concerned,)),
        Step("send",     ("drafted",),  "sent",      (Role.COORDINATOR, Role.SUPERVISION_OFFICE), stored_as="sending", stage="oversight",
             guards=(referral.needs_no_approval, referral.decider_is_not_concerned), in_person=True, suspended=True, optional=True),
        Step("receipt",  ("sent",),     "receipted", COORDINATOR, form=Receipt,  stored_as="receipt", stage="oversight", suspended=True,
             guards=(referral.decider_is_not_concerned,)),
        Step("conclude", ("receipted",), "concluded", COORDINATOR, form=Decision, stored_as="outcome", stage="oversight", suspended=True,
             guards=(referral.decider_is_not_concerned,)),
    ),
    rule_for=rule_of_referral,
    opened_by_act="refer",
)
# fmt: on
