"""The one error of this package."""

from __future__ import annotations


class CalendarRefused(Exception):
    """An input the calendar does not answer. ``code`` names the text ``calendar.<code>``, ``params`` fill it in."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        import words

        return words.say(f"calendar.{self.code}", None, **self.params)
