"""A notice laid over the calendar: what changes, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

import calendars
from calendars import CalendarRefused
from calendars.acceptance import days_set, difference
from calendars.bundled_notices import texts
from calendars.holiday_text.parser import parse_file

NOTICES = {name: parse_file(text).notice for name, text in texts().items()}
BEFORE_2026 = calendars.load(known_on=date(2025, 11, 3))


def test_a_new_notice_shows_each_day_that_becomes_something_else() -> None:
    found = difference(BEFORE_2026, NOTICES["2026.txt"])
    assert not found.known
    # The outlook had every day off right; the notice adds the make-up days and a Sunday before 除夕.
    assert {f"{change.date:%m-%d}": change.after.kind for change in found.changes} == {
        "01-04": "makeup",
        "02-14": "makeup",
        "02-15": "holiday",
        "02-28": "makeup",
        "05-09": "makeup",
        "09-20": "makeup",
        "10-10": "makeup",
    }
    assert found.calendar.version == calendars.load().version


def test_a_notice_known_already_changes_nothing() -> None:
    found = difference(calendars.load(), NOTICES["2026.txt"])
    assert found.known
    assert found.changes == ()
    assert found.calendar is calendars.load()


def test_an_amendment_changes_only_its_days() -> None:
    before = calendars.load(known_on=date(2020, 1, 26))
    changes = difference(before, NOTICES["2020.amend1.txt"]).changes
    assert [(str(c.date), c.before.kind, c.after.kind) for c in changes] == [
        ("2020-01-31", "workday", "holiday"),
        ("2020-02-01", "makeup", "holiday"),
        ("2020-02-02", "weekend", "holiday"),
    ]


def altered(name: str, *replacements: tuple[str, str]) -> calendars.Notice:
    text = texts()[name]
    for old, new in replacements:
        text = text.replace(old, new)
    return parse_file(text).notice


def test_a_copy_that_differs_from_the_known_one_is_refused() -> None:
    with pytest.raises(CalendarRefused) as refused:
        difference(calendars.load(), altered("2026.txt", ("5月9日（周六）", "5月10日（周日）")))
    assert refused.value.code == "contradicts"
    assert refused.value.params["days"] == "2026-05-09、2026-05-10"


@pytest.mark.parametrize(
    ("notice", "code"),
    [
        (altered("2026.txt", ("〔2025〕7号", "〔2025〕8号")), "year_taken"),
        (altered("2026.txt", ("2026年", "2029年"), ("2025", "2028")), "out_of_turn"),
        (altered("2019.amend1.txt", ("2019", "2031")), "nothing_to_amend"),
    ],
)
def test_a_notice_out_of_place_is_refused(notice: calendars.Notice, code: str) -> None:
    with pytest.raises(CalendarRefused) as refused:
        difference(calendars.load(), notice)
    assert refused.value.code == code


def test_an_accepted_notice_makes_another_calendar() -> None:
    notice = altered(
        "2026.txt",
        ("2026年", "2027年"),
        ("〔2025〕7号", "〔2026〕9号"),
        ("2025年11月4日", "2026年11月5日"),
        ("2025-11-04", "2026-11-05"),
    )
    calendar = calendars.load(accepted=(notice,))
    assert calendar.version == "国办发明电〔2026〕9号+27"
    assert calendar.last_year == 2027
    assert calendars.load(known_on=date(2026, 11, 4), accepted=(notice,)).last_year == 2026


def test_an_extension_sets_the_days_from_the_old_end_to_the_new() -> None:
    days = days_set(NOTICES["2020.amend1.txt"])
    assert [(str(day.date), day.kind) for day in days] == [
        ("2020-01-31", "holiday"),
        ("2020-02-01", "holiday"),
        ("2020-02-02", "holiday"),
    ]


def test_any_other_notice_sets_the_days_it_names() -> None:
    for name in ("2026.txt", "2015.amend1.txt", "2019.amend1.txt"):
        assert [(day.date, day.kind) for day in days_set(NOTICES[name])] == [
            (d.date, d.kind) for d in NOTICES[name].days
        ]
