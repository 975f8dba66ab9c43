"""The days beyond the notices, as far as they can be expected: ten years, then the calendar refuses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from calendars.days import Day, Setting, ordinary, set_apart
from calendars.expected_days import HORIZON_YEARS, Budget, expected_holidays, expected_settings
from calendars.refusals import CalendarRefused
from calendars.table import Table, exceptions


class Outlook:
    """The calendar carried on from its last notice with every day off that may be off and no make-up day."""

    def __init__(
        self, settled: Mapping[date, Setting], first: date, settled_until: date, last_year: int, known_on: date
    ) -> None:
        self.last = date(last_year + HORIZON_YEARS, 12, 31)
        years = range(last_year + 1, last_year + HORIZON_YEARS + 1)
        self._holidays = [holiday for year in years for holiday in expected_holidays(year, known_on)]
        expected = {d: s for d, s in expected_settings(self._holidays).items() if d > settled_until}
        self._settings = {**expected, **settled}
        self._table = Table(first, self.last, exceptions(self._settings))

    def day(self, day: date) -> Day:
        """The day as expected, marked provisional."""
        self.through(day)
        setting = self._settings.get(day)
        return set_apart(day, setting, "provisional") if setting else ordinary(day, "provisional")

    def through(self, day: date) -> Table:
        """The table that reaches this day. Refuses what lies beyond the horizon."""
        if day > self.last:
            raise CalendarRefused("beyond_horizon", day=day, last=self.last)
        return self._table

    def budget(self) -> Budget:
        """The make-up days still to come, for one count."""
        return Budget(self._holidays)
