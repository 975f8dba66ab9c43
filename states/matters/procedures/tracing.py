"""Tracings of responsibility (责任追溯): the chain of acts and persons, the decision, and what the body in charge made of it.

A referral of an inspection passes a lead on; a tracing says on which acts on record responsibility rests.
"""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.forms.base import Decision
from states.engine.table import SAME, Procedure, Step
from states.matters.effects import takes_what_was_missing
from states.matters.forms.tracing import CompleteTracing, Trace, TracingOutcome, TracingReceipt
from states.matters.guards import common, tracing
from states.matters.names import TRACING

COORDINATOR, DECIDER = (Role.COORDINATOR,), (Role.AUTHORITY,)
NOT_THEIRS = (tracing.decider_is_not_traced,)

# fmt: off
TRACING_OF_RESPONSIBILITY = Procedure(
    TRACING, "Q", ("drafted", "approved", "sent", "receipted", "concluded", "declined"), frozenset({"concluded", "declined"}),
    (
        # act        from           to           by
        Step("draft",     (NEW,),        "drafted",   COORDINATOR, form=Trace, stored_as="tracing", stage="matters", suspended=True,
             guards=(tracing.traced_units_are_on_the_roster, tracing.chain_is_on_record, tracing.traced_marks_were_made,
                     tracing.tracing_says_where_it_goes)),
        Step("complete",  ("drafted",),  SAME,        COORDINATOR, form=CompleteTracing, stored_as="completions[]", stage="matters",
             guards=(tracing.chain_is_on_record,), effect=takes_what_was_missing, suspended=True, optional=True),
        Step("approve",   ("drafted",),  "approved",  DECIDER,     form=Decision, stored_as="decision", stage="matters", in_person=True,
             guards=(common.decider_did_not_raise_it, tracing.tracing_is_complete, *NOT_THEIRS), suspended=True),
        Step("decline",   ("drafted",),  "declined",  DECIDER,     form=Decision, stored_as="decision", stage="matters", in_person=True,
             guards=(common.decider_did_not_raise_it, *NOT_THEIRS), suspended=True, optional=True),
        Step("send",      ("approved",), "sent",      COORDINATOR, stored_as="sending", stage="matters", guards=NOT_THEIRS, in_person=True, suspended=True),
        Step("receipt",   ("sent",),     "receipted", COORDINATOR, form=TracingReceipt, stored_as="receipt", stage="matters", guards=NOT_THEIRS, suspended=True),
        Step("conclude",  ("receipted",), "concluded", COORDINATOR, form=TracingOutcome, stored_as="outcome", stage="matters", guards=NOT_THEIRS, suspended=True),
    ),
    opened_by_act="trace",
)
# fmt: on
