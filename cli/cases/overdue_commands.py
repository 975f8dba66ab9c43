"""Overviews: what is overdue, and which frequency keys are free."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

import messages
from cli.output.printing import Light, facts, join_names, section, show, table
from cli.parsing.commands import Command, option
from cli.parsing.jurisdiction_option import jurisdiction_code
from cli.parsing.options import Options
from cli.parsing.param_types import DAY, YEAR
from cli.parsing.reader_option import reader_option

if TYPE_CHECKING:
    from casework.views.case_models import DeadlineView
    from casework.views.frequency_board import FrequencyBoard, KeyRow, KeyUse
    from casework.views.overdue_deadlines import OverdueTable

MONTHS = tuple(range(1, 13))


@click.command("overdue", cls=Command, help="console.overdue")
@option("--as-of", "as_of", type=DAY, help="console.opt_as_of")
@option("--all", "every", is_flag=True, help="console.opt_every")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@reader_option
@click.pass_obj
def overdue(settings: Options, as_of: date | None, every: bool, jurisdiction: str | None, reader: str | None) -> None:
    """Show what is overdue."""
    from casework.views import overdue_deadlines

    with settings.reading_as(reader) as (session, by):
        found = overdue_deadlines.overdue_deadlines(
            session, settings.clock, by, as_of=as_of, jurisdiction=jurisdiction, every=every
        )
    show(settings, found, _overdue)


@click.command("frequency", cls=Command, help="console.frequency")
@option("--year", type=YEAR, help="console.opt_board_year")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@reader_option
@click.pass_obj
def frequency(settings: Options, year: int | None, jurisdiction: str | None, reader: str | None) -> None:
    """Show the board of targets and months."""
    from casework.clock import today
    from casework.views import frequency_board

    wanted = year or today(settings.clock).year
    with settings.reading_as(reader) as (session, by):
        found = frequency_board.frequency_board(
            session, settings.clock, by, jurisdiction=jurisdiction_code(session, jurisdiction), year=wanted
        )
    show(settings, found, _board)


def _overdue(found: OverdueTable) -> str:
    counts = join_names(f"{Light(colour)} {count}" for colour, count in found.counts.items())
    rows = (
        (
            Light(row.light),
            row.case,
            row.unit_name,
            row.title,
            _due(row),
            _days(row.days),
            row.citation,
        )
        for row in found.rows
    )
    headings = ("light", "case", "unit", "term", "due", "days", "article")
    head = messages.text("console.overdue_head", as_of=found.as_of, counts=counts)
    said = f"{head}\n{table(headings, rows, empty='console.none_overdue')}"
    return f"{said}\n{section('late', _late(found))}" if found.late else said


def _late(found: OverdueTable) -> str:
    """What ended late, or was entered late, in the year of the day."""
    from cli.cases.case_sections import ended_text

    rows = ((row.case, row.unit_name, row.title, _due(row), ended_text(row), row.citation) for row in found.late)
    return table(("case", "unit", "term", "due", "status", "article"), rows)


def _due(row: DeadlineView) -> date | str | None:
    return row.due if row.due == row.latest else f"{row.due} ~ {row.latest}"


def _days(days: int | None) -> str:
    if days is None:
        return ""
    return messages.text("console.days_over" if days < 0 else "console.days_left", days=abs(days))


def _board(found: FrequencyBoard) -> str:
    headings: list[str | int] = ["key", *MONTHS, "earliest", "load"]
    rows = (
        (
            _key_name(row),
            *(messages.text(f"console.cell_{cell}") for cell in row.cells),
            row.earliest_free or messages.text(f"console.{_why_not_free(row)}"),
            "/".join(str(row.load.get(name, 0)) for name in ("inspections", "visits", "material_requests"))
            if row.key_kind == "target"
            else "",
        )
        for row in found.rows
    )
    head = messages.text("console.board_head", year=found.year)
    uses = (
        (row.name, use.case, use.since, use.until or messages.text("console.pending"), _excepted(use))
        for row in found.rows
        for use in row.uses
    )
    duties = [
        messages.text("console.board_duty", kind=duty.kind_name, count=duty.missing, citation=duty.citation)
        for duty in found.duties
    ]
    return "\n".join(
        [
            head,
            *duties,
            table(headings, rows),
            facts([("legend", messages.text("console.board_legend"))]),
            section("uses", table(("key", "case", "since", "until", "remark"), uses)),
        ]
    )


def _key_name(row: KeyRow) -> str:
    """A unit by its name alone, which leaves room for the months; any other key with its kind."""
    return row.name if row.key_kind == "target" else f"{messages.text('key.' + row.key_kind)} {row.name}"


def _why_not_free(row: KeyRow) -> str:
    return "not_while_held" if any(use.held for use in row.uses) else "not_free_again"


def _excepted(use: KeyUse) -> str:
    return messages.text("console.by_exception") if use.exception else ""
