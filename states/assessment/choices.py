"""Which row an act takes, by the grade of a county."""

from __future__ import annotations

from states.assessment import dossier, scheme
from states.engine.case import Case
from states.engine.context import Context


def is_graded_lowest(case: Case, context: Context) -> bool:
    """The county has the lowest grade, and owes a written report."""
    return dossier.grade(case, context.regulation) == scheme.lowest_grade(context.regulation).code


def is_not_graded_lowest(case: Case, context: Context) -> bool:
    """The county has another grade."""
    return not is_graded_lowest(case, context)


def goes_on(case: Case, context: Context) -> bool:
    """The measure lasts: it is ended by an act of its own."""
    order = dossier.outcome(case)
    return order is not None and order.measure in {one.code for one in context.regulation.outcomes if one.lasts}


def ends_with_the_receipt(case: Case, context: Context) -> bool:
    """Nothing more is to be done once it is receipted."""
    return not goes_on(case, context)
