"""Overviews: what is overdue, and which frequency keys are free."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

import words
from console.commands import Command, option
from console.homes import home
from console.printing import Light, facts, joined, section, show, table
from console.settings import Settings
from console.values import DAY, YEAR

MONTHS = tuple(range(1, 13))


@click.command("overdue", cls=Command, help="console.overdue")
@option("--as-of", "as_of", type=DAY, help="console.opt_as_of")
@option("--all", "every", is_flag=True, help="console.opt_every")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@click.pass_obj
def overdue(settings: Settings, as_of: date | None, every: bool, jurisdiction: str | None) -> None:
    """Show what is overdue."""
    from casework import overdue

    with settings.reading() as session:
        found = overdue.table(session, settings.clock, as_of=as_of, jurisdiction=jurisdiction, every=every)
    show(settings, found, _overdue)


@click.command("frequency", cls=Command, help="console.frequency")
@option("--year", type=YEAR, help="console.opt_board_year")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@click.pass_obj
def frequency(settings: Settings, year: int | None, jurisdiction: str | None) -> None:
    """Show the board of targets and months."""
    from casework import board
    from casework.clock import today

    wanted = year or today(settings.clock).year
    with settings.reading() as session:
        found = board.board(session, settings.clock, jurisdiction=home(jurisdiction), year=wanted)
    show(settings, found, _board)


def _overdue(found: dict[str, Any]) -> str:
    counts = joined(f"{Light(colour)} {count}" for colour, count in found["counts"].items())
    rows = (
        (
            Light(row["light"]),
            row["case"],
            row["unit_name"],
            row["title"],
            row["due"] if row["due"] == row["latest"] else f"{row['due']} ~ {row['latest']}",
            _days(row["days"]),
            row["citation"],
        )
        for row in found["rows"]
    )
    headings = ("light", "case", "unit", "term", "due", "days", "article")
    head = words.say("console.overdue_head", as_of=found["as_of"], counts=counts)
    return f"{head}\n{table(headings, rows, empty='console.none_overdue')}"


def _days(days: int | None) -> str:
    if days is None:
        return ""
    return words.say("console.days_over" if days < 0 else "console.days_left", days=abs(days))


def _board(found: dict[str, Any]) -> str:
    headings = ("key", *(f"month_{month}" for month in MONTHS), "earliest", "load")
    rows = (
        (
            f"{words.say('key.' + row['key_kind'])} {row['name']}",
            *(words.say(f"console.cell_{cell}") for cell in row["cells"]),
            row["earliest_free"] or words.say("console.not_while_held"),
            "/".join(str(row["load"].get(name, 0)) for name in ("inspections", "visits", "material_requests"))
            if row["key_kind"] == "target"
            else "",
        )
        for row in found["rows"]
    )
    head = words.say("console.board_head", year=found["year"])
    uses = (
        (row["name"], use["case"], use["since"], use["until"] or words.say("console.pending"), _excepted(use))
        for row in found["rows"]
        for use in row["uses"]
    )
    return "\n".join(
        [
            head,
            table(headings, rows),
            facts([("legend", words.say("console.board_legend"))]),
            section("uses", table(("key", "case", "since", "until", "remark"), uses)),
        ]
    )


def _excepted(use: dict[str, Any]) -> str:
    return words.say("console.by_exception") if use["exception"] else ""
