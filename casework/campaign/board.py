"""The board of a campaign: units by groups of tasks, the tasks, and what the text leaves unset."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from access.policy import Read
from access.reader import Reader
from casework.campaign.campaign_models import CampaignBoard, GroupView, TaskView, UnitRow, UnsetView, WindowView
from casework.campaign.opening import CAMPAIGN
from casework.campaign.standing_of_parts import CampaignParts
from casework.clock import Clock, today
from casework.errors import NotFound
from casework.readers import visible_case
from regulations import office_name
from regulations.duties import OFFICE, Obligation
from states.campaign import dossier
from states.campaign.cycle import cycle
from states.campaign.lights import Sign, worst
from states.campaign.offices import bearers
from states.engine.case import Case, Role
from states.packs import pack_of
from storage.calendar import holiday_notices
from storage.cases.family_facts import FamilyFacts
from storage.engine import Session
from storage.people import jurisdictions, successions

Cells = dict[tuple[str | None, str], list[Sign]]
"""The signs of each unit (None: the office) in each group of tasks."""


def campaign_board(session: Session, clock: Clock, reader: Reader, case_id: str) -> CampaignBoard:
    """The board of a campaign; a unit sees its own row alone. Raises NotFound."""
    parts = campaign_parts(session, clock, reader, case_id)
    campaign, regulation = parts.campaign, parts.regulation
    names = successions.names(session, [campaign.jurisdiction])[campaign.jurisdiction]
    home = jurisdictions.load(session, campaign.jurisdiction)
    office = office_name(Role.COORDINATOR, home)
    refs = list(dict.fromkeys(task.group for task in regulation.tasks))
    unset = list(_unset(session, parts, names, office))
    cells = _cells(session, parts)
    tasks = tuple(_tasks(parts, names))
    return CampaignBoard(
        case=campaign.id,
        title=campaign.title,
        as_of=parts.today,
        windows=tuple(
            WindowView(title=one.title, begins=one.begins, ends=one.ends, open=one.is_open(parts.today))
            for one in cycle(campaign, regulation).windows
        ),
        groups=tuple(_group(parts, ref, cells, reader.units) for ref in refs),
        rows=tuple(_rows(parts, refs, cells, names, office, reader)),
        tasks=tasks,
        unset=tuple(unset),
        counts=dict(Counter(task.light for task in tasks)),
    )


def campaign_parts(session: Session, clock: Clock, reader: Reader, case_id: str) -> CampaignParts:
    """A campaign with its parts as the reader may see them. Raises NotFound."""
    seen = visible_case(session, reader, Read.CASE, case_id)
    if seen.case.procedure != CAMPAIGN:
        raise NotFound("no_campaign", case=case_id)
    return CampaignParts(
        campaign=seen.case,
        regulation=pack_of(seen.case.regulation).regulation,
        facts=FamilyFacts(session, seen.case),
        calendar=holiday_notices.calendar(session, seen.case.region),
        today=today(clock),
        shown=None if seen.served is None else frozenset(seen.served),
    )


def _cells(session: Session, parts: CampaignParts) -> Cells:
    found: Cells = defaultdict(list)
    groups = {task.key: task.group for task in parts.regulation.tasks}
    for duty in parts.of("unit_duty"):
        order, sign = dossier.order(duty), parts.sign_of_duty(duty)
        if order is not None and sign is not None:
            for code in duty.targets:
                found[code, groups[order.task]].append(sign)
    for occurrence in parts.of("occurrence"):
        obligation, sign = dossier.obligation_of(occurrence, parts.regulation), parts.sign_of(occurrence)
        if obligation is not None and obligation.task and sign is not None:
            found[occurrence.unit, groups[obligation.task]].append(sign)
    for obligation in _still_unset(parts):
        for bearer in _bearers(session, parts, obligation):
            if obligation.task:
                found[bearer, groups[obligation.task]].append(Sign.UNSET)
    return found


def _bearers(session: Session, parts: CampaignParts, obligation: Obligation) -> list[str | None]:
    roster = successions.standing(session, parts.campaign.jurisdiction)
    return bearers(obligation, roster, parts.campaign.targets, parts.regulation)


def _still_unset(parts: CampaignParts) -> Iterator[Obligation]:
    known = dossier.intervals(parts.campaign)
    yield from (one for one in parts.regulation.obligations if one.rule == "unset" and one.code not in known)


def _rows(
    parts: CampaignParts, refs: list[str], cells: Cells, names: dict[str, str], office: str, reader: Reader
) -> Iterator[UnitRow]:
    evaluations = {one.unit: one for one in parts.of("unit_evaluation")}
    shown: list[str | None] = [None, *parts.campaign.targets]
    if parts.shown is not None:
        shown = [code for code in parts.campaign.targets if code in reader.units]
    for code in shown:
        evaluation = evaluations.get(code)
        yield UnitRow(
            unit=code,
            name=office if code is None else names.get(code, code),
            lights=tuple(_value(worst(cells.get((code, ref), ()))) for ref in refs),
            evaluation=evaluation.state if evaluation else None,
            veto=evaluation is not None and dossier.veto(evaluation) is not None,
        )


def _group(parts: CampaignParts, ref: str, cells: Cells, own: frozenset[str]) -> GroupView:
    clause = parts.regulation.article(ref)
    seen = parts.shown is None
    signs = [sign for (code, group), found in cells.items() if group == ref and (seen or code in own) for sign in found]
    title = clause.text.partition("\n")[0].partition("。")[0] or clause.heading
    return GroupView(ref=ref, citation=parts.regulation.short(ref), title=title, light=_value(worst(signs)))


def _tasks(parts: CampaignParts, names: dict[str, str]) -> Iterator[TaskView]:
    duties = {order.task: duty for duty in parts.of("unit_duty") if (order := dossier.order(duty)) is not None}
    for task in parts.regulation.tasks:
        duty = duties.get(task.key)
        if duty is None and parts.shown is not None:
            continue
        yield TaskView(
            task=task.key,
            citation=parts.regulation.short(task.ref),
            title=task.title,
            group=task.group,
            case=duty.id if duty else None,
            state=duty.state if duty else None,
            lead=names.get(duty.unit or "", duty.unit) if duty else None,
            light=_task_light(parts, duty),
        )


def _task_light(parts: CampaignParts, duty: Case | None) -> str:
    return ((parts.sign_of_duty(duty) if duty else None) or Sign.UNSET).value


def _unset(session: Session, parts: CampaignParts, names: dict[str, str], office: str) -> Iterator[UnsetView]:
    known = dossier.intervals(parts.campaign)
    for one in parts.regulation.obligations:
        if one.rule != "unset" or (parts.shown is not None and one.bearer == OFFICE):
            continue
        kept = known.get(one.code)
        signs = [
            parts.sign_of(case)
            for case in parts.of("occurrence")
            if (planned := dossier.schedule(case)) is not None and planned.obligation == one.code
        ]
        collective = next((found.name for found in parts.regulation.collectives if found.code == one.bearer), None)
        light = worst(sign for sign in signs if sign is not None) if kept else Sign.UNSET
        yield UnsetView(
            obligation=one.code,
            title=one.title,
            citation=parts.regulation.short(one.ref),
            words=one.words,
            bearer=office if one.bearer == OFFICE else collective or names.get(one.bearer, one.bearer),
            light=(light or Sign.UNKNOWN).value,
            every=kept.form.every if kept else None,
            interval=kept.form.interval if kept else None,
            document=kept.form.document if kept else None,
            set_by=kept.by if kept else None,
            set_on=kept.on if kept else None,
        )


def _value(sign: Sign | None) -> str | None:
    return sign.value if sign else None
