"""Draw a year in the terminal, as many months per row as it holds, with a mark for the kind of each day."""

from __future__ import annotations

import calendar as weeks
import sys
from datetime import date
from itertools import zip_longest
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import messages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calendars import Day

MOST_PER_ROW = 3
GAP = 2
CELL = 4
"""Terminal cells per day: two for the number, two for the mark."""
MARKS = ("statutory", "holiday", "makeup", "provisional")


def draw_year(year: int, version: str, days: Sequence[Day]) -> str:
    """The year with its legend."""
    from calendars.statutory import statutory_days

    statutory = {day for day, _ in statutory_days(year)}
    cells = {day.date: f"{day.date.day:>2}{_padded(_mark(day, day.date in statutory), 2)}" for day in days}
    months = [_month(year, month, cells) for month in range(1, 13)]
    width = 7 * CELL
    per_row = _months_per_row(width)
    rows = [months[at : at + per_row] for at in range(0, 12, per_row)]
    body = "\n\n".join("\n".join(_side_by_side(row, width)) for row in rows)
    legend = "  ".join(messages.text(f"calendar.legend_{mark}") for mark in MARKS)
    return f"{messages.text('calendar.year_head', year=year, version=version)}\n\n{body}\n\n{legend}"


def _side_by_side(months: Sequence[list[str]], width: int) -> Iterator[str]:
    for lines in zip_longest(*months, fillvalue=""):
        yield (" " * GAP).join(_padded(line, width) for line in lines).rstrip()


def _months_per_row(width: int) -> int:
    """As many months as the terminal holds; where there is none, the most."""
    if not sys.stdout.isatty():
        return MOST_PER_ROW
    columns = get_terminal_size().columns
    # A mark at the end of the last month may reach into the gap.
    return max(1, min(MOST_PER_ROW, columns // (width + GAP)))


def _month(year: int, month: int, cells: dict[date, str]) -> list[str]:
    heads = "".join(_padded(messages.text(f"calendar.short_weekday_{day}"), CELL) for day in range(7))
    lines = [
        "".join(cells[date(year, month, day)] if day else " " * CELL for day in week)
        for week in weeks.Calendar().monthdayscalendar(year, month)
    ]
    return [messages.text(f"console.col_month_{month}"), heads, *lines]


def _mark(day: Day, statutory: bool) -> str:
    """The mark of a day. A statutory holiday is final even before the notice of its year is published."""
    if day.kind in ("workday", "weekend"):
        return ""
    kind = "statutory" if statutory else "provisional" if day.status == "provisional" else day.kind
    return messages.text(f"calendar.mark_{kind}")


def _padded(text: str, width: int) -> str:
    from rich.cells import cell_len

    return text + " " * (width - cell_len(text))
