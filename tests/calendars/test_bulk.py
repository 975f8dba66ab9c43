"""A million dates at once give what one at a time gives."""

from __future__ import annotations

from datetime import date

import pytest

import calendars
from calendars import CalendarRefused

np = pytest.importorskip("numpy")
from calendars import bulk  # noqa: E402

CALENDAR = calendars.load()
STARTS = np.arange("2004-01-01", "2026-12-01", dtype="datetime64[D]")


def test_every_start_is_counted_as_by_itself() -> None:
    due = bulk.add_working_days(CALENDAR, STARTS, 15).tolist()
    assert due == [CALENDAR.add_working_days(start, 15).due for start in STARTS.tolist()]


def test_days_between_are_counted_as_by_themselves() -> None:
    counted = bulk.working_days_after(CALENDAR, STARTS, STARTS[::-1])
    pairs = zip(STARTS.tolist(), STARTS[::-1].tolist(), strict=True)
    assert counted.tolist() == [CALENDAR.working_days_after(a, b) for a, b in pairs]


@pytest.mark.parametrize(
    ("region", "start", "code"),
    [
        (None, "2003-12-31", "before_first"),
        (None, "2026-12-20", "many_not_final"),
        (None, "2027-03-01", "many_not_final"),
        ("CN-XJ", "2019-06-03", "many_not_final"),
    ],
)
def test_what_is_not_final_is_refused(region: str | None, start: str, code: str) -> None:
    with pytest.raises(CalendarRefused) as refused:
        bulk.add_working_days(calendars.load(region), np.array(["2026-03-02", start], dtype="datetime64[D]"), 15)
    assert refused.value.code == code
    assert "{" not in str(refused.value)


def test_a_length_below_one_is_refused() -> None:
    with pytest.raises(CalendarRefused):
        bulk.add_working_days(CALENDAR, np.array([date(2026, 3, 2)], dtype="datetime64[D]"), 0)
