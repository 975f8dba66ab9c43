"""Presence of the members: nobody stays away without a reason, or is where they were not (Tongliang art. 17)."""

from __future__ import annotations

from collections.abc import Iterator

from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form
from states.inspection.forms.conduct import RecordAbsence, VisitOnSite
from states.inspection.groups import people_of
from states.inspection.guards.conduct import acts_for_their_own_group
from states.inspection.guards.planning import members
from states.inspection.presence import is_absent, visits_of


@on_form
def nobody_absent_visits(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody takes part in a visit, or records one, for a day on which they were absent."""
    group, named = context.parent(case), context.filled(VisitOnSite).present
    recorder = (context.actor.plain_name,) if context.actor is not None else ()
    for name in dict.fromkeys((*named, *recorder)):
        if is_absent(group, name, context.on):
            yield refusal("absent_that_day", Role.GROUP_LEADER, name=name, on=context.on)


def group_is_theirs_or_the_office(case: Case, context: Context) -> Iterator[Refusal]:
    """The leader records absences of their group, the joint office those of any."""
    if context.actor is None or not context.actor.holds(Role.COORDINATOR):
        yield from acts_for_their_own_group(case, context)


@on_form
def absence_is_lawful(case: Case, context: Context) -> Iterator[Refusal]:
    """An absence runs forward, is not recorded by the absent person, and not of a day on which they took part."""
    form = context.filled(RecordAbsence)
    begins = form.begins or context.on
    ends = form.ends or begins
    if ends < begins:
        yield refusal("absence_backward", Role.GROUP_LEADER, begins=begins, ends=ends)
    if context.actor is not None and context.actor.plain_name == form.member:
        yield refusal("own_absence", Role.COORDINATOR, name=form.member)
    for made in visits_of(context.facts.children(case.id, "visit")):
        if begins <= made.on <= ends and form.member in made.visitors:
            yield refusal("present_that_day", Role.GROUP_LEADER, name=form.member, on=made.on)


def every_member_was_seen(case: Case, context: Context) -> Iterator[Refusal]:
    """A member who was on no visit of the group is absent until excused for every day on which it visited."""
    yield from _never_seen(case, context)


def _never_seen(case: Case, context: Context) -> Iterator[Refusal]:
    since = case.dated("order")
    made = visits_of(context.facts.children(case.id, "visit"))
    seen = {name for one in made for name in one.visitors}
    days = sorted({one.on for one in made if since is None or one.on >= since})
    for name in sorted(people_of(case) - seen):
        missed = tuple(str(day) for day in days if not is_absent(case, name, day))
        if missed:
            yield refusal("member_never_seen", Role.GROUP_LEADER, Role.COORDINATOR, name=name, days=missed)


def raised_by_a_member(case: Case, context: Context) -> Iterator[Refusal]:
    """Matters and leads of an inspection are reported by its groups, or by the joint office where it may."""
    if context.actor is None or context.actor.holds(Role.COORDINATOR):
        return
    inspection = context.inspection(case)
    groups = context.facts.children(inspection.id, "group")
    people = {*members(inspection), *(name for group in groups for name in people_of(group))}
    if context.actor.plain_name not in people:
        yield refusal("not_of_the_inspection", Role.GROUP_LEADER, name=context.actor.name, case=inspection.id)
