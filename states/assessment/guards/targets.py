"""Targets and self-assessments (Yangjiang part 5, items 1 and 2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from states.assessment import cycle, dossier
from states.assessment.forms.targets import Consult, FileTargets, Opinion, ReturnTargets, SelfAssess
from states.assessment.guards.scheme import exceed_the_scheme, names_the_criteria
from states.engine import dates
from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form

GOALS, MEASURES = "goals", "measures"


@on_form
def aims_are_of_the_annex(case: Case, context: Context) -> Iterator[Refusal]:
    """Goals are set under criteria of the goals, measures under those of the measures, each once."""
    form, regulation = context.filled(FileTargets), context.regulation
    halves = {one.ref: one.section for one in regulation.criterion_groups}
    section = {one.ref: halves[one.group] for one in regulation.criteria}
    titles: dict[str, str] = {half.code: half.title for half in regulation.score_sections}
    for half, aims in ((GOALS, form.goals), (MEASURES, form.measures)):
        for number, aim in enumerate(aims, start=1):
            if section.get(aim.criterion) != half:
                said = titles[half]
                yield refusal("aim_elsewhere", Role.TARGET_OFFICER, number=number, criterion=aim.criterion, half=said)
        twice = [criterion for criterion, times in Counter(one.criterion for one in aims).items() if times > 1]
        yield from (refusal("aim_twice", Role.TARGET_OFFICER, criterion=one, half=titles[half]) for one in twice)


@on_form
def every_member_was_asked(case: Case, context: Context) -> Iterator[Refusal]:
    """Every member department said something, or is on record as silent."""
    asked = Counter(one.member for one in context.filled(Consult).opinions)
    members = dossier.members(context.inspection(case))
    if missing := tuple(name for name in members if not asked[name]):
        yield refusal("members_not_asked", Role.COORDINATOR, members=missing)
    for name, times in asked.items():
        if name not in members:
            yield refusal("not_a_member", Role.COORDINATOR, name=name, members=members)
        elif times > 1:
            yield refusal("member_twice", Role.COORDINATOR, name=name)


@on_form
def opinions_are_dated(case: Case, context: Context) -> Iterator[Refusal]:
    """An opinion has the day of the reply, silence the day on which it was established, and both lie in the past."""
    handed_in = case.dated("targets")
    for number, one in enumerate(context.filled(Consult).opinions, start=1):
        if (one.replied_on is None) == (one.silent_on is None) or (one.replied_on is not None) != bool(one.opinion):
            yield refusal("opinion_or_silence", Role.COORDINATOR, number=number, name=one.member)
        elif not _in_order(one, context) or (handed_in is not None and one.asked_on < handed_in):
            yield refusal(
                "opinion_days", Role.COORDINATOR, number=number, name=one.member, targets=handed_in, on=context.on
            )


def _in_order(one: Opinion, context: Context) -> bool:
    ended = one.replied_on or one.silent_on
    return ended is not None and one.asked_on <= ended <= context.on


@on_form
def new_day_lies_ahead(case: Case, context: Context) -> Iterator[Refusal]:
    """The day by which the targets are handed in anew lies ahead."""
    yield from dates.lies_ahead(context.filled(ReturnTargets).due_on, Role.COORDINATOR, context)


def scheme_is_published(case: Case, context: Context) -> Iterator[Refusal]:
    """Without a published scheme nothing is assessed."""
    year = context.inspection(case)
    if not year.has("publication"):
        yield refusal("scheme_not_published", Role.COORDINATOR, case=year.id)


def year_has_begun(case: Case, context: Context) -> Iterator[Refusal]:
    """A year is assessed by what was done in it."""
    first = cycle.begins(case.year)
    if context.on < first:
        yield refusal("year_not_begun", earliest=first, begins=first)


@on_form
def claims_follow_the_scheme(case: Case, context: Context) -> Iterator[Refusal]:
    """A claim under every criterion, none above its points."""
    claims = context.filled(SelfAssess).claims
    yield from names_the_criteria(claims, context.regulation, Role.TARGET_OFFICER)
    yield from exceed_the_scheme(claims, context.inspection(case), Role.TARGET_OFFICER)


def self_assessment_day_is_past(case: Case, context: Context) -> Iterator[Refusal]:
    """A county is assessed without its self-assessment only when the day for it has passed."""
    found = context.pack.set_day(case, "self_assessment")
    if found is not None and context.on <= found.day:
        yield refusal("self_assessment_not_due", Role.COORDINATOR, day=found.day, unit=context.named(case.unit))
