"""Watching the year go by on standard error: a bar in a terminal, a line a month elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields

import click

import messages
from demo.run_year import Audience, Day


@contextmanager
def progress_bar(days: int) -> Iterator[Audience]:
    """A listener called after every day."""
    if not sys.stderr.isatty():
        yield Months()
        return
    label = messages.text("demo.playing")
    with click.progressbar(length=days, label=label, item_show_func=_date, show_eta=False, file=sys.stderr) as bar:
        yield lambda day: bar.update(1, day)


def _date(day: Day | None) -> str:
    return day.on.isoformat() if day else ""


@dataclass(slots=True)
class Months:
    """Adds up the days of a month, and says a line at its end."""

    acts: int = 0
    refused: int = 0
    nights: int = 0
    notices: int = 0

    def __call__(self, day: Day) -> None:
        """Count a day in."""
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(day, field.name))
        if day.ends_the_month:
            self._tell(day)

    def _tell(self, day: Day) -> None:
        counts = {field.name: getattr(self, field.name) for field in fields(self)}
        click.echo(messages.text("demo.month", month=f"{day.on:%Y-%m}", **counts), err=True)
        self.acts = self.refused = self.nights = self.notices = 0
