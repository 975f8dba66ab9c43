"""Significant matters: from the group to the joint office to the authority, each hop dated (Tongliang art. 19).

The text says 及时 without a figure: each hop has a term of the house, so that a matter left lying is reminded of.
"""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.forms.base import Decision, Form, Recalculate
from states.engine.table import SAME, Procedure, Step
from states.inspection.forms.oversight import RaiseMatter
from states.inspection.guards import oversight, presence

COORDINATOR, AUTHORITY = (Role.COORDINATOR,), (Role.AUTHORITY,)

# fmt: off
SIGNIFICANT_MATTER = Procedure(
    "significant_matter", "M", ("raised", "received", "forwarded", "instructed", "concluded"), frozenset({"concluded"}),
    (
        # act       from            to            by
        Step("raise",    (NEW,),         "raised",     (Role.GROUP_LEADER, Role.GROUP_MEMBER), form=RaiseMatter, stored_as="matter",
             stage="oversight", guards=(oversight.inspection_has_begun, presence.raised_by_a_member), starts_term="matter_step",
             term_owed_by_office=True, suspended=True),
        Step("receive",  ("raised",),    "received",   COORDINATOR, form=Form,     stored_as="receipt",     stage="oversight",
             meets_term="matter_step", starts_term="matter_step", term_owed_by_office=True, suspended=True),
        Step("forward",  ("received",),  "forwarded",  COORDINATOR, form=Form,     stored_as="forwarding",  stage="oversight",
             meets_term="matter_step", starts_term="matter_step", term_owed_by_office=True, suspended=True),
        Step("instruct", ("forwarded",), "instructed", AUTHORITY,   form=Decision, stored_as="instruction", stage="oversight", in_person=True,
             meets_term="matter_step", starts_term="matter_step", term_owed_by_office=True, suspended=True),
        Step("conclude", ("instructed",), "concluded", COORDINATOR, form=Decision, stored_as="outcome",     stage="oversight",
             meets_term="matter_step", suspended=True),
        Step("recalculate", ("raised", "received", "forwarded", "instructed"), SAME, COORDINATOR, form=Recalculate,
             stored_as="recalculations[]", stage="oversight", suspended=True, consequence_only=True),
    ),
    opened_by_act="raise_matter",
)
# fmt: on
