"""What an inspection and a look-back have in common: from the plan to the close (Tongliang art. 13(2)-13(5), 14, 16).

A plan that is amended within its scope is filed again; one that changes targets or contents goes to the authority
first (art. 16). Suspension and cancellation are house rules: the regulation has none.
"""

from __future__ import annotations

from dataclasses import replace

from states.engine.case import Role
from states.engine.corrections import Correction, correction_is_lawful, something_can_be_corrected, takes_the_correction
from states.engine.forms.base import Decision
from states.engine.table import SAME, Step
from states.inspection.effects import hands_over_duties, is_resumed, is_suspended, takes_the_amended_scope
from states.inspection.forms.conduct import Bulletin, DistrictReport, FeedBack, GroupReport, Prepare, Start
from states.inspection.forms.hand_over import HandOver
from states.inspection.forms.oversight import Close
from states.inspection.forms.planning import AcknowledgeFiling, Amend, DrawSample, Plan, Staff, Train
from states.inspection.forms.rectification import Reason
from states.inspection.forms.review import ServeConclusion
from states.inspection.guards import (
    bulletin,
    closing,
    conduct,
    corrections,
    departure,
    designation,
    duplicates,
    frequency,
    groups,
    hand_over,
    look_back,
    notices,
    own_decisions,
    planning,
    results,
    review,
)

COORDINATOR, AUTHORITY, OFFICE, LEADER = (
    (Role.COORDINATOR,),
    (Role.AUTHORITY,),
    (Role.SUPERVISION_OFFICE,),
    (Role.GROUP_LEADER,),
)

STATES = (
    "drafted", "submitted", "returned", "approved", "planned", "filed", "staffed", "trained", "prepared",
    "under_way", "fed_back", "reported", "consolidated", "consented", "published",
    "closed", "rejected", "cancelled", "withdrawn",
)  # fmt: skip
FINAL = frozenset({"closed", "rejected", "cancelled", "withdrawn"})
OPEN = tuple(state for state in STATES if state not in FINAL)
AT_WORK = ("filed", "staffed", "trained", "prepared", "under_way")

