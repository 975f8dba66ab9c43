"""When an assessment year may be opened, and for whom (Yangjiang part 2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from states.assessment import cycle
from states.assessment.forms.scheme import OpenYear
from states.engine.case import Case, Role
from states.engine.consulted_cases import compares_days
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.roster_checks import not_on_the_roster
from states.engine.table import on_form

COUNTY: Final = "county"
"""The category of the units that are assessed."""
CANCELLED: Final = "cancelled"


@on_form
def year_is_ahead(case: Case, context: Context) -> Iterator[Refusal]:
    """A year is opened before it begins, and not more than a year before."""
    year = context.filled(OpenYear).year
    first = cycle.begins(year)
    if context.on > first:
        yield refusal("year_has_begun", Role.COORDINATOR, begins=first, on=context.on, next=year + 1)
    elif context.on < (earliest := cycle.begins(year - 1)):
        yield refusal("year_too_far_ahead", Role.COORDINATOR, earliest=earliest, begins=first)


@compares_days
@on_form
def year_is_not_open(case: Case, context: Context) -> Iterator[Refusal]:
    """There is one assessment for each year; a cancelled one leaves room for another."""
    standing = {*context.pack.procedure_of(case).states} - {CANCELLED}
    for other in context.facts.inspections(standing):
        if other.procedure == case.procedure and other.year == case.year and other.id != case.id:
            yield refusal("year_is_assessed", Role.COORDINATOR, case=other.id, year=case.year)


@on_form
def counties_are_on_the_roster(case: Case, context: Context) -> Iterator[Refusal]:
    """Every unit assessed is a county of the roster that has not ended."""
    labels = {one.label for one in context.regulation.target_categories if one.code == COUNTY}
    if not case.targets:
        yield refusal("no_counties", Role.COORDINATOR, category=tuple(sorted(labels)))
    for number, code in enumerate(case.targets, start=1):
        yield from not_on_the_roster(code, Role.COORDINATOR, context)
        unit = context.facts.unit(code)
        if unit is not None and unit.category not in labels:
            yield refusal("no_county", Role.COORDINATOR, unit=context.named(code), number=number, found=unit.category)
