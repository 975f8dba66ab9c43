"""``ducha calendar due``: compute the last day of a term, with a day-by-day trace."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

import messages
from cli.calendar.calendar_output import kind_and_name, known_calendar, weekday
from cli.output.printing import facts, join_names, section, show, table
from cli.parsing.commands import Command, option
from cli.parsing.options import Options
from cli.parsing.param_types import DAY

if TYPE_CHECKING:
    from calendars import Term
    from casework.views.calendar_models import DueView, TraceRow

REFUSED = 5


class Length(click.ParamType[int]):
    """A whole number; the calendar checks whether a term may have this length."""

    name = "length"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """The placeholder in help pages."""
        return "N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Parse the number; fail if the text is not a whole number."""
        if isinstance(value, int) or re.fullmatch(r"-?\d{1,9}", value, re.ASCII):
            return int(value)
        self.fail(messages.text("calendar.not_a_length", written=value), param, ctx)


LENGTH = Length()


@click.command("due", cls=Command, help="calendar.cmd_due")
@option("--start", type=DAY, required=True, help="calendar.opt_start")
@option("--days", "working_days", type=LENGTH, help="calendar.opt_days")
@option("--natural-days", "days", type=LENGTH, help="calendar.opt_natural_days")
@option("--months", type=LENGTH, help="calendar.opt_months")
@option("--years", type=LENGTH, help="calendar.opt_years")
@option("--no-rollover", is_flag=True, help="calendar.opt_no_rollover")
@option("--law", metavar="TITLE", help="calendar.opt_law")
@option("--explain", is_flag=True, help="calendar.opt_explain")
@option("--region", metavar="CODE", help="calendar.opt_region")
@option("--known-on", type=DAY, help="calendar.opt_known_on")
@click.pass_obj
def due(
    settings: Options,
    /,
    start: date,
    no_rollover: bool,
    law: str | None,
    explain: bool,
    region: str | None,
    known_on: date | None,
    **lengths: int | None,
) -> int | None:
    """Print the last day of a term."""
    from calendars import CalendarRefused
    from casework.views.calendar_views import due_view, refused_view

    try:
        term = _term(lengths, law, not no_rollover)
        answer = known_calendar(settings, region, known_on).count(start, term)
    except CalendarRefused as error:
        if not settings.as_json:
            raise
        show(settings, refused_view(error, start=start, region=region, known_on=known_on), str)
        return REFUSED
    view = due_view(answer, term, start=start, region=region, known_on=known_on)
    show(settings, view, lambda due: _format_due(due, explain))
    return None


def _term(lengths: dict[str, int | None], law: str | None, rollover: bool) -> Term:
    """The requested term; with ``--law``, ``--days`` are days as that law defines them. Raises UsageError."""
    from calendars import Term, laws

    given = [(unit, length) for unit, length in lengths.items() if length is not None]
    if len(given) != 1:
        raise click.UsageError(messages.text("calendar.one_length"))
    unit, length = given[0]
    if law is None:
        return Term(length, unit, rollover)  # type: ignore[arg-type]
    return laws.law(law).term(length, "days" if unit == "working_days" else unit)  # type: ignore[arg-type]


def _format_due(found: DueView, explain: bool) -> str:
    term = found.term
    assert term is not None
    span = f"{found.earliest}" if found.earliest == found.latest else f"{found.earliest} ~ {found.latest}"
    text = facts(
        (
            ("start", found.start),
            ("term", messages.text(f"calendar.term_{term.unit}", length=term.length)),
            ("due", messages.text(f"calendar.due_{found.status}", day=span)),
            ("missing", join_names(found.missing)),
            ("article", term.article),
            ("calendar", found.calendar_version),
        )
    )
    return text + section("day_by_day", _format_trace(found.trace)) if explain else text


def _format_trace(trace: Sequence[TraceRow]) -> str:
    rows = (
        (
            row.number,
            row.date,
            weekday(row.date),
            messages.text(f"calendar.reason_{row.reason}"),
            kind_and_name(row.kind, row.name),
            row.document,
            row.clause,
        )
        for row in trace
    )
    return table(("number", "on", "weekday", "counted", "day_kind", "document", "clause"), rows)
