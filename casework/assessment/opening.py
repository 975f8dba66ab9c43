"""Opening an assessment year: its number, its regulation, and the counties it assesses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.acts.act_transaction import ActTransaction
from casework.acts.request_context import RequestContext
from casework.acts.root_case import Application, blank_root, regulation_for
from regulations import Regulation
from states.assessment.forms.scheme import OpenYear
from states.assessment.guards.opening import COUNTY
from states.assessment.pack import ASSESSMENT
from states.assessment.procedures.assessment_year import ASSESSMENT_YEAR
from states.engine.case import Case
from states.engine.forms.reading import read_form
from storage.people import successions


def open_year(transaction: ActTransaction, procedure: str, data: Mapping[str, Any]) -> Case:
    """Open an assessment year of the counties named, or of every county of the roster.

    Raises FormRefused, ActRefused, NotFound, regulations.NotInForce.
    """
    request, form = transaction.desk, read_form(OpenYear, data)
    jurisdiction, regulation = regulation_for(request, ASSESSMENT)
    counties = form.counties or _every_county(request, jurisdiction.code, regulation)
    application = Application(
        procedure=procedure, letter=ASSESSMENT_YEAR.letter, year=form.year, title=form.title, targets=counties
    )
    blank = blank_root(request, jurisdiction, regulation, application)
    return transaction.open(blank, form.model_copy(update={"counties": counties})).after


def _every_county(request: RequestContext, jurisdiction: str, regulation: Regulation) -> tuple[str, ...]:
    """The counties of the roster that have not ended."""
    labels = {one.label for one in regulation.target_categories if one.code == COUNTY}
    standing = successions.standing(request.session, jurisdiction)
    return tuple(unit.code for unit in standing if unit.category in labels)
