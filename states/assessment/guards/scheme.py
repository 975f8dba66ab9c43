"""The scheme of points: complete, adding up, and made known ahead (Yangjiang part 3, annex and its remark)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from regulations import Regulation
from states.assessment import cycle, dossier, scheme
from states.assessment.forms.scheme import GivePoints
from states.assessment.scheme import Pointed
from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form


@on_form
def scheme_names_every_criterion(case: Case, context: Context) -> Iterator[Refusal]:
    """Every criterion of the annex has points, once, and nothing else has."""
    entries = context.filled(GivePoints).points
    yield from names_the_criteria(entries, context.regulation, Role.COORDINATOR)
    for number, entry in enumerate(entries, start=1):
        if not entry.points:
            yield refusal("criterion_without_points", Role.COORDINATOR, number=number, criterion=entry.criterion)


@on_form
def scheme_adds_up(case: Case, context: Context) -> Iterator[Refusal]:
    """The points of each half of the table are what the text says, and 100 together."""
    points = scheme.points_by_criterion(context.filled(GivePoints).points)
    found = scheme.section_totals(points, context.regulation)
    for half in context.regulation.score_sections:
        if found[half.code] != half.points:
            yield refusal(
                "points_do_not_add_up",
                Role.COORDINATOR,
                half=half.title,
                found=scheme.plain(found[half.code]),
                wanted=half.points,
                difference=scheme.plain(abs(found[half.code] - half.points)),
            )


def points_are_given(case: Case, context: Context) -> Iterator[Refusal]:
    """The leading group has given the points that are published."""
    if not dossier.points(case):
        yield refusal("points_not_given", Role.COORDINATOR, case=case.id)


def scheme_is_issued_in_time(case: Case, context: Context) -> Iterator[Refusal]:
    """The scheme is issued by the day on which the year begins."""
    first = cycle.begins(case.year)
    if context.on > first:
        yield refusal("scheme_after_the_start", Role.COORDINATOR, begins=first, on=context.on)


def adjustment_comes_ahead(case: Case, context: Context) -> Iterator[Refusal]:
    """The scheme is adjusted before the year begins; what has begun is assessed by what was known then."""
    first = cycle.begins(case.year)
    if context.on >= first:
        yield refusal("adjusted_after_the_start", Role.COORDINATOR, begins=first, on=context.on, next=case.year + 1)


def names_the_criteria(entries: Iterable[Pointed], regulation: Regulation, *who: Role) -> Iterator[Refusal]:
    """Entries that name a criterion twice or one there is not, and criteria that no entry names."""
    listed = list(entries)
    titles = {one.ref: one.title for one in regulation.criteria}
    for number, entry in enumerate(listed, start=1):
        if entry.criterion not in titles:
            yield refusal("criterion_unknown", *who, number=number, criterion=entry.criterion)
    for criterion in scheme.named_twice(listed):
        rows = tuple(number for number, one in enumerate(listed, start=1) if one.criterion == criterion)
        yield refusal("criterion_twice", *who, criterion=_named(criterion, titles), numbers=rows)
    named = {one.criterion for one in listed}
    if missing := tuple(_named(ref, titles) for ref in titles if ref not in named):
        yield refusal("criteria_missing", *who, criteria=missing)


def exceed_the_scheme(entries: Iterable[Pointed], year: Case, *who: Role) -> Iterator[Refusal]:
    """Entries with more points than the scheme gives the criterion."""
    most = dossier.points(year)
    for number, entry in enumerate(entries, start=1):
        if entry.criterion in most and entry.points > most[entry.criterion]:
            yield refusal(
                "points_above_the_scheme",
                *who,
                number=number,
                criterion=entry.criterion,
                points=scheme.plain(entry.points),
                most=scheme.plain(most[entry.criterion]),
            )


def _named(ref: str, titles: dict[str, str]) -> str:
    return f"{ref} {titles[ref]}" if ref in titles else ref
