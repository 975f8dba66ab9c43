"""Exceptions from a limit that holds in principle, decided by the body that approves the inspection (Tongliang art. 12)."""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.forms.base import Decision
from states.engine.table import Procedure, Step
from states.inspection.forms.application import AskException
from states.inspection.guards import application

COORDINATOR, AUTHORITY = (Role.COORDINATOR,), (Role.AUTHORITY,)

# fmt: off
FREQUENCY_EXCEPTION = Procedure(
    "frequency_exception", "E", ("asked", "granted", "refused", "lapsed"), frozenset({"granted", "refused", "lapsed"}),
    (
        Step("ask",    (NEW,),     "asked",   COORDINATOR, form=AskException, stored_as="request", stage="application", consequence_only=True),
        Step("grant",  ("asked",), "granted", AUTHORITY,   form=Decision, stored_as="decision", stage="approval", in_person=True,
             guards=(application.decider_is_not_the_applicant, application.inspection_awaits_approval)),
        Step("refuse", ("asked",), "refused", AUTHORITY,   form=Decision, stored_as="decision", stage="approval", in_person=True,
             guards=(application.decider_is_not_the_applicant,)),
        Step("lapse",  ("asked",), "lapsed",  AUTHORITY,   stage="approval", suspended=True, consequence_only=True),
    ),
)
# fmt: on
