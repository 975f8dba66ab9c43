"""The working-day calendar of the People's Republic of China, each date with its proof.

>>> from datetime import date
>>> import calendars
>>> calendars.load().add_working_days(date(2026, 9, 18), 15).due
datetime.date(2026, 10, 15)
"""

from calendars.answers import Due, TraceDay
from calendars.calendar import Calendar
from calendars.days import Day
from calendars.holiday_text.notice import Notice
from calendars.loading import load
from calendars.refusals import CalendarRefused
from calendars.terms import Term, months_later, year_later

__all__ = [
    "Calendar",
    "CalendarRefused",
    "Day",
    "Due",
    "Notice",
    "Term",
    "TraceDay",
    "load",
    "months_later",
    "year_later",
]
