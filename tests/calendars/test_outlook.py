"""Answers beyond the notices: an interval, never a guess."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import calendars
from calendars.expected_days import expected_holidays, settled_until
from calendars.lunar import lunar_day
from calendars.statutory import statutory_days

CALENDAR = calendars.load()

# 放假办法 art. 2, 6, 7 and the principles of 国办发明电〔2024〕12号, worked out by hand: first and last day off and
# make-up days owed.
BY_RULE = {
    2027: "元旦 01-01 01-03 0, 春节 02-05 02-12 2, 清明节 04-03 04-05 0, 劳动节 05-01 05-05 1, "
    "端午节 06-09 06-09 0, 中秋节 09-15 09-15 0, 国庆节 10-01 10-07 2",
    2028: "元旦 01-01 01-03 0, 春节 01-25 02-01 2, 清明节 04-02 04-04 1, 劳动节 05-01 05-05 3, "
    "端午节 05-27 05-29 0, 中秋节、国庆节 10-01 10-08 1",
    2029: "元旦 12-30 01-01 0, 春节 02-12 02-19 2, 清明节 04-04 04-04 0, 劳动节 05-01 05-05 2, "
    "端午节 06-16 06-18 0, 中秋节 09-22 09-24 0, 国庆节 10-01 10-07 2",
    2030: "元旦 12-30 01-01 1, 春节 02-02 02-09 1, 清明节 04-05 04-07 0, 劳动节 05-01 05-05 1, "
    "端午节 06-05 06-05 0, 中秋节 09-12 09-14 1, 国庆节 10-01 10-07 2",
    2031: "元旦 01-01 01-01 0, 春节 01-22 01-29 2, 清明节 04-05 04-07 0, 劳动节 05-01 05-05 1, "
    "端午节 06-22 06-24 1, 中秋节、国庆节 10-01 10-08 2",
}


@pytest.mark.parametrize("year", BY_RULE)
def test_holidays_to_come_follow_the_standing_principles(year: int) -> None:
    found = [f"{h.name} {min(h.off):%m-%d} {max(h.off):%m-%d} {h.debts}" for h in expected_holidays(year)]
    assert ", ".join(found) == BY_RULE[year]


def test_a_term_reaching_past_the_last_notice_is_provisional_and_says_what_is_missing() -> None:
    due = CALENDAR.add_working_days(date(2027, 1, 20), 15)
    # Latest: 春节 5–12 February and no make-up day. Earliest: 30 and 31 January worked in exchange.
    assert (due.status, str(due.earliest), str(due.latest)) == ("provisional", "2027-02-16", "2027-02-18")
    assert due.due == due.earliest
    assert due.missing == ("国务院办公厅关于2027年部分节假日安排的通知",)
    trace = due.trace()
    assert trace[-1].date == due.latest
    assert [row.number for row in trace if row.counted] == list(range(1, 16))


def test_an_interval_may_be_one_day_and_is_still_provisional() -> None:
    due = CALENDAR.add_working_days(date(2026, 12, 20), 15)
    assert (due.status, due.earliest, due.latest) == ("provisional", date(2027, 1, 11), date(2027, 1, 11))


def test_counting_back_from_an_open_year_is_provisional_too() -> None:
    due = CALENDAR.subtract_working_days(date(2027, 2, 18), 15)
    assert (due.status, due.due) == ("provisional", due.earliest)
    assert due.earliest is not None
    assert due.latest is not None
    assert due.earliest <= date(2027, 1, 20) <= due.latest


def test_the_next_new_year_may_reach_back_into_december() -> None:
    assert settled_until(2026) == date(2026, 12, 31)  # 1 January 2027 is a Friday
    assert settled_until(2029) < date(2029, 12, 31)  # 1 January 2030 is a Tuesday: 30 December to 1 January
    then = calendars.load(known_on=date(2025, 11, 3))
    assert then.last_final_day == date(2025, 12, 20)
    due = then.add_working_days(date(2025, 12, 26), 2)
    assert (due.status, due.missing) == ("provisional", ("国务院办公厅关于2026年部分节假日安排的通知",))


def test_the_outlook_ends_ten_years_out() -> None:
    assert CALENDAR.horizon == date(2036, 12, 31)
    assert CALENDAR.day(CALENDAR.horizon).status == "provisional"


# Years whose law was changed after 30 September of the year before, and those amended in their course.
SURPRISES = {2008, 2015, 2020}


@pytest.mark.parametrize("year", range(2006, 2027))
def test_the_interval_of_past_years_held_what_the_notice_then_brought(year: int) -> None:
    then = calendars.load(known_on=date(year - 1, 9, 30))
    outside = 0
    for n in range(0, 330, 2):
        start = date(year - 1, 12, 15) + timedelta(days=n)
        promised, came = then.add_working_days(start, 10), CALENDAR.add_working_days(start, 10).due
        assert promised.earliest is not None
        assert promised.latest is not None
        assert came is not None
        outside += not promised.earliest <= came <= promised.latest
    assert (outside > 0) == (year in SURPRISES)


def test_two_lunar_libraries_agree_on_the_holidays() -> None:
    import lunardate

    for year in range(2004, 2100):
        assert lunar_day("正月初一", year) == lunardate.LunarDate(year, 1, 1).to_solar_date()
        assert lunar_day("五月初五", year) == lunardate.LunarDate(year, 5, 5).to_solar_date()
        assert lunar_day("八月十五", year) == lunardate.LunarDate(year, 8, 15).to_solar_date()


def test_the_days_of_qingming_agree_with_a_second_library() -> None:
    import datetime

    import cnlunar

    for year in range(2004, 2100):
        noon = datetime.datetime.combine(lunar_day("清明", year), datetime.time(12))
        assert cnlunar.Lunar(noon).todaySolarTerms == "清明"


def test_a_year_has_ten_then_eleven_then_thirteen_statutory_days() -> None:
    assert [len(statutory_days(year)) for year in (2007, 2008, 2014, 2024, 2025)] == [10, 11, 11, 11, 13]
