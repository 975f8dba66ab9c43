"""Reviews: a unit disputes its conclusion within 30 days, decided within 30 days (Decree 733 art. 17).

The unit applies on the inspection itself; the rectification goes on meanwhile unless the authority suspends it.
"""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.forms.base import Recalculate
from states.engine.table import SAME, Procedure, Step
from states.inspection.forms.oversight import ApplyForReview, WithdrawReview
from states.inspection.forms.review import DecideReview
from states.inspection.guards import oversight, review

OFFICER, AUTHORITY = (Role.TARGET_OFFICER,), (Role.AUTHORITY,)

# fmt: off
REVIEW = Procedure(
    "review", "W", ("applied", "decided", "withdrawn"), frozenset({"decided", "withdrawn"}),
    (
        Step("apply",    (NEW,),       "applied",   OFFICER,   form=ApplyForReview, stored_as="application", stage="oversight",
             starts_term="review_decision", term_owed_by_office=True,
             guards=(oversight.inspection_is_published, review.unit_was_inspected, review.thirty_days_have_not_passed, review.no_review_is_undecided), suspended=True),
        Step("decide",   ("applied",), "decided",   AUTHORITY, form=DecideReview, stored_as="decision", stage="oversight",
             meets_term="review_decision", in_person=True, guards=(review.reviewers_took_no_part, review.outcome_names_its_findings), suspended=True,
             consequences=("carry_out_review",)),
        Step("recalculate", ("applied",), SAME,     (Role.COORDINATOR,), form=Recalculate, stored_as="recalculations[]", stage="oversight",
             suspended=True, consequence_only=True),
        Step("withdraw", ("applied",), "withdrawn", OFFICER,   form=WithdrawReview, stored_as="withdrawal", stage="oversight",
             meets_term="review_decision", suspended=True, optional=True,
             consequences=("end_stay",)),
    ),
    opened_by_act="apply_for_review",
)
# fmt: on
