"""Passing the results on to those who assess the unit and its leaders, with a receipt (Tongliang art. 21, 22)."""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.table import Procedure, Step
from states.inspection.forms.oversight import PassOn, Receipt
from states.inspection.guards import oversight, results
from states.inspection.rules import rule_of_receiver

COORDINATOR = (Role.COORDINATOR,)

# fmt: off
PASSING_ON = Procedure(
    "passing_on", "P", ("passed", "receipted"), frozenset({"receipted"}),
    (
        Step("pass",    (NEW,),      "passed",    COORDINATOR, form=PassOn, stored_as="passing", stage="closing",
             guards=(oversight.inspection_is_published, results.rectification_is_in, results.results_go_once_to_each),
             effect=results.states_what_is_passed_on),
        Step("receipt", ("passed",), "receipted", (Role.APPRAISAL_OFFICE, Role.COORDINATOR), form=Receipt, stored_as="receipt",
             stage="closing", guards=(oversight.the_receiver_receipts,), ask_roles=True),
    ),
    rule_for=rule_of_receiver,
    opened_by_act="pass_on",
)
# fmt: on
