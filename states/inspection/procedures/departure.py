"""Departures from rules that hold in principle (原则上): a look-back on site, groups mainly of the offices named (art. 12, 13(3)).

Each is requested with a reason and decided by the body that approves the inspection: the authority, for a look-back the
responsible leader (rule 5). Frequency has its own procedure, because the request and its keys wait for the decision.
"""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.forms.base import Decision
from states.engine.table import Procedure, Step
from states.inspection.forms.planning import AskDeparture
from states.inspection.forms.rectification import Reason
from states.inspection.guards import application, departure
from states.inspection.rules import rule_of_departure

COORDINATOR, AUTHORITY, SIGNER = (Role.COORDINATOR,), (Role.AUTHORITY,), (Role.RESPONSIBLE_LEADER,)
PENDING = ("asked", "asked_of_leader")
ENDED = ("granted", "refused", "withdrawn", "lapsed")
MAY_BE_ASKED = (departure.inspection_is_being_prepared, departure.rule_binds_this_kind, departure.is_not_asked_already)

# fmt: off
DEPARTURE = Procedure(
    "departure", "L", (*PENDING, *ENDED), frozenset(ENDED),
    (
        Step("ask",    (NEW,),     "asked",           COORDINATOR, form=AskDeparture, stored_as="request", stage="plan",
             when=departure.the_authority_approves, guards=MAY_BE_ASKED),
        Step("ask",    (NEW,),     "asked_of_leader", COORDINATOR, form=AskDeparture, stored_as="request", stage="plan",
             when=departure.the_leader_approves, guards=MAY_BE_ASKED),
        Step("grant",  ("asked",), "granted", AUTHORITY, form=Decision, stored_as="decision", stage="plan", in_person=True,
             guards=(application.decider_is_not_the_applicant,)),
        Step("grant",  ("asked_of_leader",), "granted", SIGNER, form=Decision, stored_as="decision", stage="plan", in_person=True,
             guards=(application.decider_is_not_the_applicant,)),
        Step("refuse", ("asked",), "refused", AUTHORITY, form=Decision, stored_as="decision", stage="plan", in_person=True,
             guards=(application.decider_is_not_the_applicant,)),
        Step("refuse", ("asked_of_leader",), "refused", SIGNER, form=Decision, stored_as="decision", stage="plan", in_person=True,
             guards=(application.decider_is_not_the_applicant,)),
        Step("withdraw", PENDING,  "withdrawn", COORDINATOR, form=Reason, stored_as="withdrawal", stage="plan", in_person=True, optional=True),
        Step("lapse",  PENDING,    "lapsed",  AUTHORITY, stage="plan", suspended=True, consequence_only=True),
    ),
    rule_for=rule_of_departure,
    opened_by_act="ask_exception",
    holds_up_root=True,
)
# fmt: on
