"""Regional layers: days that a region sets over the national ones (放假办法 art. 4).

``regional.csv`` says of every row where it comes from and how sure it is: ``text`` (the region's notice was read),
``press`` (reported with its dates), ``agreed`` (two sources agree) or ``secondary`` (one source at second hand).
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Final, Literal

from calendars.days import Setting
from calendars.overlay import Settings
from calendars.refusals import CalendarRefused


@dataclass(frozen=True, slots=True)
class RegionalRow:
    """Days that a region sets, with source and certainty."""

    code: str
    region: str
    start: date
    end: date
    kind: Literal["holiday", "makeup"]
    name: str
    document: str
    certainty: Literal["text", "press", "agreed", "secondary"]
    evidence: str
    source: str

    @property
    def days(self) -> list[date]:
        return [self.start + timedelta(days=n) for n in range((self.end - self.start).days + 1)]


@cache
def rows() -> tuple[RegionalRow, ...]:
    """The whole table, in the order of the file."""
    text = files(__package__).joinpath("regional.csv").read_text("utf-8")
    return tuple(_row(**fields) for fields in csv.DictReader(text.splitlines()))


def _row(start: str, end: str, **fields: str) -> RegionalRow:
    return RegionalRow(start=date.fromisoformat(start), end=date.fromisoformat(end), **fields)  # type: ignore[arg-type]


def regions() -> dict[str, str]:
    """Names of the regions that have a layer, by code."""
    return {row.code: row.region for row in rows()}


@dataclass(frozen=True, slots=True)
class Layer:
    """What is known of one region on one day.

    ``covered`` are the years with an arrangement. In any other year up to ``allowance`` working days may be off:
    as many as the region has ever set in one year.
    """

    code: str
    region: str
    settings: Settings
    covered: frozenset[int]
    allowance: int
    version: str

    def in_doubt(self, day: date) -> bool:
        """Whether the region may treat this day otherwise than the calendar says."""
        setting = self.settings.get(day)
        return day.year not in self.covered or (setting is not None and not setting.sure)

    def doubts(self, first: date, last: date) -> list[int]:
        """How many days in doubt there are before each day from ``first`` to the day after ``last``."""
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return list(accumulate((self.in_doubt(day) for day in days), initial=0))

    def missing(self, a: date, b: date) -> list[str]:
        """What would settle the days in doubt from ``a`` to ``b``: notices not known, and those not read."""
        unknown = [f"{self.region}{year}年放假安排" for year in range(a.year, b.year + 1) if year not in self.covered]
        unread = {s.name: d for d, s in self.settings.items() if a <= d <= b and not s.sure}
        return unknown + [f"{self.region}{day.year}年{name}放假通知原文" for name, day in unread.items()]


_LETTERS = "AH BJ CQ FJ GD GS GZ HA HB HE HI HL HN JL JS JX LN NM QH SC SD SH SN SX TJ YN ZJ"
PROVINCES_WITHOUT_LAYER: Final = frozenset(f"CN-{letters}" for letters in _LETTERS.split())
"""Provinces, by ISO 3166-2, for which no days of their own are known: they have the country's calendar."""


@cache
def layer_of(code: str, known_on: date = date.max) -> Layer:
    """The layer of a region. When a row was published is not recorded: it counts as known from its year's first day."""
    if code not in regions():
        raise CalendarRefused("unknown_region", region=code, known="、".join(regions()))
    known = [row for row in rows() if row.code == code and date(row.start.year, 1, 1) <= known_on]
    every = [row for row in rows() if row.code == code]
    off = Counter(day.year for row in every if row.kind == "holiday" for day in row.days)
    return Layer(
        code=code,
        region=regions()[code],
        settings={day: _setting(row) for row in known for day in row.days},
        covered=frozenset(row.start.year for row in known),
        allowance=max(off.values()),
        version=f"{code}+{len(known)}",
    )


def _setting(row: RegionalRow) -> Setting:
    clause = f"{row.evidence}（{row.source}）"
    return Setting(row.kind, row.name, row.document, clause, None, sure=row.certainty != "secondary")
