"""Opening an inspection: its number, the rules it is opened under, and what else touches its targets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import regulations
from access.policy import Read
from access.visible_cases import open_reader
from casework.acts.act_models import Overlap
from casework.acts.act_transaction import ActTransaction
from casework.acts.request_context import RequestContext
from states.engine.case import Case
from states.engine.forms.reading import read_form
from states.inspection.forms.application import Open
from states.inspection.kinds import Kind
from storage.cases import case_numbers, cases


def open_inspection(acting: ActTransaction, data: Mapping[str, Any]) -> Case:
    """Open an inspection by its application. Raises FormRefused, ActRefused, regulations.NotInForce."""
    form = read_form(Open, data)
    return acting.open(_blank(acting.desk, form), form).after


def overlaps(desk: RequestContext, case: Case) -> tuple[Overlap, ...]:
    """Other open inspections of the same targets, of those the account may see (Decree 733 art. 15)."""
    reader = open_reader(desk.session, desk.acting())
    found = cases.overlapping(desk.session, case.jurisdiction, case.targets, case.id)
    return tuple(
        Overlap(
            case=other.id,
            title=other.title,
            state=other.state,
            targets=tuple(sorted(set(other.targets) & set(case.targets))),
        )
        for other in found
        if other.id != case.parent and reader.sees_whole(Read.CASE_LIST, other)
    )


def _blank(desk: RequestContext, form: Open) -> Case:
    jurisdiction = desk.jurisdiction()
    regulation = regulations.in_force(jurisdiction.regulation, on=desk.on)
    kind = regulation.kind(form.kind)
    scope = f"{jurisdiction.case_prefix}-{form.year}-{kind.letter}"
    # Case ids are unique in the database, and two jurisdictions may have one prefix.
    number = case_numbers.next_case_number(desk.session, case_numbers.EVERY_JURISDICTION, scope)
    return Case(
        id=f"{scope}{number:02d}",
        procedure=kind.procedure,
        jurisdiction=jurisdiction.code,
        region=jurisdiction.region,
        regulation=regulation.key,
        title=form.title,
        year=form.year,
        opened_on=desk.on,
        acted_on=desk.on,
        opened_by=desk.acting().name,
        kind=form.kind,
        targets=form.targets,
        parent=form.parent if form.kind == Kind.LOOK_BACK else None,
    )
