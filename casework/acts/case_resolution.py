"""Which case is meant by an act asked of the inspection: the group or visit of whoever acts, or the part named.

``target`` (a unit) and ``group`` (a name or number) in what was handed in choose among the parts of an inspection; a
liaison officer means their own unit's part, a leader or member the group they belong to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casework.acts.request_context import RequestContext, role_used
from casework.errors import NotFound
from states.engine.case import Case, Role
from states.engine.forms.reading import read_form
from states.inspection.forms.conduct import FeedBack, TargetFeedback
from states.inspection.forms.planning import Assignment
from states.packs import pack_of, procedure_of
from storage.cases import cases


@dataclass(frozen=True, slots=True)
class TargetedAct:
    """An act on one case with what was handed in for it; ``opens`` names the procedure of a case to be opened."""

    case: Case
    act: str
    data: Mapping[str, Any]
    opens: str | None = None


def _any_case(case_id: str) -> bool:
    return True


def resolve(
    desk: RequestContext,
    case: Case,
    act: str,
    data: Mapping[str, Any],
    shows_case: Callable[[str], bool] = _any_case,
) -> list[TargetedAct]:
    """What an act asked of this case comes to. Raises NotFound when no part fits, or several do.

    Only parts that ``shows_case`` names are meant, and listed where several fit.
    """
    procedures = pack_of(case.regulation).procedures
    opened = next((procedure for procedure in procedures.values() if procedure.asked_as == act), None)
    if opened is not None:
        return [TargetedAct(case, opened.first_act, data, opens=opened.name)]
    rows = procedure_of(case).rows(act)
    if rows and rows[0].each is None:
        return [TargetedAct(case, act, data)]
    if case.family != case.id or not any(procedure.rows(act) for procedure in procedures.values()):
        return [TargetedAct(case, act, data)]
    if act == "feed_back" and data.get("targets"):
        return [_to_target(desk, case, act, told) for told in read_form(FeedBack, data).targets]
    found = [part for part in _parts(desk, case, act, data) if shows_case(part.id)]
    if rows and not _one_may(desk, found, act):
        return [TargetedAct(case, act, data)]
    return [TargetedAct(_only(found, case, act), act, _without_address(found, act, data))]


def unit_meant(desk: RequestContext, case: Case) -> str | None:
    """The unit a case to be opened is about: that of the part it is asked of, or the liaison officer's own."""
    own = desk.actor.unit if desk.actor is not None and desk.actor.holds(Role.TARGET_OFFICER) else None
    return case.unit or own


def _to_target(desk: RequestContext, case: Case, act: str, told: TargetFeedback) -> TargetedAct:
    part = _only(_parts(desk, case, act, {"target": told.code}), case, act)
    return TargetedAct(part, act, told.model_dump(exclude={"code"}))


def _one_may(desk: RequestContext, parts: Iterable[Case], act: str) -> bool:
    """Whether whoever acts has the office for one of the parts; if not, the inspection itself says whose act it is."""
    actor = desk.actor
    return any(actor is None or role_used(actor, row.by) for part in parts for row in procedure_of(part).rows(act))


def _parts(desk: RequestContext, case: Case, act: str, data: Mapping[str, Any]) -> list[Case]:
    """The open parts of the inspection that know the act and fit the address."""
    procedures = pack_of(case.regulation).procedures
    known = [name for name, procedure in procedures.items() if procedure.rows(act) and procedure.letter]
    parts = [part for part in cases.parts(desk.session, case.id, known) if _goes_on(part)]
    if target := data.get("target"):
        return [part for part in parts if part.unit == target]
    if group := data.get("group"):
        return [part for part in parts if group in (part.id, part.title, part.id.rpartition("-")[2])]
    actor = desk.actor
    if actor is not None and actor.unit is not None and actor.holds(Role.TARGET_OFFICER):
        return [part for part in parts if part.unit == actor.unit]
    if actor is not None and (actor.holds(Role.GROUP_LEADER) or actor.holds(Role.GROUP_MEMBER)):
        theirs = {group.id for group in cases.children(desk.session, case.id, "group") if actor.name in _people(group)}
        return [part for part in parts if part.id in theirs or part.parent in theirs]
    return parts


def _people(group: Case) -> set[str]:
    """The leader and the members of a group."""
    order = group.read("order", Assignment)
    return {person.name for person in (order.leader, *order.members) if person} if order else set()


def _goes_on(part: Case) -> bool:
    return procedure_of(part).is_open(part.state)


def _only(found: Iterable[Case], case: Case, act: str) -> Case:
    parts = list(found)
    if len(parts) == 1:
        return parts[0]
    if not parts:
        raise NotFound("no_such_part", case=case.id, act=act)
    listed = "、".join(f"{part.id}（{part.unit or part.title}）" for part in parts)
    raise NotFound("which_part", case=case.id, act=act, parts=listed)


def _without_address(found: list[Case], act: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """What was handed in without the address, where the form of the act has no such field."""
    fields = procedure_of(found[0]).rows(act)[0].form.model_fields if found else {}
    return {key: value for key, value in data.items() if key in fields or key not in ("target", "group")}
