"""The use made of a result: a measure with its receiver, from when, until when, and the receipt (the second part 5)."""

from __future__ import annotations

from states.assessment.choices import ends_with_the_receipt, goes_on
from states.assessment.forms.results import LiftOutcome, OrderOutcome, ReceiptOutcome
from states.assessment.guards import results
from states.assessment.rules import rule_of_outcome
from states.engine.case import NEW, Role
from states.engine.table import Procedure, Step

COORDINATOR = (Role.COORDINATOR,)

# fmt: off
OUTCOME = Procedure(
    "result_measure", "U", ("ordered", "measure_in_force", "measure_done", "measure_ended"), frozenset({"measure_done", "measure_ended"}),
    (
        # act               from          to          by
        Step("order_outcome",   (NEW,),       "ordered",  COORDINATOR, form=OrderOutcome, stored_as="order", stage="outcomes",
             guards=(results.results_are_announced, results.outcome_ends_after_it_begins, results.outcome_follows_the_grade), in_person=True),
        Step("receipt_outcome", ("ordered",), "measure_in_force", (Role.APPRAISAL_OFFICE, Role.COORDINATOR), form=ReceiptOutcome, stored_as="receipt",
             stage="outcomes", guards=(results.the_named_receiver_receipts,), when=goes_on, ask_roles=True),
        Step("receipt_outcome", ("ordered",), "measure_done",     (Role.APPRAISAL_OFFICE, Role.COORDINATOR), form=ReceiptOutcome, stored_as="receipt",
             stage="outcomes", guards=(results.the_named_receiver_receipts,), when=ends_with_the_receipt, ask_roles=True),
        Step("lift_outcome",    ("measure_in_force",), "measure_ended",   COORDINATOR, form=LiftOutcome, stored_as="lifting", stage="outcomes",
             guards=(results.outcome_ends_in_order,), in_person=True, optional=True),
    ),
    rule_for=rule_of_outcome,
    opened_by_act="order_measure",
)
# fmt: on
