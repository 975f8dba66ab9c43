"""Suspensions of an inspection: the clocks stop with the first and go on with the last (house rule: the text is silent)."""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.forms.base import Decision
from states.engine.table import Procedure, Step

AUTHORITY = (Role.AUTHORITY,)

# fmt: off
SUSPENSION = Procedure(
    "suspension", "S", ("standing", "lifted"), frozenset({"lifted"}),
    (
        Step("begin", (NEW,),        "standing", AUTHORITY, form=Decision, stored_as="order", stage="oversight", in_person=True, consequence_only=True, suspended=True),
        Step("lift",  ("standing",), "lifted",   AUTHORITY, form=Decision, stored_as="lifting", stage="oversight", in_person=True, consequence_only=True, suspended=True),
    ),
)
# fmt: on
