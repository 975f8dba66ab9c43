"""What may be written for an option, each refused with a sentence that says how to write it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection
from datetime import date
from typing import Any, Final

import click

import messages
from messages.invisible_chars import unseen

LONGEST_NAME: Final = 60


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
            self.fail(messages.text("console.not_a_date", written=value), param, ctx)
        year, month, day = map(int, written.groups())
        try:
            return date(year, month, day)
        except ValueError:
            pass
        if year and 1 <= month <= 12:
            last = monthrange(year, month)[1]
            self.fail(
                messages.text("console.no_such_day", written=value, year=year, month=month, last=last), param, ctx
            )
        self.fail(messages.text("console.no_such_month", written=value), param, ctx)


class OneOf(click.Choice[str]):
    """One of a few words."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """What may be written instead."""
        return messages.text(
            "console.not_one_of", written=value, known=messages.text("console.comma").join(self.choices)
        )


def one_of(written: str | None, known: Collection[str], option: str) -> None:
    """Raises click.BadParameter where the word is none of those known, which are looked up only now."""
    if written is not None and written not in known:
        said = messages.text("console.not_one_of", written=written, known=messages.text("console.comma").join(known))
        raise click.BadParameter(said, param_hint=option)


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
        self.fail(messages.text("console.not_a_number", written=value, least=self.least, most=self.most), param, ctx)


class PersonName(click.ParamType[str]):
    """The name of an account: one line that can be seen."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name without blanks around it. Refuses what is empty, too long, or holds what cannot be seen."""
        from regulations.jurisdiction_files import JURISDICTION_SEPARATOR

        written = str(value).strip()
        if character := unseen(written, frozenset()):
            self.fail(messages.text("console.name_unseen", character=character), param, ctx)
        if JURISDICTION_SEPARATOR in written:
            self.fail(messages.text("console.name_colon", separator=JURISDICTION_SEPARATOR), param, ctx)
        if not 1 <= len(written) <= LONGEST_NAME:
            self.fail(messages.text("console.name_length", most=LONGEST_NAME), param, ctx)
        return written


DAY = Day()
YEAR = Number(2004, 2100)
