"""Verifying, scoring and grading (Yangjiang parts 4 and 5, annex 8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from states.assessment import cycle, dossier, scheme
from states.assessment.forms.scoring import ScoreCounty, VerifyOnSite, VetoCounty
from states.assessment.guards.scheme import exceed_the_scheme, names_the_criteria
from states.assessment.guards.team import GROUP
from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form, on_place

REPORTED = ("reported_up", "results_approved", "announced", "closed")
"""The states of a year whose results were handed up and may not change underneath."""


def year_has_ended(case: Case, context: Context) -> Iterator[Refusal]:
    """A county is verified and scored when the year that is assessed is over."""
    last = cycle.ends(case.year)
    if context.on <= last:
        yield refusal("year_not_ended", *GROUP, ends=last)


@on_form
def spot_checks_cover_the_draw(case: Case, context: Context) -> Iterator[Refusal]:
    """Every criterion that was drawn is checked; others may be as well."""
    checked = Counter(one.criterion for one in context.filled(VerifyOnSite).checks)
    draw, titles = dossier.draw(case), {one.ref: one.title for one in context.regulation.criteria}
    missing = tuple(f"{ref} {titles[ref]}" for ref in (draw.drawn if draw else ()) if not checked[ref])
    if missing:
        yield refusal("spot_checks_missing", *GROUP, criteria=missing)
    for criterion, times in checked.items():
        if criterion not in titles or times > 1:
            yield refusal("spot_check_unknown_or_twice", *GROUP, criterion=criterion)


@on_form
def assessors_are_of_the_group(case: Case, context: Context) -> Iterator[Refusal]:
    """Whoever took part in the visit is of the group of this county."""
    group = dossier.team_for(context.inspection(case), case.unit)
    for name in context.filled(VerifyOnSite).present:
        if group is not None and name not in dossier.people(group):
            yield refusal("visitor_not_of_the_team", *GROUP, name=name, group=group.name)


@on_form
def scores_follow_the_scheme(case: Case, context: Context) -> Iterator[Refusal]:
    """A score under every criterion, none above its points."""
    scores = context.filled(ScoreCounty).scores
    yield from names_the_criteria(scores, context.regulation, *GROUP)
    yield from exceed_the_scheme(scores, context.inspection(case), *GROUP)


def total_has_a_grade(case: Case, context: Context) -> Iterator[Refusal]:
    """The sum of the scores lies in the band of a grade; it is never rounded into one."""
    total = dossier.total(case)
    if total is not None and dossier.grade(case, context.regulation) is None:
        yield refusal("total_without_grade", *GROUP, total=scheme.plain(total), bands=_bands(context))


def results_are_not_reported(case: Case, context: Context) -> Iterator[Refusal]:
    """What was reported to the authority changes only when the authority sends it back."""
    year = context.inspection(case)
    if year.state in REPORTED:
        yield refusal("results_are_reported", Role.AUTHORITY, case=year.id, state=year.state)


@on_form
def event_lies_in_the_year(case: Case, context: Context) -> Iterator[Refusal]:
    """The event of a veto happened in the year that is assessed."""
    day = context.filled(VetoCounty).event_on
    first, last = cycle.begins(case.year), cycle.ends(case.year)
    if not first <= day <= last:
        yield refusal("event_outside_the_year", Role.AUTHORITY, day=day, begins=first, ends=last)
    elif day > context.on:
        yield refusal("event_in_the_future", Role.AUTHORITY, day=day, on=context.on)


@on_place
def a_veto_stands(case: Case, context: Context) -> Iterator[Refusal]:
    """There is a veto to be lifted."""
    if dossier.standing_veto(case) is None:
        yield refusal("no_veto", Role.AUTHORITY, case=case.id)


def no_veto_stands(case: Case, context: Context) -> Iterator[Refusal]:
    """One veto is enough."""
    if dossier.standing_veto(case) is not None:
        yield refusal("veto_stands", Role.AUTHORITY, case=case.id)


def lifting_leaves_a_grade(case: Case, context: Context) -> Iterator[Refusal]:
    """A county that is graded has a grade without the veto, too; else it is scored anew first."""
    total = dossier.total(case)
    if case.state == "graded" and total is not None and scheme.grade_of(total, context.regulation) is None:
        yield refusal("total_without_grade", *GROUP, total=scheme.plain(total), bands=_bands(context))


def something_was_handed_in(case: Case, context: Context) -> Iterator[Refusal]:
    """Something is concealed or false in what the county handed in."""
    if not case.has("targets") and not case.has("self_assessment"):
        yield refusal("nothing_handed_in", Role.COORDINATOR, case=case.id, unit=context.named(case.unit))


def _bands(context: Context) -> tuple[str, ...]:
    return tuple(f"{one.code} {one.lowest}–{one.highest}" for one in context.regulation.grades)
