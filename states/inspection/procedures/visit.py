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
    RecordNoSelfInspection,
    RequestSelfInspection,
    VisitOnSite,
)
from states.inspection.forms.planning import Assignment
from states.inspection.forms.rectification import Reason
from states.inspection.guards import conduct, look_back, plan_in_force, presence, rectification

COORDINATOR, LEADER = (Role.COORDINATOR,), (Role.GROUP_LEADER,)
GROUP = (Role.GROUP_LEADER, Role.GROUP_MEMBER)
AT_WORK = (conduct.visit_is_of_their_group, conduct.inspection_is_under_way)
BY_PLAN = (*AT_WORK, plan_in_force.within_the_period)
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
             guards=(*BY_PLAN, plan_in_force.written_is_planned, conduct.self_inspection_has_time,
                     plan_in_force.report_is_due_within_the_period)),
        Step("hand_in_self_inspection", ("visited",),   SAME,        (Role.TARGET_OFFICER,), form=ReceiveSelfInspection,
             stored_as="self_inspection", meets_term="self_inspection_report", stage="visits", guards=(conduct.inspection_is_under_way,)),
        Step("record_no_self_inspection", ("visited",), SAME,        GROUP,       form=RecordNoSelfInspection,
             stored_as="no_self_inspection", stage="visits", guards=(*AT_WORK, conduct.self_inspection_is_overdue), optional=True),
        Step("visit_on_site",           OPEN,           "visited",   GROUP,       form=VisitOnSite, stored_as="visits[]", stage="visits",
             guards=(*BY_PLAN, plan_in_force.on_site_is_planned, conduct.ways_are_lawful, plan_in_force.ways_are_planned,
                     conduct.visitors_are_of_the_group, presence.nobody_absent_visits)),
        Step("record_evaluation",       OPEN,           "visited",   GROUP,       form=RecordEvaluation, stored_as="evaluations[]",
             stage="visits", guards=(*BY_PLAN, plan_in_force.third_party_is_planned)),
        Step("record_finding",          OPEN,           SAME,        GROUP,       form=RecordFinding, stage="visits",
             guards=(*BY_PLAN, plan_in_force.finding_is_planned_content, rectification.renewed_finding_is_known,
                     look_back.finding_follows_an_earlier_one), consequences=("open_finding",)),
        Step("feed_back",               OPEN,           "fed_back",  LEADER,      form=FeedBack, stored_as="feedback", stage="feedback",
             guards=(*AT_WORK, conduct.planned_methods_were_carried_out, plan_in_force.told_findings_are_planned_content,
                     rectification.told_renewed_findings_are_known, rectification.findings_come_with_advice,
                     look_back.told_findings_follow_earlier_ones),
             consequences=("open_told_findings", "tell_findings", "move_inspection")),
        Step("recalculate",             ("visited",),   SAME,        COORDINATOR, form=Recalculate, stored_as="recalculations[]",
             stage="visits", suspended=True, consequence_only=True),
        Step("withdraw",                OPEN,           "withdrawn", (Role.COORDINATOR, Role.AUTHORITY), form=Reason, stored_as="withdrawal",
             stage="team", suspended=True, consequence_only=True),
    ),
)
# fmt: on
