"""The one error of this package."""

from __future__ import annotations

import messages


class CalendarRefused(Exception):
    """An input the calendar does not answer. ``code`` names the texts ``calendar.<code>`` and
    ``calendar.<code>_cure``; ``params`` fill them in."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    @property
    def fact(self) -> str:
        """What cannot be answered, and why."""
        return self._said(self.code)

    @property
    def cure(self) -> str:
        """What to do instead."""
        return self._said(f"{self.code}_cure")

    def __str__(self) -> str:
        return f"{self.fact} {self.cure}"

    def _said(self, key: str) -> str:
        return messages.text(f"calendar.{key}", None, **self.params)
