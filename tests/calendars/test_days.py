"""What each day 2004–2026 is, against the notices written out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import calendars
from calendars.bundled_notices import texts
from calendars.compiling import compiled
from tests.calendars.transcript import kinds

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def test_every_day_of_23_years_is_what_the_notices_say() -> None:
    calendar, said = calendars.load(), kinds()
    expected = {day: said.get(day, "weekend" if day.weekday() >= 5 else "workday") for day in EVERY_DAY}
    right = [day for day in EVERY_DAY if calendar.day(day).kind == expected[day]]
    assert len(right) == len(EVERY_DAY) == 8401


def test_a_day_is_worked_if_it_is_a_workday_or_a_makeup_day() -> None:
    calendar = calendars.load()
    assert EVERY_DAY
    for day in EVERY_DAY:
        answer = calendar.day(day)
        assert answer.is_workday == calendar.is_workday(day) == (answer.kind in ("workday", "makeup"))


def test_the_readings_that_the_package_carries_are_what_the_texts_say() -> None:
    from importlib.resources import files

    assert files("calendars").joinpath("readings.json").read_text("utf-8") == compiled()
    assert len(texts()) == 26


def test_a_day_names_document_clause_and_publication() -> None:
    day = calendars.load().day(date(2026, 10, 10))
    assert (day.kind, day.name, day.document) == ("makeup", "国庆节", "国办发明电〔2025〕7号")
    assert day.clause == "七、9月20日（周日）、10月10日（周六）上班"
    assert (day.published, day.status) == (date(2025, 11, 4), "final")


def test_december_days_come_from_the_next_years_notice() -> None:
    calendar = calendars.load()
    assert calendar.day(date(2005, 12, 31)).document == "国办发明电〔2005〕35号"
    assert calendar.day(date(2007, 12, 31)).document == "国办发明电〔2007〕52号"


def test_an_extension_revokes_the_makeup_day_within_it() -> None:
    calendar = calendars.load()
    for day in (date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2)):
        assert (calendar.day(day).kind, calendar.day(day).document) == ("holiday", "国办发明电〔2020〕1号")
    assert calendar.is_workday(date(2020, 2, 3))


def test_advice_to_employers_is_no_day_off() -> None:
    assert calendars.load().day(date(2024, 2, 9)).kind == "workday"


def test_the_version_names_the_newest_document_and_the_number_of_documents() -> None:
    calendar = calendars.load()
    assert calendar.version == "国办发明电〔2025〕7号+26"
    assert (calendar.first_day, calendar.last_final_day) == (FIRST, LAST)
    assert calendars.load() is calendar
