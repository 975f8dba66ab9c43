"""Rows that cannot be read, named for people; a command that only reads is then run again without them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import click

import messages
from cli.parsing.options import Options
from messages.errors import DuchaError

if TYPE_CHECKING:
    from storage.row_checks import BadRow

SHOWN: Final = 20
"""Rows that are named; of more, the number."""


def behind(settings: Options, error: Exception) -> Sequence[BadRow]:
    """The rows that may have led to an error of the program; none where it has another cause, or was looked at."""
    from regulations.errors import RegulationsError

    if settings.bad_rows:
        return settings.bad_rows
    expected = isinstance(error, DuchaError) and not isinstance(error, RegulationsError)
    if expected or isinstance(error, click.ClickException | OSError):
        return ()
    from storage.engine import connect
    from storage.row_checks import bad_rows

    try:
        database = connect(settings.url, busy_seconds=settings.environment.busy_seconds)
        try:
            with database.reading() as session:
                return bad_rows(session)
        finally:
            database.close()
    except Exception:
        # What went wrong first is reported.
        return ()


def warn(found: Sequence[BadRow]) -> None:
    """Name the rows that are left out, on standard error."""
    click.echo(messages.text("console.rows_left_out", rows=_listed(found), count=len(found)), err=True)


def error_of(found: Sequence[BadRow]) -> DuchaError:
    """The error that names the rows."""
    from storage.errors import RowsUnreadable

    return RowsUnreadable(_listed(found), len(found))


def _listed(found: Sequence[BadRow]) -> str:
    lines = [_line(one) for one in found[:SHOWN]]
    if len(found) > SHOWN:
        lines.append(messages.text("console.rows_more", count=len(found) - SHOWN))
    return "\n".join(lines)


def _line(one: BadRow) -> str:
    flaw = messages.text(f"console.row_{one.flaw}")
    return messages.text("console.bad_row", table=one.table, key=one.key, column=one.column, value=one.value, flaw=flaw)
