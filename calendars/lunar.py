"""The few days of the Chinese calendar that are holidays, from ``lunar_python``. Imported only when needed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from lunar_python import Lunar, Solar

_LUNAR_DAYS = {"正月初一": (1, 1), "五月初五": (5, 5), "八月十五": (8, 15)}


@cache
def lunar_day(anchor: str, year: int) -> date:
    """The day of ``year`` on which 正月初一, 除夕 (its eve), 清明, 五月初五 or 八月十五 falls."""
    if anchor == "除夕":
        return lunar_day("正月初一", year) - timedelta(days=1)
    if anchor == "清明":
        return _date(Lunar.fromYmd(year, 3, 1).getJieQiTable()["清明"])
    month, day = _LUNAR_DAYS[anchor]
    return _date(Lunar.fromYmd(year, month, day).getSolar())


def _date(solar: Solar) -> date:
    return date(solar.getYear(), solar.getMonth(), solar.getDay())
