"""Carrying out, feeding back, reporting and publishing (Tongliang art. 11, 13(4), 13(5), 16, 17, 21, 22)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.dates import lies_ahead
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form, on_place
from states.inspection import dossier
from states.inspection.forms.conduct import RecordAbsence, RequestSelfInspection, VisitOnSite


def acts_for_their_own_group(case: Case, context: Context) -> Iterator[Refusal]:
    """A leader acts for the group they lead, a member for the group they belong to."""
    actor = context.actor
    if actor is None:
        return
    order = dossier.assignment(case)
    if order is None or order.leader is None:
        return
    people = {order.leader.name, *(person.name for person in order.members)}
    allowed = {order.leader.name} if actor.holds(Role.GROUP_LEADER) else people
    if actor.plain_name not in allowed:
        yield refusal("other_group", Role.GROUP_LEADER, name=actor.name, group=order.name, leader=order.leader.name)


def visit_is_of_their_group(case: Case, context: Context) -> Iterator[Refusal]:
    """The same for the visit to one target, which belongs to a group."""
    if context.actor is not None and not context.actor.holds(Role.TARGET_OFFICER):
        yield from acts_for_their_own_group(context.parent(case), context)


def every_group_is_prepared(case: Case, context: Context) -> Iterator[Refusal]:
    """The inspection is prepared when every group is."""
    yield from _behind(case, context, {"formed"})


def every_target_was_fed_back(case: Case, context: Context) -> Iterator[Refusal]:
    """Every target has received its feedback."""
    informed = {
        visit.unit
        for group in context.facts.children(case.id, "group")
        for visit in context.facts.children(group.id, "visit")
        if visit.state == "fed_back"
    }
    behind = tuple(context.named(code) for code in case.targets if code not in informed)
    if behind:
        yield refusal("targets_behind", Role.GROUP_LEADER, units=behind)


def every_group_has_reported(case: Case, context: Context) -> Iterator[Refusal]:
    """Every group hands its written report to the joint office."""
    yield from _behind(case, context, {"formed", "prepared"})


def _behind(case: Case, context: Context, states: set[str]) -> Iterator[Refusal]:
    groups = [group for group in context.facts.children(case.id, "group") if group.state in states]
    if groups:
        named = tuple(f"{group.title}（{group.id}）" for group in groups)
        yield refusal("groups_behind", Role.GROUP_LEADER, groups=named)


def group_has_fed_back(case: Case, context: Context) -> Iterator[Refusal]:
    """A group reports after the feedback to all its targets."""
    behind = tuple(
        context.named(visit.unit)
        for visit in context.facts.children(case.id, "visit")
        if visit.state not in ("fed_back", "withdrawn")
    )
    if behind:
        yield refusal("targets_behind", Role.GROUP_LEADER, units=behind)


def inspection_is_trained(case: Case, context: Context) -> Iterator[Refusal]:
    """Training precedes the work of the group."""
    yield from _inspection_is("trained", Role.COORDINATOR, case, context)


def inspection_is_under_way(case: Case, context: Context) -> Iterator[Refusal]:
    """Visits are made only between the start and the feedback."""
    yield from _inspection_is("under_way", Role.COORDINATOR, case, context)


def inspection_is_fed_back(case: Case, context: Context) -> Iterator[Refusal]:
    """Reports follow after the feedback to all targets of the inspection."""
    yield from _inspection_is("fed_back", Role.GROUP_LEADER, case, context)


def _inspection_is(state: str, who: Role, case: Case, context: Context) -> Iterator[Refusal]:
    """The inspection is in this state; the act is not dated before the inspection reached it (rule 10)."""
    inspection = context.inspection(case)
    if inspection.state != state:
        yield refusal("inspection_elsewhere", who, case=inspection.id, state=inspection.state)


def period_has_begun(case: Case, context: Context) -> Iterator[Refusal]:
    """The visits keep to the period of the plan."""
    plan = dossier.plan(case)
    if plan is None or plan.period is None:
        return
    if context.on < plan.period.begins:
        yield refusal("period_not_begun", Role.COORDINATOR, earliest=plan.period.begins, on=context.on)
    if context.on > plan.period.ends:
        yield refusal("period_over", Role.COORDINATOR, ends=plan.period.ends, on=context.on)


@on_form
def ways_are_lawful(case: Case, context: Context) -> Iterator[Refusal]:
    """The eight ways of an on-site visit."""
    lawful = [item.code for item in context.regulation.ways]
    for way in context.filled(VisitOnSite).ways:
        if way not in lawful:
            yield refusal("way_unknown", Role.GROUP_LEADER, way=way, lawful=tuple(lawful))


@on_form
def visitors_are_of_the_group(case: Case, context: Context) -> Iterator[Refusal]:
    """Only people of the group take part."""
    order = dossier.assignment(context.parent(case))
    people = {person.name for person in (order.leader, *order.members) if person} if order else set()
    for name in context.filled(VisitOnSite).present:
        if name not in people:
            yield refusal("not_in_group", Role.GROUP_LEADER, name=name)


@on_form
def absentee_is_of_the_group(case: Case, context: Context) -> Iterator[Refusal]:
    """The absent person is a member of this group."""
    order = dossier.assignment(case)
    people = {person.name for person in (order.leader, *order.members) if person} if order else set()
    name = context.filled(RecordAbsence).member
    if name not in people:
        yield refusal("not_in_group", Role.GROUP_LEADER, name=name)


@on_form
def self_inspection_has_time(case: Case, context: Context) -> Iterator[Refusal]:
    """The day by which the unit reports lies ahead."""
    yield from lies_ahead(context.filled(RequestSelfInspection).due_on, Role.GROUP_LEADER, context)


def self_inspection_is_overdue(case: Case, context: Context) -> Iterator[Refusal]:
    """A report is on record as missing once it was asked for, its day has passed, and it is not in."""
    due, unit = dossier.self_inspection_due(case), context.named(case.unit)
    if case.has("self_inspection"):
        yield refusal("self_inspection_is_in", Role.GROUP_LEADER, unit=unit)
    elif due is None:
        yield refusal("self_inspection_not_asked_for", Role.GROUP_LEADER, unit=unit)
    elif due >= context.on:
        yield refusal("self_inspection_not_overdue", Role.GROUP_LEADER, earliest=due + timedelta(1), unit=unit, due=due)
    elif dossier.is_recorded_as_missing(case):
        yield refusal("recorded_as_missing", Role.GROUP_LEADER, unit=unit)


CARRIED_OUT_IN = {"on_site": "visits", "third_party": "evaluations"}
"""The entries in the dossier of a visit that show that a method was used."""


def planned_methods_were_carried_out(case: Case, context: Context) -> Iterator[Refusal]:
    """Each method the plan names for this target has been used before its feedback.

    A self-inspection report that was asked for and is overdue does not hold the visit up once it is on record that it
    is missing, whether or not the matter is referred (art. 16).
    """
    order, unit = dossier.assignment(case), context.named(case.unit)
    for method in order.methods if order else ():
        article = context.regulation.method(method).article
        if method == "written" and not case.has("self_inspection"):
            due = dossier.self_inspection_due(case)
            if due is None or due >= context.on:
                yield refusal("method_not_used", Role.TARGET_OFFICER, method=method, unit=unit, article=article)
            elif not dossier.is_recorded_as_missing(case):
                yield refusal("missing_unrecorded", Role.GROUP_LEADER, unit=unit, due=due)
        elif method in CARRIED_OUT_IN and not case.has(CARRIED_OUT_IN[method]):
            yield refusal("method_not_used", Role.GROUP_LEADER, method=method, unit=unit, article=article)


def suspension_follows_what_was_done(case: Case, context: Context) -> Iterator[Refusal]:
    """A suspension is not dated before acts already done on the inspection or its parts (house rule)."""
    last = context.facts.last_day(case.family)
    if context.on < last:
        yield refusal(
            "suspended_before_what_was_done",
            Role.AUTHORITY,
            earliest=last,
            on=context.on,
            case=case.id,
            last=last,
        )


@on_place
def case_is_suspended(case: Case, context: Context) -> Iterator[Refusal]:
    """Only a suspended inspection is resumed."""
    if not case.suspended:
        yield refusal("not_suspended", Role.AUTHORITY, case=case.id)
