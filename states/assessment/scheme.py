"""Points under a scheme: exact sums, and the grade that a sum has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final, Protocol

from regulations import Grade, Regulation

NOTHING: Final = Decimal(0)


class Pointed(Protocol):
    """An entry with the points of one criterion."""

    @property
    def criterion(self) -> str:
        """The criterion by its clause."""

    @property
    def points(self) -> Decimal:
        """Its points."""


def points_by_criterion(entries: Iterable[Pointed]) -> dict[str, Decimal]:
    """The points by criterion."""
    return {one.criterion: one.points for one in entries}


def named_twice(entries: Iterable[Pointed]) -> list[str]:
    """The criteria that several entries name."""
    return [criterion for criterion, times in Counter(one.criterion for one in entries).items() if times > 1]


def total(points: Mapping[str, Decimal]) -> Decimal:
    """All points together."""
    return sum(points.values(), NOTHING)


def section_totals(points: Mapping[str, Decimal], regulation: Regulation) -> dict[str, Decimal]:
    """The points of each half of the table: goals and measures."""
    halves = {one.ref: one.section for one in regulation.criterion_groups}
    section_of = {one.ref: halves[one.group] for one in regulation.criteria}
    return {
        half.code: sum((given for ref, given in points.items() if section_of.get(ref) == half.code), NOTHING)
        for half in regulation.score_sections
    }


def group_totals(points: Mapping[str, Decimal], regulation: Regulation) -> dict[str, Decimal]:
    """The points of each group of criteria."""
    group_of = {one.ref: one.group for one in regulation.criteria}
    return {
        group.ref: sum((given for ref, given in points.items() if group_of.get(ref) == group.ref), NOTHING)
        for group in regulation.criterion_groups
    }


def grade_of(points: Decimal, regulation: Regulation) -> str | None:
    """The grade whose band holds these whole points; None for others, as for 89.5: nothing is rounded."""
    if points != points.to_integral_value():
        return None
    return next((one.code for one in regulation.grades if one.lowest <= points <= one.highest), None)


def lowest_grade(regulation: Regulation) -> Grade:
    """The grade of the lowest band."""
    return min(regulation.grades, key=lambda one: one.lowest)


def plain(points: Decimal) -> str:
    """Points as they are written: 89.5, and 40 for 40.00."""
    return f"{points.normalize():f}"
