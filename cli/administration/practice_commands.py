"""Commands of a practice database."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

import messages
from cli.output.printing import show
from cli.parsing.commands import Group, argument
from cli.parsing.options import Options
from cli.parsing.param_types import DAY

if TYPE_CHECKING:
    from casework.administration.practice import PracticeDay


@click.group("practice", cls=Group, help="console.entry_practice")
def practice() -> None:
    """Practice databases."""


@practice.command("now", help="console.practice_now")
@argument("day", metavar="[DAY]", type=DAY, required=False, help="console.arg_practice_day")
@click.pass_obj
def now(settings: Options, day: date | None) -> None:
    """Show the day that a practice database stands on, or set it."""
    from casework.administration import practice

    if day is None:
        with settings.reading() as session:
            found = practice.show_day(session)
    else:
        with settings.writing() as session:
            found = practice.set_day(session, day)
    show(settings, found, _format_day)


def _format_day(found: PracticeDay) -> str:
    return messages.text("console.practice_stands_on", day=found.day)
