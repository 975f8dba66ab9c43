"""Find the case that an act on an inspection means: the group or visit of the actor, or the part that is named.

``target`` (a unit) and ``group`` (a name or number) in what was handed in choose among the parts of an inspection; a
liaison officer means their own unit's part, a leader or member the group they belong to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casework.acts.request_context import RequestContext, role_used
from casework.citations import act_name
from casework.errors import NotFound
from messages.spellings import plain
from states.engine.case import Actor, Case, Role
from states.engine.context import Facts
from states.engine.forms.reading import read_form
from states.packs import pack_of, procedure_of
from storage.cases import cases


@dataclass(frozen=True, slots=True)
class TargetedAct:
    """An act on one case with what was handed in for it; ``opens`` names the procedure of a case to be opened.

    ``unit`` is the unit it is opened about, where what was handed in names one: a late entry for that unit.
    """

    case: Case
    act: str
    data: Mapping[str, Any]
    opens: str | None = None
    unit: str | None = None


def _any_case(case_id: str) -> bool:
    return True


def act_meant(case: Case, written: str) -> str:
    """The code of an act, written as its code or by its name: 报批. What is no name stays as it is written."""
    pack, own = pack_of(case.regulation), procedure_of(case)
    openings = pack.openings_under(own.name)
    if written in pack.acts or written in openings or not written.strip():
        return written
    for acts in (own.acts, tuple(openings), *(one.acts for one in pack.procedures.values())):
        for act in acts:
            if plain(act_name(act, own.name)) == plain(written):
                return act
    return written


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
    pack = pack_of(case.regulation)
    opened = pack.openings_under(case.procedure).get(act)
    if opened is not None:
        addressed = pack.unit_field not in opened.rows(opened.first_act)[0].form.model_fields
        rest = {name: value for name, value in data.items() if not addressed or name != pack.unit_field}
        unit = data.get(pack.unit_field) if addressed else None
        return [TargetedAct(case, opened.first_act, rest, opens=opened.name, unit=unit)]
    rows = procedure_of(case).rows(act)
    if rows and rows[0].advances_when_all is None:
        return [TargetedAct(case, act, data)]
    if case.family != case.id or act not in pack.acts:
        return [TargetedAct(case, act, data)]
    if rows and (several := rows[0].part_list) and data.get(several):
        return [_to_unit(desk, case, act, entry) for entry in getattr(read_form(rows[0].form, data), several)]
    found = [part for part in _parts(desk, case, act, data) if shows_case(part.id)]
    if rows and not _one_may(desk, found, act):
        return [TargetedAct(case, act, data)]
    return [TargetedAct(_only(found, case, act), act, _without_address(found, act, data))]


def for_each_part(desk: RequestContext, case: Case, act: str, data: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The submitted data, once for each part of the inspection on which the actor can do the act.

    Raises NotFound where there is none.
    """
    pack = pack_of(case.regulation)
    found = _parts(desk, case, act, data)
    if not found:
        raise NotFound("no_such_part", case=case.id, act=act)
    return [{**data, **({pack.unit_field: part.unit} if part.unit else {pack.part_field: part.id})} for part in found]


def unit_meant(actor: Actor | None, case: Case, facts: Facts) -> str | None:
    """The unit a case to be opened is about: that of the part it is asked of, or the liaison officer's own.

    An officer whose unit took over the duties of a target means that target.
    """
    own = actor.unit if actor is not None and actor.holds(Role.TARGET_OFFICER) else None
    if case.unit is not None or own is None or own in case.targets:
        return case.unit or own
    became = facts.successions()
    return next((code for code in case.targets if became.same_bearer(code, own)), own)


def _to_unit(desk: RequestContext, case: Case, act: str, entry: Any) -> TargetedAct:
    """The act on the part about one unit, with what is handed in for it."""
    part = _only(_parts(desk, case, act, {pack_of(case.regulation).unit_field: entry.code}), case, act)
    return TargetedAct(part, act, entry.model_dump(exclude={"code"}))


def _one_may(desk: RequestContext, parts: Iterable[Case], act: str) -> bool:
    """Whether the actor has a role on any part; otherwise the refusal reports the roles of the inspection."""
    actor = desk.actor
    return any(actor is None or role_used(actor, row.by) for part in parts for row in procedure_of(part).rows(act))


def _parts(desk: RequestContext, case: Case, act: str, data: Mapping[str, Any]) -> list[Case]:
    """The open parts of the inspection that know the act and fit the address."""
    pack = pack_of(case.regulation)
    known = [name for name, procedure in pack.procedures.items() if procedure.rows(act) and not procedure.root]
    staffed = {name: one.people for name, one in pack.procedures.items() if one.people is not None}
    # The parts that people work on are read along: they say which parts are whose.
    found = cases.parts(desk.session, case.id, list(dict.fromkeys([*known, *staffed])))
    parts = [part for part in found if part.procedure in known and _goes_on(part)]
    if target := data.get(pack.unit_field):
        return _of_unit(desk, case, parts, target)
    if group := data.get(pack.part_field):
        return [part for part in parts if group in (part.id, part.title, part.id.rpartition("-")[2])]
    actor = desk.actor
    if actor is not None and actor.unit is not None and actor.holds(Role.TARGET_OFFICER):
        return _of_unit(desk, case, parts, actor.unit)
    if actor is not None and (actor.holds(Role.GROUP_LEADER) or actor.holds(Role.GROUP_MEMBER)):
        theirs = {
            part.id for part in found if part.procedure in staffed and actor.plain_name in staffed[part.procedure](part)
        }
        return [part for part in parts if part.id in theirs or part.parent in theirs]
    return parts


def _of_unit(desk: RequestContext, case: Case, parts: Iterable[Case], unit: str) -> list[Case]:
    """The parts about this unit; where there are none, those about a unit whose duties it shares."""
    there = list(parts)
    became = desk.facts(case).successions()
    return [part for part in there if part.unit == unit] or [
        part for part in there if became.same_bearer(part.unit, unit)
    ]


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
    pack = pack_of(found[0].regulation) if found else None
    address = (pack.unit_field, pack.part_field) if pack else ()
    fields = procedure_of(found[0]).rows(act)[0].form.model_fields if found else {}
    return {key: value for key, value in data.items() if key in fields or key not in address}
