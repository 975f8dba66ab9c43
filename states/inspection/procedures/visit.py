"""Visits: one for each target, by the methods of the plan, ended by the feedback to the target (Tongliang art. 11, 13(4), 16)."""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.forms.base import Recalculate
from states.engine.table import SAME, Procedure, Step
from states.inspection.forms.conduct import (
    FeedBack,
    ReceiveSelfInspection,
    RecordEvaluation,
    RecordFinding,
    RequestSelfInspection,
    VisitOnSite,
)
from states.inspection.forms.planning import Assignment
from states.inspection.forms.rectification import Reason
from states.inspection.guards import conduct, look_back, rectification

COORDINATOR, LEADER = (Role.COORDINATOR,), (Role.GROUP_LEADER,)
GROUP = (Role.GROUP_LEADER, Role.GROUP_MEMBER)
AT_WORK = (conduct.visit_is_of_their_group, conduct.inspection_is_under_way)
OPEN = ("assigned", "visited")

# fmt: off
VISIT = Procedure(
    "visit", "V", ("assigned", "visited", "fed_back", "withdrawn"), frozenset({"fed_back", "withdrawn"}),
    (
        # act                     from           to           by
        Step("assign",                  (NEW,),         "assigned",  COORDINATOR, form=Assignment, stored_as="order", stage="team", consequence_only=True),
        Step("reassign",                OPEN,           SAME,        COORDINATOR, form=Assignment, stored_as="order", stage="team", consequence_only=True),
        Step("request_self_inspection", OPEN,           "visited",   GROUP,       form=RequestSelfInspection,
             stored_as="self_inspection_request", starts_term="self_inspection_report", stage="visits",
             guards=(*AT_WORK, conduct.self_inspection_has_time)),
        Step("hand_in_self_inspection", ("visited",),   SAME,        (Role.TARGET_OFFICER,), form=ReceiveSelfInspection,
             stored_as="self_inspection", meets_term="self_inspection_report", stage="visits", guards=(conduct.inspection_is_under_way,)),
        Step("visit_on_site",           OPEN,           "visited",   GROUP,       form=VisitOnSite, stored_as="visits[]", stage="visits",
             guards=(*AT_WORK, conduct.ways_are_lawful, conduct.visitors_are_of_the_group)),
        Step("record_evaluation",       OPEN,           "visited",   GROUP,       form=RecordEvaluation, stored_as="evaluations[]",
             stage="visits", guards=AT_WORK),
        Step("record_finding",          OPEN,           SAME,        GROUP,       form=RecordFinding, stage="visits",
             guards=(*AT_WORK, rectification.finding_names_lawful_content, look_back.finding_follows_an_earlier_one), consequences=("open_finding",)),
        Step("feed_back",               OPEN,           "fed_back",  LEADER,      form=FeedBack, stored_as="feedback", stage="feedback",
             guards=(*AT_WORK, conduct.planned_methods_were_carried_out, rectification.told_findings_name_lawful_content,
                     rectification.findings_come_with_advice, look_back.told_findings_follow_earlier_ones),
             consequences=("open_told_findings", "tell_findings", "move_inspection")),
        Step("recalculate",             ("visited",),   SAME,        COORDINATOR, form=Recalculate, stored_as="recalculations[]",
             stage="visits", suspended=True, consequence_only=True),
        Step("withdraw",                OPEN,           "withdrawn", (Role.COORDINATOR, Role.AUTHORITY), form=Reason, stored_as="withdrawal",
             stage="team", suspended=True, consequence_only=True),
    ),
)
# fmt: on
