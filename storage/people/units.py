"""The rosters of the jurisdictions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, bindparam, select

from regulations import Unit
from storage.engine import Session
from storage.rows import UnitRow, table
from storage.upsert import upsert

_UNITS = table(UnitRow)
_PUT = upsert(_UNITS, keys=("jurisdiction", "code"))
_OF = select(_UNITS).where(_UNITS.c.jurisdiction == bindparam("of")).order_by(_UNITS.c.code)
_NAMES = select(_UNITS.c.jurisdiction, _UNITS.c.code, _UNITS.c.name).where(
    _UNITS.c.jurisdiction.in_(bindparam("of_any", expanding=True))
)
_LOAD = _OF.where(_UNITS.c.code == bindparam("of_code"))


def put(session: Session, jurisdiction: str, units: Iterable[Unit]) -> None:
    """Enter units, or change those whose code is on the roster already; none is removed."""
    values = [
        {
            "jurisdiction": jurisdiction,
            "code": unit.code,
            "name": unit.name,
            "category": unit.category,
            "parent": unit.parent,
            "source": unit.source,
        }
        for unit in units
    ]
    if values:
        session.execute(_PUT, values)


def load(session: Session, jurisdiction: str, code: str) -> Unit | None:
    """The unit of this code."""
    row = session.execute(_LOAD, {"of": jurisdiction, "of_code": code}).first()
    return None if row is None else _unit(row)


def roster(session: Session, jurisdiction: str) -> list[Unit]:
    """The units of a jurisdiction by code."""
    return [_unit(row) for row in session.execute(_OF, {"of": jurisdiction})]


def names(session: Session, jurisdictions: Iterable[str]) -> dict[str, dict[str, str]]:
    """The names of the units by code, for each of these jurisdictions."""
    found: dict[str, dict[str, str]] = {code: {} for code in jurisdictions}
    for row in session.execute(_NAMES, {"of_any": sorted(found)}):
        found[row.jurisdiction][row.code] = row.name
    return found


def _unit(row: Row[Any]) -> Unit:
    return Unit(row.code, row.name, row.category, row.parent, row.source)
