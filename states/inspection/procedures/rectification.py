"""Rectification, one for each unit with findings: reported within 15 working days of the bulletin (Tongliang art. 14).

The 15 working days stop with the report. An extension is asked for before they have run out and decided by the joint
office within the regulation's cap.
"""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.corrections import Correction, correction_is_lawful, something_can_be_corrected, takes_the_correction
from states.engine.forms.base import Decision, Recalculate
from states.engine.table import SAME, Procedure, Step
from states.inspection.effects import is_resumed, is_suspended
from states.inspection.forms.rectification import (
    AskExtension,
    OpenRectification,
    Reason,
    RectificationPlan,
    RectificationReport,
    ReturnReport,
    SpotCheck,
)
from states.inspection.guards import drafts, look_back, rectification, review

COORDINATOR, OFFICER = (Role.COORDINATOR,), (Role.TARGET_OFFICER,)
STATES = ("awaiting_plan", "plan_in", "reported", "spot_checked", "returned", "accepted", "closed", "cancelled")
RUNNING = ("awaiting_plan", "plan_in", "returned")

# fmt: off
RECTIFICATION = Procedure(
    "rectification", "R", STATES, frozenset({"closed", "cancelled"}),
    (
        # act               from                        to               by
        Step("open",              (NEW,),                     "awaiting_plan", COORDINATOR, form=OpenRectification, stored_as="order",
             starts_term="rectification_report", stage="bulletin", consequence_only=True, correctable=("bulletin_on",)),
        Step("file_plan",         ("awaiting_plan",),         "plan_in",       OFFICER,     form=RectificationPlan, stored_as="plan",
             stage="rectification", guards=(rectification.plan_answers_every_finding, rectification.measures_lie_ahead), consequences=("take_up_findings",)),
        Step("report",            ("plan_in", "returned"),    "reported",      OFFICER,     form=RectificationReport, stored_as="reports[]",
             stage="rectification", meets_term="rectification_report"),
        Step("spot_check",        ("reported",),              "spot_checked",  COORDINATOR, form=SpotCheck, stored_as="spot_checks[]",
             correctable=("result",), stage="rectification", guards=(rectification.look_back_stands_in,), in_person=True),
        Step("accept",            ("spot_checked",),          "accepted",      COORDINATOR, form=Decision, stored_as="acceptance",
             stage="rectification", guards=(look_back.report_was_answered_since,), in_person=True),
        Step("return",            ("reported", "spot_checked"), "returned",    COORDINATOR, form=ReturnReport, stored_as="returns[]",
             stage="rectification", guards=(rectification.new_term_lies_ahead, rectification.new_term_is_no_longer_than_the_first), starts_term="rectification_report", in_person=True,
             correctable=("due_on", "note")),
        Step("return",            ("accepted",),              "returned",      COORDINATOR, form=ReturnReport, stored_as="returns[]",
             stage="rectification", guards=(look_back.a_look_back_calls_for_it, rectification.new_term_lies_ahead,
                                            rectification.new_term_is_no_longer_than_the_first),
             starts_term="rectification_report", in_person=True, optional=True),
        Step("close",             ("accepted",),              "closed",        COORDINATOR, stage="closing", in_person=True,
             guards=(rectification.every_finding_is_closed_out, look_back.report_was_answered_since)),
        Step("reopen",            ("closed",),                "accepted",      COORDINATOR, form=Reason, stored_as="reopenings[]", stage="closing",
             in_person=True, guards=(drafts.the_inspection_is_not_closed,), reopens=True, optional=True),
        Step("ask_extension",     RUNNING,                    SAME,            OFFICER,     form=AskExtension, stored_as="extension_requests[]",
             stage="rectification", guards=(rectification.no_extension_is_pending, rectification.asked_before_the_due_date,
                                            rectification.extension_keeps_to_the_cap), optional=True),
        Step("grant_extension",   RUNNING,                    SAME,            COORDINATOR, form=Decision, stored_as="extension_decisions[]",
             stage="rectification", guards=(rectification.an_extension_is_pending, rectification.decider_did_not_ask), in_person=True,
             consequences=("extend_term",)),
        Step("refuse_extension",  RUNNING,                    SAME,            COORDINATOR, form=Decision, stored_as="extension_decisions[]",
             stage="rectification", guards=(rectification.an_extension_is_pending, rectification.decider_did_not_ask), in_person=True),
        Step("suspend",           RUNNING,                    SAME,            (Role.AUTHORITY,), form=Decision, stored_as="suspensions[]",
             stage="oversight", guards=(review.a_review_is_under_way,), effect=is_suspended, consequences=("pause_rectification",),
             in_person=True, optional=True),
        Step("resume",            RUNNING,                    SAME,            (Role.AUTHORITY,), form=Decision, stored_as="resumptions[]",
             stage="oversight", guards=(review.rectification_is_suspended,), effect=is_resumed, consequences=("resume_rectification",),
             in_person=True, suspended=True, optional=True),
        Step("lift_stay",         RUNNING,                    SAME,            (Role.AUTHORITY, Role.COORDINATOR, Role.TARGET_OFFICER),
             form=Reason, stored_as="resumptions[]", stage="oversight", effect=is_resumed, consequences=("resume_rectification",),
             suspended=True, consequence_only=True),
        Step("restart",           RUNNING,                    SAME,            (Role.AUTHORITY,), form=Reason, stored_as="restarts[]",
             stage="oversight", starts_term="rectification_report", suspended=True, consequence_only=True),
        Step("correct",           STATES,                      SAME,            COORDINATOR, form=Correction, stored_as="corrections[]",
             stage="rectification", guards=(rectification.bulletin_day_follows_the_bulletin, something_can_be_corrected, correction_is_lawful), effect=takes_the_correction, in_person=True, optional=True),
        Step("recalculate",       ("awaiting_plan", "plan_in", "returned"), SAME, COORDINATOR, form=Recalculate, stored_as="recalculations[]",
             stage="rectification", suspended=True, consequence_only=True),
        Step("cancel",            tuple(state for state in STATES if state not in ("closed", "cancelled")), "cancelled",
             (Role.AUTHORITY,), form=Reason, stored_as="cancellation", stage="closing", suspended=True,
             consequences=("drop_findings",), optional=True),
    ),
)
# fmt: on
