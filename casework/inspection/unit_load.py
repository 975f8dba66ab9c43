"""The load on each unit in a year: inspections, visits and requests for material."""

from __future__ import annotations

from collections import defaultdict

from pydantic import Field

from access.policy import Read
from access.reader import Reader
from access.visible_cases import visible_cases
from messages.answers import Answer
from states.engine.case import Case
from storage.cases import cases
from storage.engine import Session
from storage.people import successions


class UnitLoad(Answer):
    """What an inspected unit has to bear in a year."""

    inspections: int = Field(0, description="inspections of the unit that took place or stand")
    visits: int = Field(0, description="visits made on site")
    material_requests: int = Field(0, description="requests for material")


def unit_loads(session: Session, reader: Reader, jurisdiction: str, year: int) -> dict[str, UnitLoad]:
    """The load by unit, with that of units whose duties it took over; units with none are left out."""
    reader.note(Read.LOAD, jurisdiction=jurisdiction)
    seen = visible_cases(reader, Read.LOAD)
    became = successions.load(session, jurisdiction)
    counted: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    inspections = ("inspection", "look_back")
    for case in cases.find(session, jurisdiction=jurisdiction, year=year, procedure=inspections, where=seen):
        if case.state not in ("rejected", "cancelled"):
            for code in {became.bearer(code) for code in case.targets}:
                counted[code]["inspections"] += 1
    for visit in cases.find(session, jurisdiction=jurisdiction, year=year, procedure="visit", where=seen):
        if visit.unit is not None:
            _count_visit(counted[became.bearer(visit.unit)], visit)
    return {code: UnitLoad(**load) for code, load in counted.items()}


def _count_visit(load: dict[str, int], visit: Case) -> None:
    load["visits"] += len(visit.authors("visits"))
    load["material_requests"] += 1 if visit.has("self_inspection_request") else 0
