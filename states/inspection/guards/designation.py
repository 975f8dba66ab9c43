"""Guards of an inspection that the government designates a department to carry out (Decree 733 art. 7)."""

from __future__ import annotations

from collections.abc import Iterator

from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.roster_checks import not_on_the_roster
from states.engine.table import on_form
from states.inspection import dossier
from states.inspection.forms.application import Open
from states.inspection.forms.planning import Plan


@on_form
def designated_department_is_known(case: Case, context: Context) -> Iterator[Refusal]:
    """The designated department is on the roster and is not a target of its own inspection."""
    application = context.filled(Open)
    if application.designation is None:
        return
    department = application.designation.department
    yield from not_on_the_roster(department, Role.COORDINATOR, context)
    if department in application.targets:
        yield refusal("department_is_a_target", Role.COORDINATOR, unit=context.named(department))


@on_form
def plan_keeps_to_the_designation(case: Case, context: Context) -> Iterator[Refusal]:
    """A designated department supervises within the period it was designated for."""
    application, period = dossier.application(case), context.filled(Plan).period
    designation = application.designation if application else None
    if designation is None or period is None:
        return
    begins, ends = designation.period.begins, designation.period.ends
    if period.begins < begins or period.ends > ends:
        document = designation.document
        yield refusal("outside_designation", Role.COORDINATOR, begins=begins, ends=ends, document=document)
