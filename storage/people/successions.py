"""What became of the units of a jurisdiction, as ``storage.journal.unit_journal`` recorded it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, select

import messages
from regulations import Unit
from states.engine.successions import Successions, UnitChange
from storage import canonical
from storage.engine import Session
from storage.people import units
from storage.rows import UnitChangeRow, table
from storage.statements import Statement

_CHANGES = table(UnitChangeRow)
_OF = Statement(
    select(_CHANGES.c.change, _CHANGES.c.effective_on, _CHANGES.c.units)
    .where(_CHANGES.c.jurisdiction == bindparam("of"))
    .order_by(_CHANGES.c.seq)
)


def load(session: Session, jurisdiction: str) -> Successions:
    """Every change of the units of a jurisdiction."""
    return _read(tuple(tuple(row) for row in _OF.fetch_all(session, {"of": jurisdiction})))


def standing(session: Session, jurisdiction: str) -> list[Unit]:
    """The units of a jurisdiction that have not ended, by code."""
    became = load(session, jurisdiction)
    return [unit for unit in units.roster(session, jurisdiction) if became.ended_by(unit.code) is None]


def names(session: Session, jurisdictions: Iterable[str]) -> dict[str, dict[str, str]]:
    """The names of the units by code, for each of these jurisdictions; one that ended says who it is now."""
    found = units.names(session, jurisdictions)
    for jurisdiction, named in found.items():
        became = load(session, jurisdiction)
        found[jurisdiction] = {code: _with_bearer(code, named, became) for code in named}
    return found


def names_on(session: Session, jurisdiction: str, day: date) -> dict[str, str]:
    """What the units of a jurisdiction were called on a day, by code."""
    became = load(session, jurisdiction)
    return {unit.code: became.name_on(unit, day) for unit in units.roster(session, jurisdiction)}


def _with_bearer(code: str, named: Mapping[str, str], became: Successions) -> str:
    bearer = became.bearer(code)
    if bearer == code or named.get(bearer, bearer) == named[code]:
        return named[code]
    return messages.text("console.unit_now", name=named[code], now=named.get(bearer, bearer))


@lru_cache(maxsize=32)
def _read(rows: tuple[tuple[Any, ...], ...]) -> Successions:
    return Successions(tuple(change_of(*row) for row in rows))


def change_of(change: Any, on: date, stored: str) -> UnitChange:
    """A change from its columns."""
    told = canonical.loads(stored)
    before, after = (tuple(Unit(**unit) for unit in told[side]) for side in ("before", "after"))
    return UnitChange(change, on, before, after, told["heir"])
