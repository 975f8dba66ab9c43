"""Rule keys of acts that rest on different clauses depending on the case."""

from __future__ import annotations

from states.assessment import dossier
from states.assessment.forms.results import OrderOutcome
from states.engine.case import Case
from states.engine.context import Context


def rule_of_outcome(case: Case, context: Context) -> str | None:
    """The clause depends on the measure."""
    order = context.form if isinstance(context.form, OrderOutcome) else dossier.outcome(case)
    return f"result_measure.{order.measure}" if order else None
