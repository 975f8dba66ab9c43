"""Which messages a reader sees: those about their inspections, and those addressed to them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import ColumnElement, and_, false, or_, true

from access.policy import Read, Scope
from access.reader import Reader
from states.engine.case import Role
from storage.messages.notices import NOTICES

_ROLES: Final = "," + NOTICES.c.recipient_role + ","


def visible_messages(reader: Reader) -> ColumnElement[bool]:
    """The condition on ``notice`` that selects the messages a reader sees.

    A message is sent only after its case has been served, so a unit sees all messages addressed to it, and the
    appraisal office all messages addressed to its role.
    """
    if reader.account is None:
        return true()
    own = NOTICES.c.jurisdiction == reader.account.jurisdiction
    found: list[ColumnElement[bool]] = []
    for scope in reader.scopes(Read.MESSAGES):
        if scope is Scope.JURISDICTION:
            everywhere = NOTICES.c.jurisdiction.in_(sorted({reader.account.jurisdiction, *reader.granted}))
            found.append(everywhere)
        elif scope is Scope.INSPECTION:
            found.append(and_(own, NOTICES.c.root.in_(reader.inspections)))
        elif scope is Scope.UNIT and reader.units:
            theirs = NOTICES.c.recipient.in_(sorted(reader.units))
            found.append(and_(own, _addressed_to(Role.TARGET_OFFICER), theirs))
        elif scope is Scope.PASSED_ON:
            found.append(and_(own, _addressed_to(Role.APPRAISAL_OFFICE)))
    return or_(false(), *found)


def _addressed_to(role: Role) -> ColumnElement[bool]:
    return _ROLES.contains(f",{role.value},", autoescape=True)
