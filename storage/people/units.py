"""The rosters of the jurisdictions."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from regulations import Unit
from storage.engine import Session
from storage.rows import UnitRow, table
from storage.statements import Statement
from storage.upsert import upsert

_UNITS = table(UnitRow)
_PUT = upsert(_UNITS, keys=("jurisdiction", "code"))
_COLUMNS = (_UNITS.c.code, _UNITS.c.name, _UNITS.c.category, _UNITS.c.parent, _UNITS.c.source)
_OF = select(*_COLUMNS).where(_UNITS.c.jurisdiction == bindparam("of")).order_by(_UNITS.c.code)
_LOAD = Statement(_OF.where(_UNITS.c.code == bindparam("of_code")))
_NAMES = select(_UNITS.c.jurisdiction, _UNITS.c.code, _UNITS.c.name).where(
    _UNITS.c.jurisdiction.in_(bindparam("of_any", expanding=True))
)


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
    row = _LOAD.fetch_one(session, {"of": jurisdiction, "of_code": code})
    return None if row is None else Unit(*row)


def roster(session: Session, jurisdiction: str) -> list[Unit]:
    """The units of a jurisdiction by code."""
    return [Unit(*row) for row in session.execute(_OF, {"of": jurisdiction})]


def is_any(session: Session) -> bool:
    """Whether a jurisdiction has units."""
    return session.execute(select(_UNITS.c.code).limit(1)).first() is not None


def names(session: Session, jurisdictions: Iterable[str]) -> dict[str, dict[str, str]]:
    """The names of the units by code, for each of these jurisdictions."""
    found: dict[str, dict[str, str]] = {code: {} for code in jurisdictions}
    for row in session.execute(_NAMES, {"of_any": sorted(found)}):
        found[row.jurisdiction][row.code] = row.name
    return found
