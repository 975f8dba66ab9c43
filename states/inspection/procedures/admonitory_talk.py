"""Admonitory talks with the head of a unit or the people responsible (Decree 733 art. 12(7))."""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.table import Procedure, Step
from states.inspection.forms.measures import ArrangeTalk, HoldTalk
from states.inspection.forms.rectification import Reason
from states.inspection.guards import measures, oversight

OFFICE = (Role.COORDINATOR, Role.SUPERVISION_OFFICE)

# fmt: off
ADMONITORY_TALK = Procedure(
    "admonitory_talk", "Y", ("arranged", "concluded", "withdrawn"), frozenset({"concluded", "withdrawn"}),
    (
        # act           from           to           by
        Step("arrange",     (NEW,),        "arranged",  OFFICE, form=ArrangeTalk, stored_as="arrangement", stage="oversight",
             guards=(oversight.inspection_has_begun, measures.named_unit_was_inspected), suspended=True),
        Step("record_talk", ("arranged",), "concluded", OFFICE, form=HoldTalk,    stored_as="talk",        stage="oversight", suspended=True),
        Step("withdraw",    ("arranged",), "withdrawn", OFFICE, form=Reason,      stored_as="withdrawal",  stage="oversight", suspended=True, optional=True),
    ),
    opened_by_act="arrange_talk",
)
# fmt: on
