"""Commands that list and show regulations, and how the product covers each clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

import messages
from cli.administration import clause_commands, regulation_import_commands, regulation_version_commands
from cli.administration.clause_commands import format_clause, regulation_meant
from cli.output.printing import facts, join_names, show, table
from cli.parsing.commands import Command, Group, argument, option
from cli.parsing.jurisdiction_option import jurisdiction_meant
from cli.parsing.options import Options

if TYPE_CHECKING:
    from casework.views.regulation_views import CoverageRow, RegulationRow, RegulationView
    from regulations import Regulation


@click.group("regulation", cls=Group, help="console.entry_regulation")
def regulation() -> None:
    """Regulations."""


for command in (
    *clause_commands.COMMANDS,
    *regulation_import_commands.COMMANDS,
    *regulation_version_commands.COMMANDS,
):
    regulation.add_command(command)


@regulation.command("list", help="console.regulation_list")
@click.pass_obj
def list_regulations(settings: Options) -> None:
    """List the regulations, each in its newest version."""
    import regulations
    from casework.views.regulation_views import regulation_rows

    show(settings, regulation_rows(map(regulations.load, regulations.ids())), _format_list)


@regulation.command("show", help="console.regulation_show")
@argument("ref", metavar="ID|REF", required=False, help="console.arg_regulation_or_ref")
@option("--regulation", "key", metavar="ID", help="console.opt_regulation")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@click.pass_obj
def show_regulation(settings: Options, ref: str | None, key: str | None, jurisdiction: str | None) -> None:
    """Show the wording of a regulation, or of one of its clauses."""
    import regulations
    from casework.views.regulation_views import regulation_view

    if key is None and ref and ref.partition("@")[0] in regulations.ids():
        ref, key = None, ref
    show(settings, regulation_view(regulation_meant(settings, key, jurisdiction), ref), _format_regulation)


@click.command("coverage", cls=Command, help="console.coverage")
@option("--regulation", "key", metavar="ID", help="console.opt_regulation")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@click.pass_obj
def coverage(settings: Options, key: str | None, jurisdiction: str | None) -> None:
    """Show how the product covers each clause, of all regulations if none is named."""
    from casework.views.regulation_views import coverage_rows

    show(settings, coverage_rows(_covered(settings, key, jurisdiction)), _format_coverage)


def _covered(settings: Options, key: str | None, jurisdiction: str | None) -> Iterator[Regulation]:
    import regulations

    if key is not None:
        yield regulation_meant(settings, key, jurisdiction)
    elif jurisdiction is not None:
        home = jurisdiction_meant(settings, jurisdiction)
        yield from map(regulations.load, dict.fromkeys((*home.instruments.values(), home.national)))
    else:
        yield from map(regulations.load, regulations.ids())


def _format_list(rows: Sequence[RegulationRow]) -> str:
    listed = (
        (
            f"{one.regulation}@{one.version}",
            one.title,
            messages.text(f"regulations.status_{one.status}"),
            one.applies_from,
            one.clauses,
            one.tasks or None,
            one.indicators or None,
            one.obligations or None,
        )
        for one in rows
    )
    headings = ("regulation", "title", "status", "applies_from", "clauses", "tasks", "indicators", "obligations")
    return table(headings, listed)


def _format_regulation(found: RegulationView) -> str:
    head = facts(
        (
            ("title", found.title),
            ("regulation", found.regulation),
            ("issuer", found.issuer),
            ("status", messages.text(f"regulations.status_{found.status}")),
            ("applies_from", found.applies_from),
            ("remark", found.applies_note),
            ("source", found.source),
        )
    )
    notes = "\n".join(map(clause_commands.format_reading, found.readings))
    clauses = (format_clause(one) for one in found.clauses)
    return "\n\n".join(filter(None, (head, notes, found.preamble, *clauses, found.closing)))


def _format_coverage(rows: Sequence[CoverageRow]) -> str:
    parts = [(key, list(own)) for key, own in groupby(rows, key=lambda row: f"{row.regulation}@{row.version}")]
    counts = [(key, Counter(row.status for row in own)) for key, own in parts]
    total = table(
        ("regulation", "clauses", "enforced", "tracked", "stated"),
        ((key, found.total(), found["enforced"], found["tracked"], found["stated"]) for key, found in counts),
    )
    listed = (f"{key}\n{_format_rows(own)}" for key, own in parts)
    return "\n\n".join((*listed, total))


def _format_rows(rows: Sequence[CoverageRow]) -> str:
    named = {status: messages.text(f"regulations.how_{status}") for status in {row.status for row in rows}}
    return table(
        ("article", "how", "by", "about"),
        ((row.ref, named[row.status], join_names(row.by), row.why) for row in rows),
    )
