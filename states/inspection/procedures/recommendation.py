"""Recommendations to commend, encourage or criticise a unit, or to hold it accountable (Decree 733 art. 21)."""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.forms.base import Decision
from states.engine.table import Procedure, Step
from states.inspection.forms.measures import CarryOut, Recommend
from states.inspection.guards import application, measures, oversight

COORDINATOR, AUTHORITY = (Role.COORDINATOR,), (Role.AUTHORITY,)

# fmt: off
RECOMMENDATION = Procedure(
    "recommendation", "J", ("drafted", "approved", "rejected", "carried_out"), frozenset({"rejected", "carried_out"}),
    (
        # act          from          to             by
        Step("draft",     (NEW,),       "drafted",     (Role.COORDINATOR, Role.SUPERVISION_OFFICE), form=Recommend, stored_as="recommendation", stage="oversight",
             guards=(oversight.inspection_is_published, measures.named_unit_was_inspected), suspended=True),
        Step("approve",   ("drafted",), "approved",    AUTHORITY,   form=Decision, stored_as="approval",  stage="oversight", in_person=True,
             guards=(application.decider_is_not_the_applicant,), suspended=True),
        Step("reject",    ("drafted",), "rejected",    AUTHORITY,   form=Decision, stored_as="rejection", stage="oversight", in_person=True,
             guards=(application.decider_is_not_the_applicant,), suspended=True),
        Step("carry_out", ("approved",), "carried_out", COORDINATOR, form=CarryOut, stored_as="outcome",  stage="oversight", suspended=True),
    ),
    opened_by_act="recommend",
)
# fmt: on
