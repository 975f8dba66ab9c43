"""The frequency board: targets × months, used, held or free, seen before a special one is asked for (art. 12)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Literal

from pydantic import Field

import regulations
from access.policy import Read
from access.reader import Reader
from casework.clock import Clock, today
from casework.inspection.unit_load import UnitLoad, unit_loads
from messages.answers import Answer
from regulations import Jurisdiction, Unit
from states.engine.frequency import Key, first_day_below
from states.engine.successions import Successions
from storage.cases import frequency
from storage.cases.frequency import BoardRow
from storage.engine import Session
from storage.people import jurisdictions, successions

Cell = Literal["used", "held", "free"]


class KeyUse(Answer):
    """A case that uses a frequency key."""

    case: str = Field(description="id of the inspection")
    since: date = Field(description="first day of the use")
    until: date | None = Field(description="last day of the use; null while the request is pending")
    held: bool = Field(description="whether a pending request holds the key")
    exception: bool = Field(description="whether an exception was granted")


class KeyRow(Answer):
    """One frequency key over the months of a year."""

    key_kind: str = Field(description="`target`, `year`, `problem` or `domain`")
    key: str = Field(description="the key; of a target, the code of the unit")
    name: str = Field(description="name of the unit, otherwise the key")
    cells: tuple[Cell, ...] = Field(description="January to December: `used`, `held` or `free`")
    earliest_free: date | None = Field(description="first free day from today on; null while a request holds the key")
    uses: tuple[KeyUse, ...] = Field(description="cases that use the key within the year")
    load: dict[str, int] = Field(description="`inspections`, `visits`, `material_requests`; empty where there is none")


class FrequencyBoard(Answer):
    """The frequency keys of a jurisdiction in a year."""

    year: int = Field(description="the year")
    as_of: date = Field(description="day from which the first free days are counted")
    rows: tuple[KeyRow, ...] = Field(description="every unit, then the other keys in use")


def frequency_board(session: Session, clock: Clock, reader: Reader, *, jurisdiction: str, year: int) -> FrequencyBoard:
    """For every unit, and every year, problem and domain in use: the months of the year, and when it is free again.

    Readers who do not plan inspections get no rows: a key in use tells of an inspection that nobody was told of yet.
    Raises regulations.UnknownJurisdiction.
    """
    now = today(clock)
    shown = reader.sees_jurisdiction(Read.FREQUENCY, jurisdiction)
    reader.note(Read.FREQUENCY, jurisdiction=jurisdiction, found=shown)
    rows = _rows(session, reader, jurisdiction, year, now) if shown else ()
    return FrequencyBoard(year=year, as_of=now, rows=tuple(rows))


def _rows(session: Session, reader: Reader, jurisdiction: str, year: int, now: date) -> list[KeyRow]:
    by_key: dict[Key, list[BoardRow]] = defaultdict(list)
    became = successions.load(session, jurisdiction)
    roster = successions.standing(session, jurisdiction)
    for row in frequency.board(session, jurisdiction, year):
        for key in _keys(row, roster, became):
            by_key[key].append(row)
    load = unit_loads(session, reader, jurisdiction, year)
    keys = [Key("target", unit.code) for unit in roster]
    keys += sorted(key for key in by_key if key not in set(keys))
    names = successions.names(session, [jurisdiction])[jurisdiction]
    allowed = _allowed(jurisdictions.load(session, jurisdiction))
    found = []
    for key in keys:
        borne = load.get(key.value) if key.kind == "target" else None
        free = first_day_below([row.use for row in by_key[key]], allowed.get(key.kind, 1), now)
        found.append(_row(key, names.get(key.value, key.value), by_key[key], year, free, borne))
    return found


def _keys(row: BoardRow, roster: list[Unit], became: Successions) -> list[Key]:
    """The keys under which a use is shown: a unit's, of every standing unit for which it counts."""
    key = row.use.key
    if key.kind != "target" or not became.changes:
        return [key]
    standing = [unit.code for unit in roster if list(became.counting_for(unit.code, [row.use]))]
    return [Key(key.kind, code) for code in standing] or [key]


def _allowed(home: Jurisdiction) -> dict[str, int]:
    """How many inspections the newest version of the regulation allows for each kind of key."""
    regulation = regulations.load(home.regulation)
    return {kind: limit.most for limit in regulation.limits for kind in limit.keys}


def _row(key: Key, name: str, rows: list[BoardRow], year: int, free: date | None, borne: UnitLoad | None) -> KeyRow:
    return KeyRow(
        key_kind=key.kind,
        key=key.value,
        name=name,
        cells=tuple(_cell(rows, year, month) for month in range(1, 13)),
        earliest_free=free,
        uses=tuple(
            KeyUse(
                case=row.use.case,
                since=row.use.since,
                until=row.use.until,
                held=row.use.held,
                exception=row.exception,
            )
            for row in rows
        ),
        load=borne.model_dump() if borne else {},
    )


def _cell(rows: list[BoardRow], year: int, month: int) -> Cell:
    first = date(year, month, 1)
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    met = [row.use for row in rows if row.use.since <= last and (row.use.until is None or row.use.until >= first)]
    if any(not use.held for use in met):
        return "used"
    return "held" if met else "free"
