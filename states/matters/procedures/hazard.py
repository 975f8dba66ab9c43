"""Listed hazards (挂牌督办): from the listing by the authority to the delisting, by a day that the listing sets."""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.forms.base import Decision, Recalculate
from states.engine.table import SAME, Procedure, Step
from states.matters.forms.hazard import (
    ClaimRemoval,
    EscalateHazard,
    ExtendHazard,
    ListHazard,
    PlanRemoval,
    ReturnRemoval,
    VerifyRemoval,
)
from states.matters.guards import common, hazard

COORDINATOR, LISTER, OFFICER = (Role.COORDINATOR,), (Role.AUTHORITY,), (Role.TARGET_OFFICER,)
RUNNING = ("listed", "planned", "returned")
OPEN = (*RUNNING, "removal_claimed", "verified")

# fmt: off
HAZARD = Procedure(
    "hazard", "G", (*OPEN, "delisted", "withdrawn"), frozenset({"delisted", "withdrawn"}),
    (
        # act             from                    to                 by
        Step("list_hazard",    (NEW,),                 "listed",          LISTER,      form=ListHazard, stored_as="listing", stage="matters", in_person=True,
             guards=(common.unit_is_on_the_roster, hazard.limit_lies_ahead), starts_term="hazard_limit"),
        Step("plan",           ("listed", "planned"),  "planned",         OFFICER,     form=PlanRemoval, stored_as="plan", stage="matters"),
        Step("claim",          ("planned", "returned"), "removal_claimed", OFFICER,    form=ClaimRemoval, stored_as="claims[]", stage="matters",
             meets_term="hazard_limit"),
        Step("verify_removal", ("removal_claimed",),   "verified",        COORDINATOR, form=VerifyRemoval, stored_as="verification", stage="matters",
             guards=(hazard.verifier_is_a_second_person,), in_person=True),
        Step("return",         ("removal_claimed",),   "returned",        COORDINATOR, form=ReturnRemoval, stored_as="returns[]", stage="matters",
             guards=(hazard.verifier_is_a_second_person, hazard.limit_lies_ahead), starts_term="hazard_limit", in_person=True),
        Step("return",         ("verified",),          "returned",        LISTER,      form=ReturnRemoval, stored_as="returns[]", stage="matters",
             guards=(hazard.delister_did_not_verify, hazard.limit_lies_ahead), starts_term="hazard_limit", in_person=True, optional=True),
        Step("delist",         ("verified",),          "delisted",        LISTER,      form=Decision, stored_as="delisting", stage="matters",
             guards=(hazard.delister_did_not_verify,), in_person=True),
        Step("extend",         RUNNING,                SAME,              LISTER,      form=ExtendHazard, stored_as="extensions[]", stage="matters",
             guards=(hazard.limit_has_not_passed, hazard.extension_is_later), consequences=("extend_limit",), in_person=True, optional=True),
        Step("escalate",       OPEN,                   SAME,              LISTER,      form=EscalateHazard, stored_as="escalations[]", stage="matters",
             in_person=True, optional=True),
        Step("recalculate",    RUNNING,                SAME,              COORDINATOR, form=Recalculate, stored_as="recalculations[]", stage="matters",
             consequence_only=True),
        Step("withdraw",       OPEN,                   "withdrawn",       LISTER,      form=Decision, stored_as="withdrawal", stage="matters",
             in_person=True, optional=True),
    ),
    root=True,
)
# fmt: on
