"""Commands of the access record: who read what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import click

import messages
from cli.output.printing import show_list, table
from cli.parsing.commands import Group, option
from cli.parsing.completion import units
from cli.parsing.options import Options
from cli.parsing.param_types import CASE, DAY, Number, OneOf
from cli.parsing.reader_option import reader_option

if TYPE_CHECKING:
    from casework.views.access_list import AccessView

KINDS: Final = (
    "case", "case_list", "verdict", "document", "messages", "overdue", "journal", "frequency", "load", "bundle",
    "verification", "units", "accounts", "account_history", "access_record",
)  # fmt: skip


@click.group("access", cls=Group, help="console.entry_access")
def access() -> None:
    """Who read what."""


@access.command("list", help="console.access_list")
@option("--account", metavar="NAME", help="console.opt_read_by")
@option("--kind", type=OneOf(KINDS, "access.read_"), metavar="KIND", help="console.opt_read_kind")
@option("--case", "case_id", metavar="CASE", type=CASE, help="console.arg_case")
@option("--unit", metavar="CODE", help="console.opt_unit", shell_complete=units)
@option("--since", type=DAY, help="console.opt_since")
@option("--until", type=DAY, help="console.opt_until")
@option("--limit", type=Number(1, 10_000), default=200, help="console.opt_limit")
@reader_option
@click.pass_obj
def list_reads(settings: Options, /, reader: str | None, limit: int, **asked: Any) -> None:
    """List reads, the newest first."""
    from casework.views import access_list

    with settings.reading_as(reader) as (session, by):
        reads = access_list.list_reads(session, by, limit=limit + 1, **asked)
    show_list(settings, reads, limit, _format_reads)


def _format_reads(reads: Sequence[AccessView]) -> str:
    rows = (
        (
            f"{one.recorded_at:%Y-%m-%d %H:%M:%S}",
            one.account or messages.text("access.operator"),
            messages.text(f"access.read_{one.kind}"),
            one.case,
            one.unit,
            "" if one.found else messages.text("access.nothing_shown"),
        )
        for one in reads
    )
    return table(("recorded_at", "reader", "read", "case", "unit", "remark"), rows)
