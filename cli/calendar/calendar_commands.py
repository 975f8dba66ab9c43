"""Commands of the working-day calendar: due dates, days, years, versions, and checking or importing notices."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

import messages
from cli.calendar.calendar_output import kind_and_name, known_calendar, weekday, withdrawn_notices
from cli.calendar.due_command import due
from cli.calendar.holiday_notice_commands import check, take_in, withdraw
from cli.calendar.year_drawing import draw_year
from cli.output.printing import section, show, table
from cli.parsing.commands import Group, argument, option
from cli.parsing.options import Options
from cli.parsing.param_types import DAY, YEAR

if TYPE_CHECKING:
    from casework.views.calendar_models import CalendarVersions, DayView

CSV_COLUMNS = ("date", "is_workday", "kind", "name", "document")


@click.group("calendar", cls=Group, help="console.entry_calendar")
def calendar() -> None:
    """The working-day calendar."""


calendar.add_command(due)


@calendar.command("days", help="calendar.cmd_days")
@option("--from", "first", type=DAY, required=True, help="calendar.opt_from")
@option("--to", "last", type=DAY, required=True, help="calendar.opt_to")
@option("--csv", "as_csv", is_flag=True, help="calendar.opt_csv")
@option("--region", metavar="CODE", help="calendar.opt_region")
@option("--known-on", type=DAY, help="calendar.opt_known_on")
@click.pass_obj
def days(settings: Options, first: date, last: date, as_csv: bool, region: str | None, known_on: date | None) -> None:
    """Print the kind of each day and the document that sets it."""
    if last < first:
        raise click.UsageError(messages.text("calendar.days_reversed", first=first, last=last))
    from casework.views.calendar_views import day_view

    found = [day_view(day) for day in known_calendar(settings, region, known_on).days(first, last)]
    if as_csv:
        _write_csv(found)
    else:
        show(settings, found, _format_days)


@calendar.command("show", help="calendar.cmd_show")
@argument("year", type=YEAR, metavar="YEAR", help="calendar.arg_year")
@option("--region", metavar="CODE", help="calendar.opt_region")
@option("--known-on", type=DAY, help="calendar.opt_known_on")
@click.pass_obj
def year(settings: Options, year: int, region: str | None, known_on: date | None) -> None:
    """Draw a year."""
    from casework.views.calendar_models import YearView
    from casework.views.calendar_views import day_view

    found = known_calendar(settings, region, known_on)
    listed = list(found.days(date(year, 1, 1), date(year, 12, 31)))
    view = YearView(year=year, calendar_version=found.version, days=tuple(day_view(day) for day in listed))
    show(settings, view, lambda _: draw_year(year, found.version, listed))


calendar.add_command(take_in)
calendar.add_command(withdraw)
calendar.add_command(check)


@calendar.command("versions", help="calendar.cmd_versions")
@option("--region", metavar="CODE", help="calendar.opt_region")
@click.pass_obj
def versions(settings: Options, region: str | None) -> None:
    """List the holiday notices behind the calendar, and the version each one created."""
    from casework.views.calendar_views import versions_view

    found = versions_view(known_calendar(settings, region), withdrawn_notices(settings))
    show(settings, found, _format_versions)


def _write_csv(days: Sequence[DayView]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for day in days:
        row = {**day.model_dump(mode="json"), "is_workday": "true" if day.is_workday else "false"}
        writer.writerow(row[name] for name in CSV_COLUMNS)


def _format_days(days: Sequence[DayView]) -> str:
    rows = (
        (
            day.date,
            weekday(day.date),
            kind_and_name(day.kind, day.name),
            messages.text("calendar.provisional") if day.status == "provisional" else "",
            day.document,
            day.clause,
        )
        for day in days
    )
    return table(("on", "weekday", "day_kind", "remark", "document", "clause"), rows)


def _format_versions(found: CalendarVersions) -> str:
    columns = ("version", "year", "published", "title")
    listed = table(columns, ([getattr(row, name) for name in columns] for row in found.versions))
    reach = messages.text("calendar.reach", first=found.first_day, last=found.last_final_day)
    gone = ("document", "year", "withdrawn_by", "withdrawn_at", "reason")
    rows = [[getattr(row, name) for name in gone] for row in found.withdrawn]
    return f"{listed}\n\n{reach}" + (section("withdrawn_notices", table(gone, rows)) if rows else "")
