"""Amendments of a plan that change its targets or contents, decided by the authority (Tongliang art. 16).

While one is undecided the inspection can neither start nor give feedback: afterwards it could not be granted.
"""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.forms.base import Decision
from states.engine.table import Procedure, Step
from states.inspection.forms.planning import Amend
from states.inspection.forms.rectification import Reason
from states.inspection.guards import application

COORDINATOR, AUTHORITY = (Role.COORDINATOR,), (Role.AUTHORITY,)

# fmt: off
AMENDMENT = Procedure(
    "amendment", "A", ("asked", "granted", "refused", "withdrawn", "lapsed"),
    frozenset({"granted", "refused", "withdrawn", "lapsed"}),
    (
        Step("ask",    (NEW,),     "asked",   COORDINATOR, form=Amend, stored_as="plan", stage="plan", consequence_only=True),
        Step("grant",  ("asked",), "granted", AUTHORITY,   form=Decision, stored_as="decision", stage="plan", in_person=True,
             guards=(application.decider_is_not_the_applicant,), consequences=("adopt_amendment",)),
        Step("refuse", ("asked",), "refused", AUTHORITY,   form=Decision, stored_as="decision", stage="plan", in_person=True,
             guards=(application.decider_is_not_the_applicant,), frequency="settle"),
        Step("withdraw", ("asked",), "withdrawn", COORDINATOR, form=Reason, stored_as="withdrawal", stage="plan", in_person=True, optional=True,
             frequency="settle"),
        Step("lapse",  ("asked",), "lapsed",  AUTHORITY, stage="plan", frequency="settle", suspended=True, consequence_only=True),
    ),
    holds_up_root=True,
)
# fmt: on
