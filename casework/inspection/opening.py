"""Opening an inspection: its number, its regulation, and other inspections of its targets."""

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
from storage import case_numbers
from storage.cases import cases
from storage.people import units


def open_inspection(transaction: ActTransaction, data: Mapping[str, Any]) -> Case:
    """Open an inspection from its application. Raises FormRefused, ActRefused, regulations.NotInForce."""
    form = read_form(Open, data)
    return transaction.open(_blank(transaction.desk, form), form).after


def overlaps(request: RequestContext, case: Case) -> tuple[Overlap, ...]:
    """Other open inspections of the same targets that the account may see (Decree 733 art. 15)."""
    reader = open_reader(request.session, request.acting())
    found = cases.overlapping(request.session, case.jurisdiction, case.targets, case.id)
    names = units.names(request.session, [case.jurisdiction])[case.jurisdiction] if found else {}
    return tuple(
        _overlap(case, other, names)
        for other in found
        if other.id != case.parent and reader.sees_whole(Read.CASE_LIST, other)
    )


def _overlap(case: Case, other: Case, names: Mapping[str, str]) -> Overlap:
    both = sorted(set(other.targets) & set(case.targets))
    named = tuple(names.get(code, code) for code in both)
    return Overlap(case=other.id, title=other.title, state=other.state, targets=tuple(both), target_names=named)


def _blank(request: RequestContext, form: Open) -> Case:
    jurisdiction = request.jurisdiction()
    regulation = regulations.in_force(jurisdiction.regulation, on=request.on)
    kind = regulation.kind(form.kind)
    scope = f"{jurisdiction.case_prefix}-{form.year}-{kind.letter}"
    # Case ids are unique in the database, and two jurisdictions may share a prefix.
    number = case_numbers.next_case_number(request.session, case_numbers.EVERY_JURISDICTION, scope)
    return Case(
        id=f"{scope}{number:02d}",
        procedure=kind.procedure,
        jurisdiction=jurisdiction.code,
        region=jurisdiction.region,
        regulation=regulation.key,
        title=form.title,
        year=form.year,
        opened_on=request.on,
        acted_on=request.on,
        opened_by=request.acting().name,
        kind=form.kind,
        targets=form.targets,
        parent=form.parent if form.kind == Kind.LOOK_BACK else None,
    )
