"""Significant matters: from the group to the joint office to the authority, each hop dated (Tongliang art. 19)."""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.forms.base import Decision, Form
from states.engine.table import Procedure, Step
from states.inspection.forms.oversight import RaiseMatter
from states.inspection.guards import oversight

COORDINATOR, AUTHORITY = (Role.COORDINATOR,), (Role.AUTHORITY,)

# fmt: off
SIGNIFICANT_MATTER = Procedure(
    "significant_matter", "M", ("raised", "received", "forwarded", "instructed", "concluded"), frozenset({"concluded"}),
    (
        # act       from            to            by
        Step("raise",    (NEW,),         "raised",     (Role.GROUP_LEADER, Role.GROUP_MEMBER), form=RaiseMatter, stored_as="matter",
             stage="oversight", guards=(oversight.inspection_has_begun,), suspended=True),
        Step("receive",  ("raised",),    "received",   COORDINATOR, form=Form,     stored_as="receipt",     stage="oversight", suspended=True),
        Step("forward",  ("received",),  "forwarded",  COORDINATOR, form=Form,     stored_as="forwarding",  stage="oversight", suspended=True),
        Step("instruct", ("forwarded",), "instructed", AUTHORITY,   form=Decision, stored_as="instruction", stage="oversight", in_person=True, suspended=True),
        Step("conclude", ("instructed",), "concluded", COORDINATOR, form=Decision, stored_as="outcome",     stage="oversight", suspended=True),
    ),
    opened_by_act="raise_matter",
)
# fmt: on
