"""Referrals to the discipline inspection, the judiciary or the body in charge, with a receipt (Tongliang art. 16, 17, 20)."""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.forms.base import Decision
from states.engine.table import Procedure, Step
from states.inspection.forms.oversight import Receipt, Refer
from states.inspection.forms.rectification import Reason
from states.inspection.guards import application, oversight
from states.inspection.rules import rule_of_referral

COORDINATOR, AUTHORITY = (Role.COORDINATOR,), (Role.AUTHORITY,)

# fmt: off
REFERRAL = Procedure(
    "referral", "T", ("drafted", "approved", "sent", "receipted", "concluded", "dropped"), frozenset({"concluded", "dropped"}),
    (
        # act       from           to           by
        Step("draft",    (NEW,),        "drafted",   (Role.COORDINATOR, Role.GROUP_LEADER), form=Refer, stored_as="referral", stage="oversight",
             guards=(oversight.inspection_has_begun,), suspended=True),
        Step("approve",  ("drafted",),  "approved",  AUTHORITY,   form=Decision, stored_as="approval", stage="oversight", in_person=True,
             guards=(application.decider_is_not_the_applicant,), suspended=True),
        Step("drop",     ("drafted",),  "dropped",   AUTHORITY,   form=Reason,   stored_as="dropping", stage="oversight", in_person=True,
             guards=(application.decider_is_not_the_applicant,), suspended=True, optional=True),
        Step("send",     ("approved",), "sent",      COORDINATOR, stored_as="sending", stage="oversight", in_person=True, suspended=True),
        Step("receipt",  ("sent",),     "receipted", COORDINATOR, form=Receipt,  stored_as="receipt", stage="oversight", suspended=True),
        Step("conclude", ("receipted",), "concluded", COORDINATOR, form=Decision, stored_as="outcome", stage="oversight", suspended=True),
    ),
    rule_for=rule_of_referral,
    opened_by_act="refer",
)
# fmt: on
