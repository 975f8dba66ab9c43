"""Opening an inspection: its number, the rules it is opened under, and what else touches its targets."""

from __future__ import annotations

from typing import Final

import regulations
from access.policy import Read
from access.visible_cases import open_reader
from casework.acts.act_models import Overlap
from casework.acts.act_transaction import ActTransaction
from casework.acts.request_context import RequestContext
from states.engine.case import Case, Kind
from states.inspection.forms.application import Open
from storage.cases import case_numbers, cases

LETTERS: Final = {Kind.COMPREHENSIVE: "Z", Kind.SPECIAL: "X", Kind.LOOK_BACK: "H"}
"""综合督察 Z, 专项督察 X, 回头看 H: TL-2026-Z01 is the first comprehensive inspection of Tongliang for 2026."""


def open_inspection(acting: ActTransaction, form: Open) -> Case:
    """Open an inspection by its application. Raises ActRefused, regulations.NotInForce."""
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
    scope = f"{jurisdiction.case_prefix}-{form.year}-{LETTERS[form.kind]}"
    number = case_numbers.next_case_number(desk.session, jurisdiction.code, scope)
    return Case(
        id=f"{scope}{number:02d}",
        procedure="look_back" if form.kind is Kind.LOOK_BACK else "inspection",
        jurisdiction=jurisdiction.code,
        region=jurisdiction.region,
        regulation=regulations.in_force(jurisdiction.regulation, on=desk.on).key,
        title=form.title,
        year=form.year,
        opened_on=desk.on,
        acted_on=desk.on,
        opened_by=desk.acting().name,
        kind=form.kind,
        targets=form.targets,
        parent=form.parent if form.kind is Kind.LOOK_BACK else None,
    )
