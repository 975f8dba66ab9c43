"""Opening incidents, hazards and complaints: their number and their regulation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from casework.acts.act_transaction import ActTransaction
from casework.acts.request_context import RequestContext
from casework.acts.root_case import Application, blank_root, regulation_for
from casework.errors import NotFound
from states.engine.case import Case, Role
from states.engine.forms.reading import read_form
from states.packs import pack_of

MATTERS: Final = "matters"
"""The instrument as jurisdictions and regulations name it."""


def open_matter(transaction: ActTransaction, procedure: str, data: Mapping[str, Any]) -> Case:
    """Open a case by the first act of its procedure; its year is that of the day.

    Raises FormRefused, ActRefused, NotFound where the text does not know the procedure, regulations.NotInForce.
    """
    request = transaction.desk
    jurisdiction, regulation = regulation_for(request, MATTERS)
    known = pack_of(regulation.key).procedures
    if procedure not in known:
        raise NotFound("no_such_procedure", jurisdiction=jurisdiction.name, procedure=procedure)
    table = known[procedure]
    form = read_form(table.rows(table.first_act)[0].form, data)
    application = Application(
        procedure=procedure,
        letter=table.letter,
        year=request.on.year,
        title=getattr(form, "title", ""),
        unit=getattr(form, "unit", None) or _own_unit(request),
    )
    return transaction.open(blank_root(request, jurisdiction, regulation, application), form).after


def _own_unit(request: RequestContext) -> str | None:
    """The unit of the liaison officer who reports."""
    actor = request.acting()
    return actor.unit if actor.holds(Role.TARGET_OFFICER) else None
