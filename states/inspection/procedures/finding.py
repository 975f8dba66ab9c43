"""Findings: from the record to the close-out by a second person (Tongliang art. 13(4), 14)."""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.corrections import Correction, correction_is_lawful, something_can_be_corrected, takes_the_correction
from states.engine.table import SAME, Procedure, Step
from states.inspection.effects import takes_the_changed_text
from states.inspection.forms.conduct import Answer, Dispute, RecordFinding
from states.inspection.forms.rectification import Claim, CloseOut, Reason
from states.inspection.forms.review import ChangeFinding
from states.inspection.guards import drafts, finding, look_back, rectification

COORDINATOR, LEADER, OFFICER = (Role.COORDINATOR,), (Role.GROUP_LEADER,), (Role.TARGET_OFFICER,)
GROUP = (Role.GROUP_LEADER, Role.GROUP_MEMBER)
STATES = (
    "recorded", "fed_back", "confirmed", "disputed", "in_bulletin", "rectifying", "claimed", "returned",
    "closed_out", "withdrawn",
)  # fmt: skip
BEFORE_BULLETIN = ("recorded", "fed_back", "confirmed", "disputed")
AFTER_BULLETIN = ("in_bulletin", "rectifying", "claimed", "returned", "closed_out")

# fmt: off
FINDING = Procedure(
    "finding", "F", STATES, frozenset({"closed_out", "withdrawn"}),
    (
        # act            from                      to             by
        Step("record",         (NEW,),                   "recorded",    GROUP,       form=RecordFinding, stored_as="finding", stage="visits", consequence_only=True,
             correctable=("text", "basis")),
        Step("tell",           ("recorded",),            "fed_back",    LEADER,      stored_as="told", stage="feedback", consequence_only=True),
        Step("confirm",        ("fed_back",),            "confirmed",   OFFICER,     form=Answer, stored_as="answer", stage="feedback"),
        Step("dispute",        ("fed_back",),            "disputed",    OFFICER,     form=Dispute, stored_as="answer", stage="feedback"),
        Step("uphold",         ("disputed",),            "confirmed",   COORDINATOR, form=Reason, stored_as="ruling", stage="feedback",
             guards=(rectification.decider_did_not_record,), in_person=True),
        Step("ask_withdrawal", BEFORE_BULLETIN,          SAME,          LEADER,      form=Reason, stored_as="withdrawal_requests[]", stage="feedback",
             guards=(finding.finding_is_of_their_group,), optional=True),
        Step("withdraw",       BEFORE_BULLETIN,          "withdrawn",   COORDINATOR, form=Reason, stored_as="ruling", stage="feedback",
             guards=(finding.the_group_asked_for_it, rectification.decider_did_not_record), in_person=True, optional=True),
        Step("enter_bulletin", ("fed_back", "confirmed", "disputed"), "in_bulletin", COORDINATOR, stage="bulletin", consequence_only=True),
        Step("take_up",        ("in_bulletin",),         "rectifying",  (Role.TARGET_OFFICER, Role.COORDINATOR), stage="rectification", consequence_only=True),
        Step("claim",          ("rectifying", "returned"), "claimed",   (Role.TARGET_OFFICER, Role.COORDINATOR), form=Claim,
             stored_as="claims[]", stage="rectification"),
        Step("close_out",      ("claimed",),             "closed_out",  COORDINATOR, form=CloseOut, stored_as="close_out",
             stage="rectification", guards=(rectification.closer_is_a_second_person, look_back.finding_was_answered_since), in_person=True),
        Step("reopen",         ("closed_out",),          "claimed",     COORDINATOR, form=Reason, stored_as="reopenings[]",
             stage="rectification", guards=(drafts.its_rectification_goes_on,), in_person=True, reopens=True, optional=True),
        Step("return",         ("claimed",),             "returned",    COORDINATOR, form=Reason, stored_as="returns[]",
             stage="rectification", guards=(rectification.returner_is_a_second_person,), in_person=True),
        Step("change_finding", tuple(state for state in STATES if state not in ("closed_out", "withdrawn")), SAME,
             (Role.AUTHORITY,), form=ChangeFinding, stored_as="changes[]", stage="oversight", effect=takes_the_changed_text,
             suspended=True, consequence_only=True),
        Step("correct",        BEFORE_BULLETIN,          SAME,          LEADER,      form=Correction, stored_as="corrections[]", stage="feedback",
             guards=(finding.finding_is_of_their_group, something_can_be_corrected, correction_is_lawful), effect=takes_the_correction, in_person=True, optional=True),
        Step("correct",        AFTER_BULLETIN,           SAME,          (Role.AUTHORITY,), form=Correction, stored_as="corrections[]",
             stage="bulletin", guards=(something_can_be_corrected, correction_is_lawful), effect=takes_the_correction, in_person=True, optional=True,
             consequences=("reissue_bulletin",)),
        Step("drop",           tuple(state for state in STATES if state not in ("closed_out", "withdrawn")), "withdrawn",
             (Role.AUTHORITY,), form=Reason, stored_as="ruling", stage="closing", suspended=True, optional=True,
             consequences=("end_emptied_rectification",)),
    ),
)
# fmt: on
