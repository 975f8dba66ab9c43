"""Terms counted over the calendar, against counting on one's fingers over the transcript."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calendars
from calendars import CalendarRefused, Term, year_later
from tests.calendars.transcript import kinds

CALENDAR = calendars.load()
SET_APART = kinds()
DAY = timedelta(days=1)
starts = st.dates(date(2004, 1, 1), date(2026, 8, 31))


def worked(day: date) -> bool:
    return SET_APART.get(day, "holiday" if day.weekday() >= 5 else "workday") != "holiday"


def on_fingers(start: date, n: int, step: timedelta = DAY) -> date:
    day = start
    while n:
        day += step
        n -= worked(day)
    return day


@given(starts, st.integers(1, 60))
def test_the_nth_working_day_after_a_start(start: date, n: int) -> None:
    due = CALENDAR.add_working_days(start, n)
    assert (due.status, due.due, due.missing) == ("final", on_fingers(start, n), ())
    assert due.due == due.earliest == due.latest == CALENDAR.count(start, Term(n, "working_days")).due


def test_fifteen_working_days_from_every_day_on_which_one_can_start() -> None:
    for n in range(8370):
        start = date(2004, 1, 1) + n * DAY
        assert CALENDAR.add_working_days(start, 15).due == on_fingers(start, 15)
    assert start == date(2026, 11, 30)


@given(st.dates(date(2004, 1, 3), date(2026, 8, 31)).filter(lambda day: not worked(day)), st.integers(1, 30))
def test_a_start_on_a_rest_day_counts_like_the_working_day_before_it(start: date, n: int) -> None:
    before = on_fingers(start, 1, -DAY)
    assert CALENDAR.add_working_days(start, n).due == CALENDAR.add_working_days(before, n).due


@given(st.dates(date(2004, 6, 1), date(2026, 12, 31)), st.integers(1, 60))
def test_the_nth_working_day_before_a_day(day: date, n: int) -> None:
    assert CALENDAR.subtract_working_days(day, n).due == on_fingers(day, n, -DAY)


@given(starts, starts)
def test_working_days_between_two_days(a: date, b: date) -> None:
    first, last = min(a, b), max(a, b)
    counted = sum(worked(first + n * DAY) for n in range(1, (last - first).days + 1))
    assert CALENDAR.working_days_after(a, b) == (counted if a <= b else -counted)


def test_a_trace_shows_each_day_counted_or_skipped_and_why() -> None:
    trace = CALENDAR.add_working_days(date(2026, 9, 18), 15).trace()
    assert (trace[0].date, trace[0].reason, trace[0].counted) == (date(2026, 9, 18), "start", False)
    assert [row.number for row in trace if row.counted] == list(range(1, 16))
    assert trace[-1].date == date(2026, 10, 15)
    by_date = {row.date: row for row in trace}
    makeup, rest = by_date[date(2026, 9, 20)], by_date[date(2026, 10, 1)]
    assert (makeup.counted, makeup.kind, makeup.document) == (True, "makeup", "国办发明电〔2025〕7号")
    assert (rest.counted, rest.reason, rest.name) == (False, "rest", "国庆节")


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        ("2026-01-31", 1, "2026-02-28"),  # no corresponding day: the month's last, a make-up Saturday
        ("2025-11-30", 3, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-09-01", 1, "2025-10-09"),  # 1 October rolls off the whole holiday
        ("2026-04-09", 1, "2026-05-09"),  # a make-up Saturday is a working day
        ("2026-04-10", 1, "2026-05-11"),
    ],
)
def test_months_end_on_the_corresponding_day_and_roll_off_rest_days(start: str, months: int, due: str) -> None:
    assert str(CALENDAR.count(date.fromisoformat(start), Term(months, "months")).due) == due


def test_a_term_may_forbid_rolling_over() -> None:
    assert CALENDAR.count(date(2025, 9, 1), Term(1, "months", rollover=False)).due == date(2025, 10, 1)
    assert CALENDAR.count(date(2026, 9, 30), Term(1, "days", rollover=False)).due == date(2026, 10, 1)
    assert CALENDAR.count(date(2026, 9, 30), Term(1, "days")).due == date(2026, 10, 8)


def test_a_rolled_trace_names_the_day_that_gave_way() -> None:
    trace = CALENDAR.count(date(2025, 9, 1), Term(1, "months")).trace()
    reasons = {row.date: row.reason for row in trace}
    assert reasons[date(2025, 10, 1)] == "rolled"
    assert reasons[date(2025, 10, 2)] == "rest"
    assert reasons[date(2025, 10, 9)] == "last"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2025-11-21", "2026-11-21"),
        ("2024-02-29", "2025-02-28"),
        ("2023-02-28", "2024-02-28"),
        ("2023-12-31", "2024-12-31"),
    ],
)
def test_a_year_ends_on_the_corresponding_day(start: str, end: str) -> None:
    assert str(year_later(date.fromisoformat(start))) == end


def test_suspended_days_do_not_count() -> None:
    start, since, until = date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 11)
    term = Term(5, "working_days")
    due = CALENDAR.count(start, term, [(since, until)])
    # 3 and 4 March count; 5 to 11 March are suspended; then 12, 13 and 16 March.
    assert due.due == date(2026, 3, 16)
    assert {row.date.day for row in due.trace() if row.reason == "suspended"} == {5, 6, 7, 8, 9, 10, 11}
    assert CALENDAR.count(start, Term(10, "days"), [(since, until)]).due == date(2026, 3, 19)
    assert CALENDAR.count(start, Term(1, "months"), [(since, until)]).due == date(2026, 4, 9)


@given(starts, st.integers(1, 20), st.integers(0, 20), st.integers(0, 20))
def test_a_suspension_puts_the_date_off_by_the_working_days_in_it(start: date, n: int, after: int, length: int) -> None:
    since = start + after * DAY
    due = CALENDAR.count(start, Term(n, "working_days"), [(since, since + length * DAY)]).due
    assert due is not None
    counted = [start + k * DAY for k in range(1, (due - start).days + 1)]
    assert sum(worked(day) and not since < day <= since + length * DAY for day in counted) == n


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: CALENDAR.add_working_days(date(2026, 1, 1), 0), "length"),
        (lambda: CALENDAR.add_working_days(date(2026, 1, 1), -3), "length"),
        (lambda: CALENDAR.count(date(2026, 1, 1), Term(0, "days")), "length"),
        (lambda: CALENDAR.subtract_working_days(date(2026, 1, 1), 0), "length"),
        (lambda: CALENDAR.add_working_days(date(2003, 12, 31), 1), "before_first"),
        (lambda: CALENDAR.count(date(2003, 12, 31), Term(1, "months")), "before_first"),
        (lambda: CALENDAR.subtract_working_days(date(2004, 1, 5), 9), "before_first"),
        (lambda: CALENDAR.day(date(2003, 12, 31)), "before_first"),
        (lambda: CALENDAR.day(date(3026, 1, 1)), "beyond_horizon"),
        (lambda: CALENDAR.add_working_days(date(2100, 1, 1), 1), "beyond_horizon"),
        (lambda: CALENDAR.add_working_days(date(2026, 3, 2), 0), "length"),
        (lambda: CALENDAR.count(date.max, Term(1, "months")), "beyond_horizon"),
        (lambda: CALENDAR.subtract_working_days(date.max, 1), "beyond_horizon"),
        (lambda: CALENDAR.subtract_working_days(date.min, 1), "before_first"),
        (lambda: CALENDAR.add_working_days(date(2026, 1, 1), 100_000), "beyond_horizon"),
        (lambda: CALENDAR.count(date(2026, 1, 1), Term(10**9, "years")), "beyond_horizon"),
        (lambda: CALENDAR.count(date(2026, 1, 1), Term(10**9, "days")), "beyond_horizon"),
        (lambda: CALENDAR.working_days_after(date(2026, 1, 1), date(2100, 1, 1)), "beyond_horizon"),
        (
            lambda: CALENDAR.count(date(2026, 1, 1), Term(1, "days"), [(date(2026, 2, 2), date(2026, 2, 1))]),
            "suspension",
        ),
        (lambda: calendars.load("CN-XZ"), "unknown_region"),
        (lambda: calendars.load(known_on=date(2003, 1, 1)), "nothing_known"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_a_reason(ask, code: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CalendarRefused) as refused:
        ask()
    assert refused.value.code == code
    assert "{" not in str(refused.value)


def test_as_known_on_a_day_counts_by_what_had_been_published() -> None:
    start = date(2019, 4, 25)
    assert calendars.load(known_on=date(2019, 3, 1)).add_working_days(start, 4).due == date(2019, 5, 2)
    assert calendars.load(known_on=date(2019, 3, 22)).add_working_days(start, 4).due == date(2019, 4, 30)


def test_versions_are_compared_by_equality() -> None:
    assert calendars.load(known_on=date(2025, 11, 4)).version == CALENDAR.version
    assert calendars.load(known_on=date(2025, 11, 3)).version == "国办发明电〔2024〕12号+25"
    assert calendars.load("CN-XJ").version == "国办发明电〔2025〕7号+26/CN-XJ+10"
