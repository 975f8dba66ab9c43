"""What may be written for an option, each refused with a sentence that says how to write it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection
from datetime import date
from typing import Any, Final

import click
from click.shell_completion import CompletionItem

import messages
from messages.names import fold_name, refused_character, unseen
from messages.spellings import meant, plain_code, plain_day

LONGEST_NAME: Final = 60
LONGEST_LINE: Final = 200
"""Characters of an idempotency key or a reason."""


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
        written = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", plain_day(value), re.ASCII)
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


class OneOf(click.ParamType[str]):
    """One of a few codes, written as the code or by (enough of) its name; ``area`` is what its texts begin with."""

    name = "choice"

    def __init__(self, codes: Collection[str], area: str) -> None:
        self.codes, self.area = codes, area

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How it is written."""
        return f"[{'|'.join(self.codes)}]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code that is meant. Refuses what is none, or may be several."""
        found = any_of(value, self.codes, self.area)
        if len(found) != 1:
            self.fail(not_one_of(value, self.codes, self.area), param, ctx)
        return found[0]

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The codes that begin so, each with its name."""
        return [CompletionItem(code, help=named(self.area, code)) for code in self.codes if code.startswith(incomplete)]


class CaseId(click.ParamType[str]):
    """The number of a case; small letters and full-width signs are taken, too."""

    name = "case"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The number as it is kept."""
        return plain_code(str(value))

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The cases whose number begins so."""
        from cli.parsing.completion import cases

        return cases(ctx, param, incomplete)


def any_of(written: str, codes: Collection[str], area: str) -> tuple[str, ...]:
    """The codes that a word may mean, by code or name; none where it means nothing."""
    return meant(written, {code: messages.text(f"{area}{code}", "zh") for code in codes})


def named(area: str, code: str) -> str:
    """What people call a code of this area."""
    return messages.text(f"{area}{code}")


def not_one_of(written: str, codes: Collection[str], area: str) -> str:
    """That a word is none of these codes, with all of them and their names."""
    known = messages.text("console.comma").join(f"{code} {named(area, code)}" for code in codes)
    return messages.text("console.not_one_of", written=written, known=known)


def several_of(written: str | None, codes: Collection[str], area: str, option: str) -> tuple[str, ...] | None:
    """All codes that a word may mean, which are looked up only now: 已批准 is a state of several procedures.

    Raises click.BadParameter where it means none.
    """
    if written is None:
        return None
    if not (found := any_of(written, codes, area)):
        raise click.BadParameter(not_one_of(written, codes, area), param_hint=option)
    return found


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
        if character := refused_character(written):
            self.fail(messages.text("console.name_unseen", character=character), param, ctx)
        if JURISDICTION_SEPARATOR in written:
            self.fail(messages.text("console.name_colon", separator=JURISDICTION_SEPARATOR), param, ctx)
        if not fold_name(written) or len(written) > LONGEST_NAME:
            self.fail(messages.text("console.name_length", most=LONGEST_NAME), param, ctx)
        return written


class Line(click.ParamType[str]):
    """A text on one line that can be seen, such as an idempotency key or a reason."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text without blanks around it. Refuses what is empty, too long, or holds what cannot be seen."""
        written = str(value).strip()
        if character := unseen(written, frozenset()):
            self.fail(messages.text("console.line_unseen", character=character), param, ctx)
        if not 1 <= len(written) <= LONGEST_LINE:
            self.fail(messages.text("console.line_length", most=LONGEST_LINE), param, ctx)
        return written


DAY = Day()
CASE = CaseId()
LINE = Line()
YEAR = Number(2004, 2100)
