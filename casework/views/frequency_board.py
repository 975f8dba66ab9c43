"""The frequency board: targets × months, used, held or free, seen before a special one is asked for (art. 12)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import regulations
from casework.clock import Clock, today
from casework.inspection.unit_load import unit_loads
from casework.views.case_views import iso_date
from regulations import Jurisdiction
from states.engine.frequency import Key, first_day_below
from storage.cases import frequency
from storage.cases.frequency import BoardRow
from storage.engine import Session
from storage.people import jurisdictions, units


def frequency_board(session: Session, clock: Clock, *, jurisdiction: str, year: int) -> dict[str, Any]:
    """For every unit, and every year, problem and domain in use: the months of the year, and when it is free again.

    Raises regulations.UnknownJurisdiction.
    """
    home = jurisdictions.load(session, jurisdiction)
    by_key: dict[Key, list[BoardRow]] = defaultdict(list)
    for row in frequency.board(session, jurisdiction, year):
        by_key[row.use.key].append(row)
    roster = units.roster(session, jurisdiction)
    load = unit_loads(session, jurisdiction, year)
    keys = [Key("target", unit.code) for unit in roster]
    keys += sorted(key for key in by_key if key not in set(keys))
    allowed = _allowed(home)
    now = today(clock)
    names = {unit.code: unit.name for unit in roster}
    return {
        "year": year,
        "as_of": now.isoformat(),
        "rows": [
            _row(key, names.get(key.value, key.value), by_key[key], year, now, load, allowed.get(key.kind, 1))
            for key in keys
        ],
    }


def _allowed(home: Jurisdiction) -> dict[str, int]:
    """How many inspections the newest version of the regulation allows for each kind of key."""
    regulation = regulations.load(home.regulation)
    return {kind: limit.most for limit in regulation.limits for kind in limit.keys}


def _row(
    key: Key, name: str, rows: list[BoardRow], year: int, now: date, load: dict[str, dict[str, int]], allowed: int
) -> dict[str, Any]:
    return {
        "key_kind": key.kind,
        "key": key.value,
        "name": name,
        "cells": [_cell(rows, year, month) for month in range(1, 13)],
        "earliest_free": iso_date(first_day_below([row.use for row in rows], allowed, now)),
        "uses": [
            {
                "case": row.use.case,
                "since": row.use.since.isoformat(),
                "until": row.use.until.isoformat() if row.use.until else None,
                "held": row.use.held,
                "exception": row.exception,
            }
            for row in rows
        ],
        "load": load.get(key.value, {}) if key.kind == "target" else {},
    }


def _cell(rows: list[BoardRow], year: int, month: int) -> str:
    first = date(year, month, 1)
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    met = [row.use for row in rows if row.use.since <= last and (row.use.until is None or row.use.until >= first)]
    if any(not use.held for use in met):
        return "used"
    return "held" if met else "free"
