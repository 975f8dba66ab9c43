"""What may be written for an option, each refused with a sentence that says how to write it."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Any

import click

import words


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How it is written."""
        return "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that is written. Refuses what is no day of the calendar."""
        if isinstance(value, date):
            return value
        written = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value, re.ASCII)
        if written is None:
            self.fail(words.say("console.not_a_date", written=value), param, ctx)
        year, month, day = map(int, written.groups())
        try:
            return date(year, month, day)
        except ValueError:
            pass
        if year and 1 <= month <= 12:
            last = monthrange(year, month)[1]
            self.fail(words.say("console.no_such_day", written=value, year=year, month=month, last=last), param, ctx)
        self.fail(words.say("console.no_such_month", written=value), param, ctx)


class OneOf(click.Choice[str]):
    """One of a few words."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """What may be written instead."""
        return words.say("console.not_one_of", written=value, known=words.say("console.comma").join(self.choices))


class Number(click.ParamType[int]):
    """A whole number within bounds, both included."""

    name = "number"

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How it is written."""
        return "N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number that is written. Refuses what is none, or out of bounds."""
        if isinstance(value, int):
            return value
        if re.fullmatch(r"\d{1,9}", value, re.ASCII) and self.least <= int(value) <= self.most:
            return int(value)
        self.fail(words.say("console.not_a_number", written=value, least=self.least, most=self.most), param, ctx)


DAY = Day()
YEAR = Number(2004, 2100)
