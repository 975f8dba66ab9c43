"""Rectification, one for each unit with findings: reported within 15 working days of the bulletin (Tongliang art. 14).

The 15 working days stop with the report. An extension is asked for before they have run out and decided by the joint
office within the regulation's cap.
"""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.forms.base import Decision
from states.engine.table import SAME, Procedure, Step
from states.inspection.forms.rectification import (
    AskExtension,
    OpenRectification,
    Reason,
    Recalculate,
    RectificationPlan,
    RectificationReport,
    ReturnReport,
    SpotCheck,
)
from states.inspection.guards import rectification

COORDINATOR, OFFICER = (Role.COORDINATOR,), (Role.TARGET_OFFICER,)
STATES = ("awaiting_plan", "plan_in", "reported", "spot_checked", "returned", "accepted", "closed", "cancelled")
RUNNING = ("awaiting_plan", "plan_in", "returned")

# fmt: off
RECTIFICATION = Procedure(
    "rectification", "R", STATES, frozenset({"closed", "cancelled"}),
    (
        # act               from                        to               by
        Step("open",              (NEW,),                     "awaiting_plan", COORDINATOR, form=OpenRectification, keeps="order",
             opens="rectification_report", stage="bulletin", brought=True),
        Step("file_plan",         ("awaiting_plan",),         "plan_in",       OFFICER,     form=RectificationPlan, keeps="plan",
             stage="rectification", guards=(rectification.plan_answers_every_finding,), follows=("take_up_findings",)),
        Step("report",            ("plan_in", "returned"),    "reported",      OFFICER,     form=RectificationReport, keeps="reports[]",
             stage="rectification", stops="rectification_report"),
        Step("spot_check",        ("reported",),              "spot_checked",  COORDINATOR, form=SpotCheck, keeps="spot_checks[]",
             stage="rectification", guards=(rectification.look_back_stands_in,), in_person=True),
        Step("accept",            ("spot_checked",),          "accepted",      COORDINATOR, form=Decision, keeps="acceptance",
             stage="rectification", in_person=True),
        Step("return",            ("reported", "spot_checked"), "returned",    COORDINATOR, form=ReturnReport, keeps="returns[]",
             stage="rectification", guards=(rectification.new_term_lies_ahead,), opens="rectification_report", in_person=True),
        Step("close",             ("accepted",),              "closed",        COORDINATOR, stage="closing", in_person=True,
             guards=(rectification.every_finding_is_closed_out,)),
        Step("ask_extension",     RUNNING,                    SAME,            OFFICER,     form=AskExtension, keeps="extension_requests[]",
             stage="rectification", guards=(rectification.no_extension_is_pending, rectification.asked_before_the_due_date,
                                            rectification.extension_keeps_to_the_cap)),
        Step("grant_extension",   RUNNING,                    SAME,            COORDINATOR, form=Decision, keeps="extension_decisions[]",
             stage="rectification", guards=(rectification.an_extension_is_pending, rectification.decider_did_not_ask), in_person=True,
             follows=("extend_term",)),
        Step("refuse_extension",  RUNNING,                    SAME,            COORDINATOR, form=Decision, keeps="extension_decisions[]",
             stage="rectification", guards=(rectification.an_extension_is_pending, rectification.decider_did_not_ask), in_person=True),
        Step("recalculate",       ("awaiting_plan", "plan_in", "returned"), SAME, COORDINATOR, form=Recalculate, keeps="recalculations[]",
             stage="rectification", suspended=True, brought=True),
        Step("cancel",            tuple(state for state in STATES if state not in ("closed", "cancelled")), "cancelled",
             (Role.AUTHORITY,), form=Reason, keeps="cancellation", stage="closing", suspended=True,
             follows=("drop_findings",)),
    ),
)
# fmt: on
