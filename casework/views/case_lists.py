"""Cases listed by what is asked for, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from access.policy import Read
from access.reader import Reader
from access.visible_cases import as_shown, visible_cases
from casework.acts.names_in_data import unit_code
from casework.views.case_models import CaseRow
from casework.views.case_views import case_view
from states.packs import root_procedures
from storage.cases import cases
from storage.engine import Session
from storage.people import jurisdictions, successions


def list_cases(
    session: Session,
    reader: Reader,
    *,
    jurisdiction: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    procedure: Sequence[str] | None = None,
    state: Sequence[str] | None = None,
    unit: str | None = None,
    open: bool | None = None,
    limit: int = 200,
) -> list[CaseRow]:
    """Inspections and look-backs, or the cases of one procedure, of one jurisdiction or of all in the database.

    ``unit`` is inspected, or what the case is about, by its code or name; those whose duties it took over count with
    it. Raises regulations.UnknownJurisdiction, NotFound.
    """
    if jurisdiction is not None:
        jurisdiction = jurisdictions.load(session, jurisdiction).code
    unit = None if unit is None else unit_code(session, unit, reader.jurisdiction or jurisdiction)
    reader.note(Read.CASE_LIST, jurisdiction=jurisdiction, unit=unit)
    home = jurisdiction or reader.jurisdiction
    asked = successions.load(session, home).answers_for(unit) if unit and home else unit
    roots = root_procedures()
    inspected = procedure is None or set(procedure) <= set(roots)
    found = cases.find(
        session,
        jurisdiction=jurisdiction,
        year=year,
        kind=kind,
        procedure=procedure or roots,
        state=state,
        open=open,
        newest_first=True,
        limit=limit,
        target=asked if inspected else None,
        unit=None if inspected else asked,
        where=visible_cases(reader, Read.CASE_LIST, about=unit),
    )
    names = successions.names(session, {case.jurisdiction for case in found})
    return [case_view(as_shown(reader, Read.CASE_LIST, case), names[case.jurisdiction]) for case in found]
