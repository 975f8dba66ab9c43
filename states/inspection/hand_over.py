"""Who holds which duty in an inspection, and its groups after duties were handed over (house rule, SPEC rule 12)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from states.engine.case import Case
from states.engine.context import Context
from states.inspection import dossier
from states.inspection.forms.hand_over import Change
from states.inspection.forms.planning import GroupOrder, Member
from states.inspection.groups import everybody

IN_GROUPS: Final = ("leader", "member")
NOT_ON_RECORD: Final = "未登记"
"""Where a successor comes from when neither the form nor an account says it."""


def handler_of(inspection: Case) -> str:
    """Who of the joint office handles the inspection: its opener, until it was handed over."""
    handed = (change.takes_over for change in dossier.hand_overs(inspection) if change.duty == "handler")
    names = [successor.name for successor in handed if successor]
    return names[-1] if names else inspection.opened_by


def working_groups(inspection: Case, context: Context) -> list[GroupOrder]:
    """The groups of the staffing that still have work to do."""
    staffing = dossier.staffing(inspection)
    open_ = {
        group.title
        for group in context.facts.children(inspection.id, "group")
        if context.pack.procedure_of(group).is_open(group.state)
    }
    return [group for group in staffing.groups if group.name in open_] if staffing else []


def after(groups: Iterable[GroupOrder], changes: Sequence[Change], context: Context) -> list[GroupOrder]:
    """The groups as they are after these changes."""
    return [_changed(group, changes, context) for group in groups]


def holds(duty: str, name: str, group: GroupOrder) -> bool:
    """Whether somebody is the leader, or a member, of a group."""
    people = (group.leader,) if duty == "leader" else group.members
    return any(person.name == name for person in people)


def _changed(group: GroupOrder, changes: Sequence[Change], context: Context) -> GroupOrder:
    """Each person of the group as it was is replaced once, so that two leaders can change places."""
    leaders = {change.leaves: change for change in changes if change.duty == "leader"}
    leaving = {change.leaves: change for change in changes if change.duty == "member"}
    leader = leaders.get(group.leader.name)
    members = (
        _successor(leaving[person.name], context) if person.name in leaving else person for person in group.members
    )
    return group.model_copy(
        update={
            "leader": (_successor(leader, context) if leader else None) or group.leader,
            "members": tuple(person for person in members if person is not None),
        }
    )


def _successor(change: Change, context: Context) -> Member | None:
    if change.takes_over is None:
        return None
    account = context.facts.account(change.takes_over.name)
    unit = context.facts.unit(account.unit) if account is not None and account.unit else None
    return change.takes_over.as_member(unit.name if unit else NOT_ON_RECORD)


def names(group: GroupOrder) -> list[str]:
    """Everybody of a group, the leader first."""
    return [person.name for person in everybody(group)]
