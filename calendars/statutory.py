"""The statutory days of a year, by the law known at the time."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

# Of 151 make-up days 2004–2026 none lies farther from the span it pays for.
MAKEUP_BEFORE, MAKEUP_AFTER = 11, 6


@dataclass(frozen=True, slots=True)
class Law:
    """One revision of the 放假办法: holidays as (name, anchor, number of days)."""

    from_year: int
    published: date
    document: str
    days: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Practice:
    """How holidays are stretched: see ``holidays.toml``."""

    from_year: int
    published: date
    document: str
    firm: bool
    long: Mapping[str, tuple[str, int, int]]
    short: tuple[tuple[int, int], ...]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("holidays.toml").read_text("utf-8"))


@cache
def law_of(year: int, known_on: date = date.max) -> Law:
    """The newest revision in force for the year and published by ``known_on``."""
    row = _newest(_data()["law"], year, known_on)
    return Law(row["from_year"], row["published"], row["document"], tuple((n, a, k) for n, a, k in row["days"]))


@cache
def practice_of(year: int, known_on: date = date.max) -> Practice:
    """What was expected for the year by ``known_on``."""
    row = _newest(_data()["practice"], year, known_on)
    return Practice(
        row["from_year"],
        row["published"],
        row["document"],
        row["firm"],
        {name: (anchor, first, last) for name, anchor, first, last in row["long"]},
        tuple((first, last) for first, last in row["short"]),
    )


def _newest(rows: list[dict[str, Any]], year: int, known_on: date) -> dict[str, Any]:
    return [row for row in rows if row["from_year"] <= year and row["published"] <= known_on][-1]


def anchored(anchor: str, year: int) -> date:
    """The day an anchor names in a year: a month-day, or a day of the Chinese calendar."""
    if anchor[0].isdigit():
        return date(year, int(anchor[:2]), int(anchor[3:]))
    from calendars.lunar import lunar_day

    return lunar_day(anchor, year)


def statutory_days(year: int, known_on: date = date.max) -> list[tuple[date, str]]:
    """The statutory days of a year with their names; two holidays on one day (2031-10-01) give two entries."""
    return [
        (anchored(anchor, year) + timedelta(days=n), name)
        for name, anchor, length in law_of(year, known_on).days
        for n in range(length)
    ]
