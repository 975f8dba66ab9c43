"""Exceptions from a limit that holds in principle, decided by the body that approves the inspection (Tongliang art. 12)."""

from __future__ import annotations

from states.case import NEW, Role
from states.forms.application import AskException
from states.forms.base import Decision
from states.guards import application
from states.table import Procedure, Step

COORDINATOR, AUTHORITY = (Role.COORDINATOR,), (Role.AUTHORITY,)

# fmt: off
FREQUENCY_EXCEPTION = Procedure(
    "frequency_exception", "E", ("asked", "granted", "refused", "lapsed"), frozenset({"granted", "refused", "lapsed"}),
    (
        Step("ask",    (NEW,),     "asked",   COORDINATOR, "12", form=AskException, keeps="request", stage="application", brought=True),
        Step("grant",  ("asked",), "granted", AUTHORITY,   "12", form=Decision, keeps="decision", stage="approval", in_person=True,
             guards=(application.decider_is_not_the_applicant, application.inspection_awaits_approval)),
        Step("refuse", ("asked",), "refused", AUTHORITY,   "12", form=Decision, keeps="decision", stage="approval", in_person=True,
             guards=(application.decider_is_not_the_applicant,)),
        Step("lapse",  ("asked",), "lapsed",  AUTHORITY,   "12", stage="approval", suspended=True, brought=True),
    ),
    article="12",
)
# fmt: on
