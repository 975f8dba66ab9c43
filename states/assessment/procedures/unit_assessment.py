"""Assessments of counties: targets, self-assessment, scores, grade, and what a D brings (Yangjiang part 5)."""

from __future__ import annotations

from states.assessment.choices import is_graded_lowest, is_not_graded_lowest
from states.assessment.forms.results import AnnounceResult, FindWanting, ReportPuttingRight, SettleAfterTalk
from states.assessment.forms.scoring import (
    DrawSpotChecks,
    GradeCounty,
    LiftVeto,
    RecordFalsehood,
    ScoreCounty,
    VerifyOnSite,
    VetoCounty,
)
from states.assessment.forms.targets import Consult, FileTargets, GoOnWithout, RecordTargets, ReturnTargets, SelfAssess
from states.assessment.guards import results, scoring, targets, team
from states.engine.case import NEW, Role
from states.engine.forms.base import Decision, Form, Recalculate
from states.engine.table import SAME, Procedure, Step

COORDINATOR, AUTHORITY, OFFICER = (Role.COORDINATOR,), (Role.AUTHORITY,), (Role.TARGET_OFFICER,)
GROUP = (Role.GROUP_LEADER, Role.GROUP_MEMBER)
STATES = (
    "awaiting_targets", "targets_in", "consulted", "targets_returned", "targets_filed", "self_assessed", "unassessed",
    "verified", "scored", "graded", "answer_owed", "answered", "wanting", "settled", "cancelled",
)  # fmt: skip
FINAL = frozenset({"settled", "cancelled"})
WITHOUT_SELF_ASSESSMENT = ("awaiting_targets", "targets_in", "consulted", "targets_returned", "targets_filed")
BEFORE_THE_BULLETIN = STATES[: STATES.index("answer_owed")]
TEAM = (team.county_is_of_their_group, scoring.year_has_ended, scoring.results_are_not_reported)

# fmt: off
UNIT_ASSESSMENT = Procedure(
    "unit_assessment", "A", STATES, FINAL,
    (
        # act                 from                      to                  by
        Step("await_targets",   (NEW,),                 "awaiting_targets", COORDINATOR, form=Form, stage="targets",
             starts_term="targets", consequence_only=True),
        Step("file_targets",    ("awaiting_targets", "targets_returned"), "targets_in", OFFICER, form=FileTargets, stored_as="targets", stage="targets",
             guards=(targets.aims_are_of_the_annex,), meets_term="targets"),
        Step("consult",         ("targets_in",),        "consulted",        COORDINATOR, form=Consult, stored_as="opinions", stage="targets",
             guards=(targets.every_member_was_asked, targets.opinions_are_dated)),
        Step("file_record",     ("consulted",),         "targets_filed",    COORDINATOR, form=RecordTargets, stored_as="record", stage="targets",
             starts_term="self_assessment", in_person=True),
        Step("return_targets",  ("consulted",),         "targets_returned", COORDINATOR, form=ReturnTargets, stored_as="returns[]", stage="targets",
             guards=(targets.new_day_lies_ahead,), starts_term="targets", in_person=True, optional=True),
        Step("self_assess",     ("targets_filed", "unassessed"), "self_assessed", OFFICER, form=SelfAssess, stored_as="self_assessment",
             stage="self_assessment", guards=(targets.scheme_is_published, targets.year_has_begun, targets.claims_follow_the_scheme),
             meets_term="self_assessment", consequences=("draw_spot_checks",)),
        Step("go_on_without",   WITHOUT_SELF_ASSESSMENT, "unassessed",      COORDINATOR, form=GoOnWithout, stored_as="without", stage="self_assessment",
             guards=(targets.scheme_is_published, targets.self_assessment_day_is_past), in_person=True, consequences=("draw_spot_checks",), optional=True),
        Step("draw_spot_check", ("self_assessed", "unassessed"), SAME,      (*OFFICER, *COORDINATOR), form=DrawSpotChecks, stored_as="spot_checks",
             stage="on_site_assessment", consequence_only=True),
        Step("verify_on_site",  ("self_assessed", "unassessed"), "verified", GROUP,      form=VerifyOnSite, stored_as="verification", stage="on_site_assessment",
             guards=(*TEAM, scoring.assessors_are_of_the_group, scoring.spot_checks_cover_the_draw)),
        Step("score_county",    ("verified", "scored", "graded"), "scored", GROUP,       form=ScoreCounty, stored_as="scores[]", stage="on_site_assessment",
             guards=(*TEAM, scoring.scores_follow_the_scheme)),
        Step("grade_county",    ("scored",),            "graded",           COORDINATOR, form=GradeCounty, stored_as="grade", stage="results",
             guards=(scoring.total_has_a_grade,), in_person=True),
        Step("veto_county",     BEFORE_THE_BULLETIN,    SAME,               AUTHORITY,   form=VetoCounty, stored_as="vetoes[]", stage="results",
             guards=(scoring.results_are_not_reported, scoring.no_veto_stands, scoring.event_lies_in_the_year), in_person=True, optional=True),
        Step("lift_veto",       BEFORE_THE_BULLETIN,    SAME,               AUTHORITY,   form=LiftVeto, stored_as="lifted_vetoes[]", stage="results",
             guards=(scoring.a_veto_stands, scoring.results_are_not_reported, scoring.lifting_leaves_a_grade), in_person=True, optional=True),
        Step("record_falsehood", tuple(state for state in STATES if state != "cancelled"), SAME, COORDINATOR, form=RecordFalsehood,
             stored_as="falsehoods[]", stage="outcomes", guards=(scoring.something_was_handed_in,), in_person=True, consequences=("trace_falsehood",), optional=True),
        Step("announce_result", ("graded",),            "answer_owed",      COORDINATOR, form=AnnounceResult, stored_as="result", stage="results",
             when=is_graded_lowest, starts_term="rectification_report", consequence_only=True),
        Step("announce_result", ("graded",),            "settled",          COORDINATOR, form=AnnounceResult, stored_as="result", stage="results",
             when=is_not_graded_lowest, consequence_only=True),
        Step("report_putting_right", ("answer_owed", "wanting"), "answered", OFFICER,    form=ReportPuttingRight, stored_as="answers[]", stage="outcomes",
             meets_term="rectification_report"),
        Step("accept_report",   ("answered",),          "settled",          COORDINATOR, form=Decision, stored_as="acceptance", stage="outcomes", in_person=True),
        Step("find_wanting",    ("answered",),          "wanting",          COORDINATOR, form=FindWanting, stored_as="wanting[]", stage="outcomes",
             in_person=True, consequences=("open_talk",)),
        Step("find_wanting",    ("answer_owed",),       "wanting",          COORDINATOR, form=FindWanting, stored_as="wanting[]", stage="outcomes",
             guards=(results.report_is_overdue,), in_person=True, consequences=("open_talk",), optional=True),
        Step("settle_after_talk", ("wanting",),         "settled",          COORDINATOR, form=SettleAfterTalk, stored_as="settlement", stage="outcomes",
             guards=(results.talk_is_of_this_county, results.talk_was_held), in_person=True, optional=True),
        Step("recalculate",     tuple(state for state in STATES if state not in FINAL), SAME, COORDINATOR, form=Recalculate,
             stored_as="recalculations[]", stage="outcomes", consequence_only=True),
        Step("cancel",          BEFORE_THE_BULLETIN,    "cancelled",        AUTHORITY,   form=Decision, stored_as="cancellation", stage="scheme", consequence_only=True),
    ),
)
# fmt: on
