"""The load on each unit in a year: inspections, visits and requests for material."""

from __future__ import annotations

from collections import defaultdict

from states.engine.case import Case
from storage.cases import cases
from storage.engine import Session


def unit_loads(session: Session, jurisdiction: str, year: int) -> dict[str, dict[str, int]]:
    """By unit: ``inspections`` that took place or stand, ``visits`` made on site, ``material_requests`` sent."""
    counted: dict[str, dict[str, int]] = defaultdict(lambda: {"inspections": 0, "visits": 0, "material_requests": 0})
    for case in cases.find(session, jurisdiction=jurisdiction, year=year, procedure=("inspection", "look_back")):
        if case.state not in ("rejected", "cancelled"):
            for code in case.targets:
                counted[code]["inspections"] += 1
    for visit in cases.find(session, jurisdiction=jurisdiction, year=year, procedure="visit"):
        if visit.unit is not None:
            _count_visit(counted[visit.unit], visit)
    return dict(counted)


def _count_visit(load: dict[str, int], visit: Case) -> None:
    load["visits"] += len(visit.authors("visits"))
    load["material_requests"] += 1 if visit.has("self_inspection_request") else 0
