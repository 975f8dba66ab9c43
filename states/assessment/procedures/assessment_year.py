"""Assessment years: scheme, team, results, bulletin (Yangjiang parts 2 to 5 and the second part 5)."""

from __future__ import annotations

from states.assessment.forms.results import AnnounceResults, ReportUp
from states.assessment.forms.scheme import AdjustScheme, FormTeam, GivePoints, OpenYear, PublishScheme
from states.assessment.guards import opening, results, scheme, team
from states.engine.case import NEW, Role
from states.engine.forms.base import Decision, Form
from states.engine.table import SAME, Procedure, Step

COORDINATOR, AUTHORITY = (Role.COORDINATOR,), (Role.AUTHORITY,)
STATES = (
    "year_opened",
    "scheme_known",
    "team_formed",
    "reported_up",
    "results_approved",
    "announced",
    "closed",
    "cancelled",
)
BEFORE_THE_BULLETIN = STATES[: STATES.index("announced")]

# fmt: off
ASSESSMENT_YEAR = Procedure(
    "assessment_year", "K", STATES, frozenset({"closed", "cancelled"}),
    (
        # act              from                     to                  by
        Step("open",           (NEW,),               "year_opened",           COORDINATOR, form=OpenYear, stored_as="opening", stage="scheme",
             guards=(opening.year_is_ahead, opening.year_is_not_open, opening.counties_are_on_the_roster),
             starts_term="scheme_issued", term_owed_by_office=True, unique_field="year", consequences=("open_counties",)),
        Step("give_points",    ("year_opened",),          SAME,               COORDINATOR, form=GivePoints, stored_as="schemes[]", stage="scheme",
             guards=(scheme.scheme_names_every_criterion, scheme.scheme_adds_up)),
        Step("publish_scheme", ("year_opened",),          "scheme_known",     COORDINATOR, form=PublishScheme, stored_as="publication", stage="scheme",
             guards=(scheme.points_are_given, scheme.scheme_is_issued_in_time), in_person=True,
             meets_term="scheme_issued", starts_term="report_up", term_owed_by_office=True),
        Step("adjust_scheme",  ("scheme_known", "team_formed"), SAME,    COORDINATOR, form=AdjustScheme, stored_as="schemes[]", stage="scheme",
             guards=(scheme.adjustment_comes_ahead, scheme.scheme_names_every_criterion, scheme.scheme_adds_up), in_person=True, optional=True),
        Step("form_team",      ("scheme_known", "team_formed"), "team_formed", COORDINATOR, form=FormTeam, stored_as="team", stage="on_site_assessment",
             guards=(team.team_covers_every_county, team.team_leaders_have_accounts, team.team_comes_from_the_members,
                     team.nobody_assesses_their_own_county)),
        Step("report_up",      ("team_formed",),     "reported_up",      COORDINATOR, form=ReportUp, stored_as="composite_report", stage="results",
             guards=(results.every_county_is_graded,), meets_term="report_up", in_person=True),
        Step("approve",        ("reported_up",),     "results_approved", AUTHORITY,   form=Decision, stored_as="approval", stage="results",
             guards=(results.decider_did_not_report,), in_person=True),
        Step("send_back",      ("reported_up", "results_approved"), "team_formed", AUTHORITY, form=Decision, stored_as="sent_back[]", stage="results",
             guards=(results.decider_did_not_report,), in_person=True, optional=True),
        Step("announce",       ("results_approved",), "announced",       COORDINATOR, form=AnnounceResults, stored_as="announcement", stage="results",
             guards=(results.announcement_is_dated,), in_person=True, unique_field="number", consequences=("announce_counties",)),
        Step("close",          ("announced",),       "closed",           COORDINATOR, form=Form, stored_as="closing", stage="outcomes",
             guards=(results.every_county_is_settled, results.every_outcome_is_receipted), in_person=True),
        Step("cancel",         BEFORE_THE_BULLETIN,  "cancelled",        AUTHORITY,   form=Decision, stored_as="cancellation", stage="scheme",
             in_person=True, consequences=("cancel_counties",), optional=True),
    ),
    root=True,
)
# fmt: on
