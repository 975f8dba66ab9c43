"""What a person still has to do, and whether an office would be left without anybody (SPEC rule 12)."""

from __future__ import annotations

from typing import Final

from pydantic import Field

from messages.answers import Answer
from states.engine.case import Actor, Role
from states.inspection.groups import people_of
from states.inspection.hand_over import handler_of
from states.packs import root_procedures
from storage.cases import cases
from storage.engine import Session
from storage.people import accounts

NEEDED: Final = (Role.COORDINATOR, Role.AUTHORITY, Role.RESPONSIBLE_LEADER, Role.SUPERVISION_OFFICE)
"""Offices without which an open inspection cannot go on; the administrator is needed always."""


class OpenDuty(Answer):
    """Something that an account still has to do."""

    case: str = Field(description="id of the case")
    duty: str = Field(description="`group`, `handler` or `officer`")
    title: str = Field(description="title of the case")


def open_duties(session: Session, actor: Actor) -> tuple[OpenDuty, ...]:
    """Groups the account is in, inspections it handles, open matters of the unit it answers for."""
    home = actor.jurisdiction
    groups = cases.find(session, jurisdiction=home, procedure="group", open=True)
    found = [("group", group) for group in groups if actor.plain_name in people_of(group)]
    roots = cases.find(session, jurisdiction=home, procedure=sorted(root_procedures()), open=True)
    if actor.holds(Role.COORDINATOR):
        found += [("handler", root) for root in roots if handler_of(root) == actor.name]
    if actor.holds(Role.TARGET_OFFICER) and actor.unit is not None:
        found += [("officer", root) for root in roots if actor.unit in root.targets]
        found += [("officer", part) for part in cases.find(session, jurisdiction=home, unit=actor.unit, open=True)]
    return tuple(OpenDuty(case=case.id, duty=duty, title=case.title) for duty, case in found)


def last_offices(session: Session, actor: Actor, keeps: frozenset[Role] = frozenset()) -> list[Role]:
    """The needed offices that nobody would hold without this account; ``keeps`` are the roles it would still have."""
    given_up, home = actor.roles - keeps, actor.jurisdiction
    alone = {role for role in given_up if accounts.holders(session, home, role) == [actor.name]}
    needed = {Role.ADMINISTRATOR}
    if cases.find(session, jurisdiction=home, procedure=sorted(root_procedures()), open=True, limit=1):
        needed |= {*NEEDED}
    last = alone & needed
    if Role.TARGET_OFFICER in given_up and _is_last_officer(session, actor):
        last.add(Role.TARGET_OFFICER)
    return sorted(last)


def _is_last_officer(session: Session, actor: Actor) -> bool:
    """Whether the unit has open matters and no other liaison officer."""
    others = [
        one
        for one in accounts.active(session, actor.jurisdiction)
        if one.holds(Role.TARGET_OFFICER) and one.unit == actor.unit and one.name != actor.name
    ]
    return not others and any(duty.duty == "officer" for duty in open_duties(session, actor))
