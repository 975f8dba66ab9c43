"""The working-day calendar of one region as known on one day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property

from calendars import counting
from calendars.answers import Due, TraceDay
from calendars.days import Day, Setting, ordinary, set_apart
from calendars.expected_days import HORIZON_YEARS, settled_until
from calendars.forecast import Outlook
from calendars.holiday_text.notice import Notice
from calendars.known_days import Stretch
from calendars.overlay import overlay_notices
from calendars.refusals import CalendarRefused
from calendars.regions import Layer
from calendars.table import Table, exceptions
from calendars.terms import Term

WORKING_DAYS_ARTICLE = "民法典第二百零一条"


class Calendar:
    """Says of each day what it legally is, and counts terms over the days.

    It rests on ``notices`` and, for a region, on a layer of days of its own. Use ``calendars.load`` to get one.
    """

    def __init__(self, notices: Sequence[Notice], layer: Layer | None = None, known_on: date = date.max) -> None:
        annual = [notice.year for notice in notices if notice.standing == "annual"]
        if not annual:
            raise CalendarRefused("nothing_known", known_on=known_on)
        self.notices = tuple(sorted(notices, key=lambda notice: notice.known_from))
        self.layer = layer
        self.known_on = known_on
        self.last_year = max(annual)
        self.first_day = date(min(annual), 1, 1)
        self.version = f"{self.notices[-1].document}+{len(self.notices)}" + (f"/{layer.version}" if layer else "")
        self.national = overlay_notices(self.notices)
        self.settings: dict[date, Setting] = self.national | (layer.settings if layer else {})
        self.last_final_day = settled_until(self.last_year, known_on)
        self.table = Table(self.first_day, self.last_final_day, exceptions(self.settings))
        self._doubts = layer.doubts(self.first_day, self.last_final_day) if layer else None

    @cached_property
    def outlook(self) -> Outlook:
        """The days beyond the notices, as far as they can be expected."""
        return Outlook(self.settings, self.first_day, self.last_final_day, self.last_year, self.known_on)

    def day(self, day: date) -> Day:
        """What a day is. Refuses days before the first notice and beyond the horizon."""
        if day > self.last_final_day:
            return self.outlook.day(day)
        if day < self.first_day:
            raise CalendarRefused("before_first", day=day, first=self.first_day)
        setting = self.settings.get(day)
        if setting:
            return set_apart(day, setting)
        return ordinary(day, "provisional" if self._in_doubt(day - timedelta(days=1), day) else "final")

    def days(self, a: date, b: date) -> Iterator[Day]:
        """The days a … b, both included."""
        return (self.day(a + timedelta(days=n)) for n in range((b - a).days + 1))

    def is_workday(self, day: date) -> bool:
        """Whether people work on this day, by the notices or, beyond them, by what is to be expected."""
        return self._through(day).works(day.toordinal())

    def add_working_days(self, start: date, n: int) -> Due:
        """The n-th working day after ``start``, which is not counted (Civil Code 201)."""
        table = self.table
        i = start.toordinal() - table.base
        if n < 1:
            raise CalendarRefused("length", length=n)
        if i < 0:
            raise CalendarRefused("before_first", day=start, first=self.first_day)
        try:
            due = date.fromordinal(table.nth[table.rank[i] + n])
        except IndexError:
            due = None
        if due is None or (self._doubts and self._in_doubt(start, due)):
            return self.count(start, Term(n, "working_days", article=WORKING_DAYS_ARTICLE))
        return Due("final", due, due, due, self.version, (), (self._retrace, (start, n)))

    def subtract_working_days(self, day: date, n: int) -> Due:
        """The n-th working day before ``day``."""
        return counting.backward(self, day, n)

    def count(self, start: date, term: Term, skipping: Sequence[Stretch] = ()) -> Due:
        """The end of a term from ``start``. ``skipping``: suspensions (a, b], the days after a up to b not counting."""
        return counting.forward(self, start, term, skipping)

    def working_days_after(self, a: date, b: date) -> int:
        """Working days in (a, b], negative when b < a. Beyond the notices by the latest assumption: no make-up days."""
        if b < a:
            return -self.working_days_after(b, a)
        return self._through(a, b).count(a.toordinal(), b.toordinal())

    def known(self, a: date, b: date) -> bool:
        """Whether no day in (a, b] can still become different."""
        return b <= self.last_final_day and not self._in_doubt(a, b)

    @property
    def horizon(self) -> date:
        """The last day this calendar speaks of."""
        return date(self.last_year + HORIZON_YEARS, 12, 31)

    def works_nationally(self, day: date) -> bool:
        """Whether the day may be worked as far as the State Council's notices go, the region's layer aside."""
        setting = self.national.get(day)
        return setting.kind == "makeup" if setting else day.weekday() < 5

    def missing(self, a: date, b: date) -> list[str]:
        """The documents that would settle the days a … b."""
        years = [year for year in range(self.last_year + 1, b.year + 1) if year >= a.year]
        next_year = max(b.year, self.last_year) + 1
        if b > settled_until(next_year - 1, self.known_on):
            years.append(next_year)
        titles = [f"国务院办公厅关于{year}年部分节假日安排的通知" for year in years]
        return titles + (self.layer.missing(a, b) if self.layer else [])

    def _through(self, *days: date) -> Table:
        """The table that reaches these days. Refuses days outside every table."""
        if min(days) < self.first_day:
            raise CalendarRefused("before_first", day=min(days), first=self.first_day)
        if max(days) <= self.last_final_day:
            return self.table
        return self.outlook.through(max(days))

    def _in_doubt(self, a: date, b: date) -> bool:
        """Whether the region's own days in (a, b] are uncertain."""
        if not self._doubts:
            return False
        base = self.table.base
        return self._doubts[b.toordinal() - base + 1] > self._doubts[a.toordinal() - base + 1]

    def _retrace(self, start: date, n: int) -> list[TraceDay]:
        return self.count(start, Term(n, "working_days", article=WORKING_DAYS_ARTICLE)).trace()
