"""The one error of this package."""

from __future__ import annotations

from messages.errors import DuchaError, Outcome


class CalendarRefused(DuchaError):
    """An input the calendar does not answer."""

    area = "calendar"
    outcome = Outcome.REFUSED
    heading = "refused"
