"""Against the two packages people use, day by day: where they differ is listed, with the clause that decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import calendars

CALENDAR = calendars.load()
EVERY_DAY = [date(2004, 1, 1) + timedelta(days=n) for n in range(8401)]

WRONG_IN_CHINESECALENDAR = {
    # 国办发明电〔2005〕35号：将12月31日（星期六）…公休日调至…，12月31日（星期六）上班
    date(2005, 12, 31): "makeup",
}
WRONG_IN_HOLIDAYS: dict[date, str] = {}


def differing(is_worked: Callable[[date], bool]) -> dict[date, str]:
    return {day: CALENDAR.day(day).kind for day in EVERY_DAY if is_worked(day) != CALENDAR.is_workday(day)}


def test_chinesecalendar_differs_only_where_it_is_wrong() -> None:
    import chinese_calendar

    assert differing(chinese_calendar.is_workday) == WRONG_IN_CHINESECALENDAR


def test_holidays_differs_nowhere() -> None:
    import holidays

    assert differing(holidays.country_holidays("CN", years=range(2004, 2027)).is_working_day) == WRONG_IN_HOLIDAYS
