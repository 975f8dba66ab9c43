"""What 「N日」 means differs from law to law."""

from __future__ import annotations

from datetime import date

import pytest

import calendars
from calendars import CalendarRefused
from calendars.laws import law, laws

BEFORE_NATIONAL_DAY = date(2026, 9, 28)


@pytest.mark.parametrize(
    ("title", "length", "unit", "due"),
    [
        ("行政处罚法", 7, "days", "2026-10-13"),  # working days: 29, 30, 8, 9, 10 (make-up), 12, 13
        ("行政处罚法", 10, "days", "2026-10-08"),  # calendar days to 8 October
        ("行政许可法", 20, "days", "2026-10-30"),
        ("民法典", 5, "days", "2026-10-08"),  # 3 October rolls off the holiday
        ("刑事诉讼法", 5, "days", "2026-10-08"),
        ("刑事诉讼法在押期间", 5, "days", "2026-10-03"),  # custody is not prolonged by a holiday
        ("行政复议法", 1, "months", "2026-10-28"),
    ],
)
def test_each_law_counts_its_own_way(title: str, length: int, unit: str, due: str) -> None:
    term = law(title).term(length, unit)  # type: ignore[arg-type]
    assert str(calendars.load().count(BEFORE_NATIONAL_DAY, term).due) == due


def test_every_term_cites_its_articles() -> None:
    assert law("行政处罚法").term(7, "days").article == "行政处罚法第八十五条"
    assert law("行政处罚法").term(30, "days").article == "行政处罚法第八十五条；民法典第二百零三条"
    assert law("民法典").term(1, "months").article == "民法典第二百零一条、第二百零二条、第二百零三条"
    assert all("条" in one.term(1, "months").article for one in laws().values())


def test_an_unknown_law_is_refused() -> None:
    with pytest.raises(CalendarRefused, match="税收征收管理法"):
        law("税收征收管理法")
