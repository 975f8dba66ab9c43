"""The month in which a county graded D reports, as the text of Yangjiang sets it."""

from __future__ import annotations

from datetime import date

import pytest

import calendars
import regulations
from states.engine.deadlines import Deadline
from tests.states.world import CALENDAR


@pytest.mark.parametrize(
    ("bulletin", "due"),
    [
        (date(2025, 9, 22), date(2025, 10, 22)),
        (date(2025, 9, 1), date(2025, 10, 9)),  # 1 October begins eight days of holiday
    ],
)
def test_it_ends_on_the_day_of_the_next_month_or_after_the_holiday(bulletin: date, due: date) -> None:
    term = regulations.load("yangjiang").term("rectification_report")
    budget = calendars.Term(term.length, term.unit, term.rollover, term.article)
    found = Deadline("YJ-2024-K01-A01", term.name, 1, "YJ", term.article, bulletin, "441702", budget).due(CALENDAR)
    assert found is not None and found.due == due
