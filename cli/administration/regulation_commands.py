"""Commands that show the text of a regulation and how the product covers each clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

import messages
from cli.administration import regulation_import_commands, regulation_version_commands
from cli.output.printing import facts, join_names, show, table
from cli.parsing.commands import Command, Group, argument, option
from cli.parsing.jurisdiction_option import jurisdiction_meant
from cli.parsing.options import Options

if TYPE_CHECKING:
    from casework.views.regulation_views import CoverageRow, RegulationView
    from regulations import Regulation


@click.group("regulation", cls=Group, help="console.entry_regulation")
def regulation() -> None:
    """Regulations."""


for command in (*regulation_import_commands.COMMANDS, *regulation_version_commands.COMMANDS):
    regulation.add_command(command)


@regulation.command("show", help="console.regulation_show")
@argument("ref", metavar="REF", required=False, help="console.arg_ref")
@option("--regulation", "key", metavar="ID", help="console.opt_regulation")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@click.pass_obj
def show_regulation(settings: Options, ref: str | None, key: str | None, jurisdiction: str | None) -> None:
    """Show the wording of a clause, or the whole regulation."""
    from casework.views.regulation_views import regulation_view

    show(settings, regulation_view(_regulation(settings, key, jurisdiction), ref), _format_regulation)


@click.command("coverage", cls=Command, help="console.coverage")
@option("--regulation", "key", metavar="ID", help="console.opt_regulation")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@click.pass_obj
def coverage(settings: Options, key: str | None, jurisdiction: str | None) -> None:
    """Show how the product covers each clause."""
    from casework.views.regulation_views import coverage_rows

    local = _regulation(settings, key, jurisdiction)
    covered = [local] if key or local.national is None else [local, local.national]
    show(settings, coverage_rows(covered), _format_coverage)


def _regulation(settings: Options, key: str | None, jurisdiction: str | None) -> Regulation:
    import regulations

    if key is None:
        return regulations.load(jurisdiction_meant(settings, jurisdiction).regulation)
    return regulations.by_key(key) if "@" in key else regulations.load(key)


def _format_regulation(found: RegulationView) -> str:
    head = facts(
        (
            ("title", found.title),
            ("regulation", found.regulation),
            ("issuer", found.issuer),
            ("status", messages.text(f"regulations.status_{found.status}")),
            ("applies_from", found.applies_from),
            ("source", found.source),
        )
    )
    return head + "".join(f"\n\n{one.citation}　{one.heading}\n{one.text}" for one in found.clauses)


def _format_coverage(rows: Sequence[CoverageRow]) -> str:
    counts = Counter(row.how for row in rows)
    named = {how: messages.text(f"regulations.how_{how}") for how in counts}
    listed = ((row.citation, named[row.how], join_names(row.by), row.why) for row in rows)
    total = join_names(f"{named[how]} {count}" for how, count in counts.items())
    return f"{table(('article', 'how', 'by', 'about'), listed)}\n\n{total}"
