"""Passing the results on to those who assess the unit and its leaders, with a receipt (Tongliang art. 21, 22)."""

from __future__ import annotations

from states.case import NEW, Role
from states.forms.oversight import PassOn, Receipt
from states.guards import oversight
from states.table import Procedure, Step

COORDINATOR = (Role.COORDINATOR,)

# fmt: off
PASSING_ON = Procedure(
    "passing_on", "P", ("passed", "receipted"), frozenset({"receipted"}),
    (
        Step("pass",    (NEW,),      "passed",    COORDINATOR, "21", form=PassOn, keeps="passing", stage="closing",
             guards=(oversight.inspection_is_published, oversight.results_go_once_to_each)),
        Step("receipt", ("passed",), "receipted", (Role.APPRAISAL_OFFICE, Role.COORDINATOR), "21", form=Receipt, keeps="receipt",
             stage="closing", guards=(oversight.the_receiver_receipts,)),
    ),
    article="21",
    asked_as="pass_on",
)
# fmt: on