# fmt: off
_STEPS: tuple[Step, ...] = (
    # act          from               to              by
    Step("plan",        ("approved",),     "planned",      COORDINATOR, form=Plan, stored_as="plan", stage="plan",
         guards=(planning.plan_names_all_five, planning.plan_keeps_to_the_approval, look_back.contents_follow_the_rectification,
                 planning.plan_methods_fit_the_kind, planning.period_is_lawful, designation.plan_keeps_to_the_designation)),
    Step("file",        ("planned",),      "filed",        OFFICE,      form=AcknowledgeFiling, stored_as="filing", stage="plan",
         guards=(own_decisions.filer_did_not_plan,), in_person=True, consequences=("draw_sample",)),
    Step("draw_sample", ("filed",),        SAME,           OFFICE,      form=DrawSample, stored_as="draws[]", stage="plan",
         consequence_only=True),
    Step("staff",       ("filed",),        "staffed",      COORDINATOR, form=Staff, stored_as="staffing", stage="team",
         guards=(groups.leaders_are_known, groups.core_members_carry_the_groups,
                 groups.every_target_has_one_group, groups.nobody_inspects_their_own_unit),
         consequences=("form_groups",)),
    Step("train",       ("staffed",),      "trained",      COORDINATOR, form=Train, stored_as="training[]", stage="team",
         guards=(planning.every_member_attended,)),
    Step("prepare",     ("trained",),      "prepared",     LEADER,      form=Prepare, stage="visits", advances_when_all="group",
         guards=(conduct.every_group_is_prepared,)),
    Step("start",       ("prepared",),     "under_way",    COORDINATOR, form=Start, stored_as="start", stage="visits", frequency="start",
         guards=(conduct.period_has_begun, notices.notice_was_served_on_every_target, planning.no_amendment_is_pending,
                 departure.no_departure_is_undecided, frequency.is_carried_out_apart)),
    Step("feed_back",   ("under_way",),    "fed_back",     LEADER,      form=FeedBack, stage="feedback", advances_when_all="visit", part_list="targets",
         guards=(conduct.every_target_was_fed_back, planning.no_amendment_is_pending, departure.no_departure_is_undecided)),
    Step("report",      ("fed_back",),     "reported",     LEADER,      form=GroupReport, stage="feedback", advances_when_all="group",
         guards=(conduct.every_group_has_reported,)),
    Step("consolidate", ("reported",),     "consolidated", COORDINATOR, form=DistrictReport, stored_as="district_report",
         correctable=("summary",), stage="bulletin"),
    Step("consent",     ("consolidated",), "consented",    AUTHORITY,   form=Decision, stored_as="consent", stage="bulletin",
         guards=(own_decisions.consenter_did_not_consolidate,), in_person=True),
    Step("send_back",   ("consolidated",), "reported",     AUTHORITY,   form=Decision, stored_as="sent_back[]", stage="bulletin",
         guards=(own_decisions.consenter_did_not_consolidate,), in_person=True),
    Step("publish",     ("consented",),    "published",    COORDINATOR, form=Bulletin, stored_as="bulletin", stage="bulletin", frequency="bulletin",
         unique_field="number", correctable=("number", "bulletin_on"),
         guards=(bulletin.bulletin_day_is_lawful, bulletin.bulletin_bears_its_own_number,), consequences=("open_rectifications",)),
    Step("serve_conclusion", ("published",),    SAME,           COORDINATOR, form=ServeConclusion, stored_as="conclusions[]", stage="bulletin",
         guards=(review.conclusion_goes_once_to_each, review.receipt_day_is_lawful)),
    Step("close",       ("published",),    "closed",       COORDINATOR, form=Close, stored_as="closing", stage="closing", in_person=True,
         guards=(closing.every_rectification_is_closed, closing.every_finding_has_ended, results.results_were_passed_on,
                 closing.no_review_is_open, review.every_conclusion_was_served, closing.every_matter_was_reported, closing.what_goes_on_is_named)),

    Step("reopen",      ("closed",),       "published",    COORDINATOR, form=Reason, stored_as="reopenings[]", stage="closing", in_person=True,
         reopens=True, optional=True),

    # amending the plan
    Step("amend",       AT_WORK,           SAME,           COORDINATOR, form=Amend, stage="plan", when=planning.scope_changes,
         guards=(planning.plan_names_all_five, look_back.contents_follow_the_rectification, look_back.added_targets_had_findings, planning.amended_targets_are_known, duplicates.added_targets_are_no_duplicate,
                 planning.added_targets_are_free,
                 planning.amended_contents_are_of_this_kind, planning.plan_methods_fit_the_kind, planning.period_is_lawful, designation.plan_keeps_to_the_designation, planning.no_amendment_is_pending),
         frequency="hold", consequences=("ask_amendment",), optional=True),
    Step("amend",       AT_WORK,           "planned",      COORDINATOR, form=Amend, stored_as="plan", stage="plan",
         guards=(planning.plan_names_all_five, planning.plan_keeps_to_the_approval, look_back.contents_follow_the_rectification,
                 planning.plan_methods_fit_the_kind, planning.period_is_lawful, designation.plan_keeps_to_the_designation, planning.no_amendment_is_pending), optional=True),
    Step("adopt_amendment", AT_WORK,       "planned",      AUTHORITY,   form=Amend, stored_as="plan", stage="plan", in_person=True,
         guards=(planning.added_targets_are_free,), frequency="take", effect=takes_the_amended_scope, consequence_only=True),

    # people who leave (house rule)
    Step("hand_over",   OPEN,              SAME,           COORDINATOR, form=HandOver, stored_as="hand_overs[]", stage="team", in_person=True,
         guards=(hand_over.leavers_have_the_duty, hand_over.successors_hold_the_office, hand_over.changed_groups_are_lawful,
                 hand_over.successors_are_trained),
         suspended=True, effect=hands_over_duties, consequences=("change_people",), optional=True),

    # house rules
    Step("correct",     STATES,            SAME,           (*COORDINATOR, *AUTHORITY), form=Correction, stored_as="corrections[]", stage="bulletin", in_person=True,
         unique_field="number", guards=(something_can_be_corrected, corrections.each_corrects_what_is_theirs, correction_is_lawful,
                                        corrections.corrected_topic_is_free), effect=takes_the_correction, frequency="recount",
         consequences=("correct_rectifications",), optional=True),
    Step("reissue_bulletin", ("published", "closed"), SAME, (*AUTHORITY, *COORDINATOR), form=Reason, stored_as="reissues[]", stage="bulletin",
         consequence_only=True),
    Step("suspend",     OPEN,              SAME,           AUTHORITY,   form=Decision, stored_as="suspensions[]",
         stage="oversight", in_person=True, guards=(conduct.suspension_follows_what_was_done,), effect=is_suspended, consequences=("begin_suspension",), optional=True),
    Step("resume",      OPEN,              SAME,           AUTHORITY,   form=Decision, stored_as="resumptions[]",
         stage="oversight", in_person=True, suspended=True, guards=(conduct.case_is_suspended,), effect=is_resumed,
         consequences=("lift_suspension",), optional=True),
    Step("cancel",      OPEN,              "cancelled",    AUTHORITY,   form=Decision, stored_as="cancellation",
         stage="closing", in_person=True, suspended=True, frequency="free", effect=is_resumed,
         consequences=("cancel_children",), optional=True),
)
# fmt: on

CONDUCT = tuple(replace(step, rule=f"conduct.{step.act}") for step in _STEPS)
"""An inspection and a look-back rest on the same articles here, so the rows share their rule keys."""
