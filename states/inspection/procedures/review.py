"""Reviews: a unit disputes its conclusion within 30 days, decided within 30 days (Decree 733 art. 17).

The unit applies on the inspection itself; the rectification goes on meanwhile unless the authority suspends it.
"""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.table import SAME, Procedure, Step
from states.inspection.forms.oversight import ApplyForReview, DecideReview
from states.inspection.forms.rectification import Reason, Recalculate
from states.inspection.guards import oversight

OFFICER, AUTHORITY = (Role.TARGET_OFFICER,), (Role.AUTHORITY,)

# fmt: off
REVIEW = Procedure(
    "review", "W", ("applied", "decided", "withdrawn"), frozenset({"decided", "withdrawn"}),
    (
        Step("apply",    (NEW,),       "applied",   OFFICER,   form=ApplyForReview, keeps="application", stage="oversight",
             opens="review_decision",
             guards=(oversight.inspection_is_published, oversight.unit_was_inspected, oversight.thirty_days_have_not_passed), suspended=True),
        Step("decide",   ("applied",), "decided",   AUTHORITY, form=DecideReview, keeps="decision", stage="oversight",
             stops="review_decision", in_person=True, guards=(oversight.reviewers_took_no_part,), suspended=True),
        Step("recalculate", ("applied",), SAME,     (Role.COORDINATOR,), form=Recalculate, keeps="recalculations[]", stage="oversight",
             suspended=True, brought=True),
        Step("withdraw", ("applied",), "withdrawn", OFFICER,   form=Reason, keeps="withdrawal", stage="oversight",
             stops="review_decision", suspended=True),
    ),
    asked_as="apply_for_review",
)
# fmt: on
