"""Opening an inspection: its number, its regulation, and other inspections of its targets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from access.policy import Read
from access.visible_cases import open_reader
from casework.acts.act_models import Overlap
from casework.acts.act_transaction import ActTransaction
from casework.acts.request_context import RequestContext
from casework.acts.root_case import Application, blank_root, regulation_for
from regulations.jurisdictions import INSPECTION
from states.engine.case import Case
from states.engine.forms.reading import read_form
from states.inspection.forms.application import Open
from storage.cases import cases
from storage.people import units

LOOK_BACK: Final = "look_back"
"""The procedure of inspections that have a parent."""


def open_inspection(transaction: ActTransaction, procedure: str, data: Mapping[str, Any]) -> Case:
    """Open an inspection from its application, whose kind says which procedure it follows.

    Raises FormRefused, ActRefused, NotFound, regulations.NotInForce.
    """
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
    jurisdiction, regulation = regulation_for(request, INSPECTION)
    kind = regulation.kind(form.kind)
    application = Application(
        procedure=kind.procedure,
        letter=kind.letter,
        year=form.year,
        title=form.title,
        kind=form.kind,
        targets=form.targets,
        parent=form.parent if kind.procedure == LOOK_BACK else None,
    )
    return blank_root(request, jurisdiction, regulation, application)
