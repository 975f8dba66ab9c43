"""Complaints (12365): received, and answered or taken up as the problem of a special inspection."""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.table import SAME, Procedure, Step
from states.matters.forms.complaint import AnswerComplaint, LinkComplaint, ReceiveComplaint, TakeUpComplaint
from states.matters.guards import common, complaint

COORDINATOR = (Role.COORDINATOR,)

# fmt: off
COMPLAINT = Procedure(
    "complaint", "J", ("received", "replied", "taken_up"), frozenset({"replied", "taken_up"}),
    (
        # act          from           to          by
        Step("receive",     (NEW,),        "received", COORDINATOR, form=ReceiveComplaint, stored_as="complaint", stage="matters",
             guards=(common.unit_is_on_the_roster,)),
        Step("answer_complaint", ("received",), "replied", COORDINATOR, form=AnswerComplaint, stored_as="answer", stage="matters"),
        Step("take_up_complaint", ("received",), "taken_up", COORDINATOR, form=TakeUpComplaint, stored_as="taking_up", stage="matters", optional=True,
             guards=(complaint.inspections_have_special_ones, complaint.named_inspection_has_the_problem, complaint.new_inspection_has_targets),
             consequences=("link_inspection",)),
        Step("link",        ("taken_up",), SAME,       COORDINATOR, form=LinkComplaint, stored_as="link", stage="matters", consequence_only=True),
    ),
    root=True,
)
# fmt: on
