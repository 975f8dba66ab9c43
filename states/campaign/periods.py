"""Periods of readings as they are written: 2019, 2019H1, 2019Q3, 2019-09."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_WRITTEN: Final = re.compile(r"(\d{4})(?:H([12])|Q([1-4])|-(\d{2}))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From one day to another; ``months`` tells years from halves, quarters and months."""

    ends: date
    begins: date
    months: int


def read_period(written: str) -> Period | None:
    """The period that is written; None for what is none."""
    found = _WRITTEN.fullmatch(written.strip().upper())
    if found is None:
        return None
    year, half, quarter, month = (int(part) if part else 0 for part in found.groups())
    if not 2000 <= year <= 2100 or month > 12 or (found[4] and not month):
        return None
    months = 6 if half else 3 if quarter else 1 if month else 12
    first = (half or quarter or month or 1) * months - months + 1
    after = first + months
    return Period(
        date(year + (after - 1) // 12, (after - 1) % 12 + 1, 1) - timedelta(days=1), date(year, first, 1), months
    )
