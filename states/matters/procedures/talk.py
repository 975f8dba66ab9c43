"""Talks (约谈) with the people responsible in a unit, and the commitments made in them.

Who decides on a talk is the role that the regulation names; the table has the authority, and the pack puts the
regulation's role in its place.
"""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.forms.base import Decision, Recalculate
from states.engine.table import SAME, Procedure, Step
from states.matters.effects import takes_its_unit, takes_the_new_day
from states.matters.forms.talk import (
    AcceptCommitment,
    FollowUpTalk,
    HeldTalk,
    LapseCommitment,
    NotifyTalk,
    Promise,
    ProposeTalk,
    ReportCommitment,
    ReturnCommitment,
)
from states.matters.guards import common, talk
from states.matters.names import COMMITMENT

COORDINATOR, DECIDER, OFFICER = (Role.COORDINATOR,), (Role.AUTHORITY,), (Role.TARGET_OFFICER,)
FOLLOWED_UP = (talk.settled_means_every_commitment_was_kept, talk.wanting_means_a_commitment_was_not_kept)

# fmt: off
TALK = Procedure(
    "talk", "Y", ("proposed", "decided", "notified", "talked", "settled", "wanting", "declined"),
    frozenset({"settled", "wanting", "declined"}),
    (
        # act             from           to           by
        Step("propose",        (NEW,),        "proposed",  COORDINATOR, form=ProposeTalk, stored_as="proposal", stage="matters", suspended=True,
             guards=(common.unit_is_on_the_roster, common.nobody_raises_it_about_their_own_unit, talk.talk_names_a_unit_of_its_root,
                     talk.talk_rests_on_its_root),
             effect=takes_its_unit),
        Step("decide",         ("proposed",), "decided",   DECIDER,     form=Decision, stored_as="decision", stage="matters", in_person=True,
             guards=(common.decider_did_not_raise_it,), suspended=True),
        Step("decline",        ("proposed",), "declined",  DECIDER,     form=Decision, stored_as="decision", stage="matters", in_person=True,
             guards=(common.decider_did_not_raise_it,), suspended=True, optional=True),
        Step("notify_unit",    ("decided",),  "notified",  COORDINATOR, form=NotifyTalk, stored_as="notice", stage="matters",
             guards=(talk.talk_day_is_not_past,), suspended=True),
        Step("notify_unit",    ("notified",), SAME,        COORDINATOR, form=NotifyTalk, stored_as="notice", stage="matters",
             guards=(talk.talk_day_is_not_past,), suspended=True, optional=True),
        Step("hold_talk",      ("notified",), "talked",    COORDINATOR, form=HeldTalk, stored_as="talk", stage="matters",
             guards=(talk.talk_day_has_come, talk.commitments_lie_ahead), consequences=("open_commitments",), suspended=True),
        Step("follow_up_talk", ("talked",),   "settled",   COORDINATOR, form=FollowUpTalk, stored_as="outcome", stage="matters", in_person=True,
             when=talk.is_settled, guards=FOLLOWED_UP, suspended=True),
        Step("follow_up_talk", ("talked",),   "wanting",   COORDINATOR, form=FollowUpTalk, stored_as="outcome", stage="matters", in_person=True,
             when=talk.is_wanting, guards=FOLLOWED_UP, consequences=("trace_what_is_wanting",), suspended=True),
    ),
    opened_by_act="propose_talk",
)

TALK_COMMITMENT = Procedure(
    COMMITMENT, "B", ("promised", "reported", "returned", "kept", "broken"), frozenset({"kept", "broken"}),
    (
        # act                from                              to          by
        Step("promise",           (NEW,),                           "promised", COORDINATOR, form=Promise, stored_as="promise", stage="matters",
             starts_term="talk_commitment", suspended=True, consequence_only=True),
        Step("report",            ("promised", "returned"),         "reported", OFFICER,     form=ReportCommitment, stored_as="reports[]", stage="matters",
             meets_term="talk_commitment", suspended=True),
        Step("accept",            ("reported",),                    "kept",     COORDINATOR, form=AcceptCommitment, stored_as="acceptance", stage="matters",
             guards=(talk.accepter_did_not_report,), in_person=True, suspended=True),
        Step("return",            ("reported",),                    "returned", COORDINATOR, form=ReturnCommitment, stored_as="returns[]", stage="matters",
             guards=(talk.accepter_did_not_report, talk.new_day_lies_ahead), in_person=True, starts_term="talk_commitment",
             effect=takes_the_new_day, suspended=True),
        Step("recalculate",       ("promised", "returned"),         SAME,       COORDINATOR, form=Recalculate, stored_as="recalculations[]", stage="matters",
             suspended=True, consequence_only=True),
        Step("lapse",             ("promised", "returned"),         "broken",   COORDINATOR, form=LapseCommitment, stored_as="lapse", stage="matters",
             suspended=True, consequence_only=True),
    ),
)
# fmt: on
