"""The notices the package carries: their texts, and what the parser read in them.

``notices/*.txt`` are the sources: a header of ``# name: value`` lines, then the notice. ``readings.json`` is made from
them by ``python -m calendars.compiling`` so that starting up needs no parsing; a test fails when it is stale.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from calendars.holiday_text.notice import Notice, NoticeDay

_PACKAGE = files(__package__)


@cache
def bundled_notices() -> tuple[Notice, ...]:
    """All notices of the package, in the order in which they became known."""
    return tuple(_unpacked(row) for row in json.loads(_PACKAGE.joinpath("readings.json").read_text("utf-8")))


def texts() -> dict[str, str]:
    """The text files by name, headers included."""
    folder = _PACKAGE.joinpath("notices")
    return {file.name: file.read_text("utf-8") for file in sorted(folder.iterdir(), key=lambda file: file.name)}


def _unpacked(row: dict[str, Any]) -> Notice:
    for name in ("signed", "published"):
        row[name] = date.fromisoformat(row[name]) if row[name] else None
    row["days"] = tuple(
        NoticeDay(date.fromisoformat(day), kind, name, clause)
        for clause, kind, name, days in row.pop("clauses")
        for day in days
    )
    return Notice(**row)
