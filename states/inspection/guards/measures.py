"""Guards of talks and recommendations about a unit (Decree 733 art. 12(7), 21)."""

from __future__ import annotations

from collections.abc import Iterator

from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form
from states.inspection.forms.measures import ArrangeTalk, Recommend


@on_form
def named_unit_was_inspected(case: Case, context: Context) -> Iterator[Refusal]:
    """A talk or a recommendation concerns a unit of the inspection it follows from."""
    inspection, form = context.inspection(case), context.form
    assert isinstance(form, ArrangeTalk | Recommend)
    if form.unit not in inspection.targets:
        yield refusal("unit_not_a_target", Role.COORDINATOR, unit=context.named(form.unit), case=inspection.id)
