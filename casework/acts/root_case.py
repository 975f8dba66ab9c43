"""A case that belongs to no other case, before its first act: its number and its regulation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regulations
from casework.acts.request_context import RequestContext
from casework.errors import NotFound
from regulations import Jurisdiction, Regulation
from states.engine.case import Case
from storage import case_numbers


@dataclass(frozen=True, slots=True)
class Application:
    """What a root case is opened with.

    ``letter`` numbers it: TL-2026-Z01 is the first comprehensive inspection declared for 2026.
    """

    procedure: str
    letter: str
    year: int
    title: str
    kind: str | None = None
    unit: str | None = None
    targets: Sequence[str] = ()
    parent: str | None = None


def regulation_for(request: RequestContext, instrument: str) -> tuple[Jurisdiction, Regulation]:
    """The actor's jurisdiction, and the version in force there for this kind of work.

    Raises NotFound where the jurisdiction does not do this kind of work, regulations.NotInForce.
    """
    jurisdiction = request.jurisdiction()
    if instrument not in jurisdiction.instruments:
        raise NotFound("no_such_instrument", jurisdiction=jurisdiction.name, instrument=instrument)
    return jurisdiction, regulations.in_force(jurisdiction.instruments[instrument], on=request.on)


def blank_root(
    request: RequestContext, jurisdiction: Jurisdiction, regulation: Regulation, application: Application
) -> Case:
    """The case of an application before its first act; it takes the next number."""
    scope = f"{jurisdiction.case_prefix}-{application.year}-{application.letter}"
    # Case ids are unique in the database, and two jurisdictions may share a prefix.
    number = case_numbers.next_case_number(request.session, case_numbers.EVERY_JURISDICTION, scope)
    return Case(
        id=f"{scope}{number:02d}",
        procedure=application.procedure,
        jurisdiction=jurisdiction.code,
        region=jurisdiction.region,
        regulation=regulation.key,
        title=application.title,
        year=application.year,
        opened_on=request.on,
        acted_on=request.on,
        opened_by=request.acting().name,
        kind=application.kind,
        unit=application.unit,
        targets=tuple(application.targets),
        parent=application.parent,
    )
