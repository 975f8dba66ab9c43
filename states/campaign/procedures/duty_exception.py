"""An exception from what a task says in principle (原则上), decided by the body the jurisdiction names as its authority."""

from __future__ import annotations

from states.campaign.forms.parts import AskDutyException
from states.campaign.guards import duties, evaluation
from states.engine.case import NEW, Role
from states.engine.forms.base import Decision
from states.engine.table import Procedure, Step

AUTHORITY, OFFICER = (Role.AUTHORITY,), (Role.TARGET_OFFICER,)

# fmt: off
DUTY_EXCEPTION = Procedure(
    "duty_exception", "N", ("asked", "granted", "refused", "withdrawn", "lapsed"),
    frozenset({"granted", "refused", "withdrawn", "lapsed"}),
    (
        # act       from        to           by
        Step("ask",     (NEW,),     "asked",     OFFICER,   form=AskDutyException, stored_as="request", stage="campaign_work",
             guards=(duties.campaign_is_under_way, evaluation.task_holds_in_principle)),
        Step("grant",   ("asked",), "granted",   AUTHORITY, form=Decision, stored_as="decision", stage="campaign_work",
             guards=(evaluation.exception_decider_did_not_ask,), in_person=True),
        Step("refuse",  ("asked",), "refused",   AUTHORITY, form=Decision, stored_as="decision", stage="campaign_work",
             guards=(evaluation.exception_decider_did_not_ask,), in_person=True),
        Step("withdraw", ("asked",), "withdrawn", OFFICER,  form=Decision, stored_as="withdrawal", stage="campaign_work", optional=True),
        Step("lapse",   ("asked",), "lapsed",    AUTHORITY, stage="campaign_work", consequence_only=True),
    ),
    opened_by_act="ask_duty_exception",
)
# fmt: on
