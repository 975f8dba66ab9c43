"""The frequency board: targets × months, used, held or free, seen before a special one is asked for (art. 12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from pydantic import Field

import messages
import regulations
from access.policy import Read
from access.reader import Reader
from casework.citations import citation
from casework.clock import Clock, today
from casework.inspection.unit_load import UnitLoad, unit_loads
from messages.answers import Answer
from regulations import Limit, Regulation, Unit
from states.engine.frequency import Key, Use, first_day_below, same_words
from states.engine.successions import Successions
from states.packs import pack_of
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
    earliest_free: date | None = Field(
        description="first free day from today on; null while a request holds the key, and for a year that is used up"
    )
    uses: tuple[KeyUse, ...] = Field(description="cases that use the key within the year")
    load: dict[str, int] = Field(description="`inspections`, `visits`, `material_requests`; empty where there is none")


class YearDuty(Answer):
    """A kind of inspection that the regulation asks for in every year, and that the year still lacks."""

    kind: str = Field(description="code of the kind")
    kind_name: str = Field(description="name of the kind")
    missing: int = Field(description="how many are still to be approved")
    citation: str = Field(description="the clause as it is cited")


class FrequencyBoard(Answer):
    """The frequency keys of a jurisdiction in a year."""

    year: int = Field(description="the year")
    as_of: date = Field(description="day from which the first free days are counted")
    rows: tuple[KeyRow, ...] = Field(description="every unit, then the other keys in use")
    duties: tuple[YearDuty, ...] = Field(description="what the regulation still asks for in the year")


def frequency_board(session: Session, clock: Clock, reader: Reader, *, jurisdiction: str, year: int) -> FrequencyBoard:
    """For every unit, and every year, problem and domain in use: the months of the year, and when it is free again.

    Readers who do not plan inspections get no rows: a key in use reveals an inspection before its notices are served.
    Raises regulations.UnknownJurisdiction.
    """
    now = today(clock)
    shown = reader.sees_jurisdiction(Read.FREQUENCY, jurisdiction)
    reader.note(Read.FREQUENCY, jurisdiction=jurisdiction, found=shown)
    if not shown:
        return FrequencyBoard(year=year, as_of=now, rows=(), duties=())
    uses = frequency.board(session, jurisdiction, year)
    regulation = regulations.load(jurisdictions.load(session, jurisdiction).regulation)
    rows = _rows(session, reader, regulation, jurisdiction, year, now, uses)
    return FrequencyBoard(year=year, as_of=now, rows=tuple(rows), duties=tuple(_duties(regulation, year, uses)))


def _rows(
    session: Session,
    reader: Reader,
    regulation: Regulation,
    jurisdiction: str,
    year: int,
    now: date,
    uses: list[BoardRow],
) -> list[KeyRow]:
    by_key: dict[Key, list[BoardRow]] = defaultdict(list)
    became = successions.load(session, jurisdiction)
    roster = successions.standing(session, jurisdiction)
    for row in uses:
        for key in _keys(row, roster, became):
            by_key[key].append(row)
    load = unit_loads(session, reader, jurisdiction, year)
    keys = [Key("target", unit.code) for unit in roster]
    keys += sorted(key for key in by_key if key not in set(keys))
    names = successions.names(session, [jurisdiction])[jurisdiction]
    limits = {kind: limit for limit in regulation.limits for kind in limit.keys}
    alike = pack_of(regulation.key).frequency.topic_keys
    found = []
    for key in keys:
        borne = load.get(key.value) if key.kind == "target" else None
        rows = [row for one in same_words([key], alike) for row in by_key.get(one, ())]
        free = _first_free_day([row.use for row in rows], limits.get(key.kind), now)
        found.append(_row(key, names.get(key.value, key.value), rows, year, free, borne))
    return found


def _keys(row: BoardRow, roster: list[Unit], became: Successions) -> list[Key]:
    """The keys under which a use is shown: a unit's, of every standing unit for which it counts."""
    key = row.use.key
    line = became.related(key.value) if key.kind == frequency.UNIT_KEY else frozenset()
    if len(line) < 2:
        return [key]
    standing = [unit.code for unit in roster if unit.code in line and list(became.counting_for(unit.code, [row.use]))]
    return [Key(key.kind, code) for code in standing] or [key]


def _first_free_day(uses: list[Use], limit: Limit | None, now: date) -> date | None:
    """The first day from now on with a place left; None where pending requests prevent it or no later day helps."""
    if limit is None or limit.window != "declared-year":
        return first_day_below(uses, limit.most if limit else 1, now)
    return now if len(uses) < limit.most else None


def _duties(regulation: Regulation, year: int, uses: list[BoardRow]) -> Iterator[YearDuty]:
    """What the newest version of the regulation asks for in a year and has not been approved."""
    for limit in regulation.limits:
        keys = {Key(kind, str(year)) for kind in limit.keys}
        approved = {row.use.case for row in uses if row.use.key in keys and not row.use.held}
        if len(approved) < limit.at_least:
            yield YearDuty(
                kind=limit.name,
                kind_name=messages.text(f"kind.{limit.name}"),
                missing=limit.at_least - len(approved),
                citation=citation(limit.article, regulation.key),
            )


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
