"""Commands that add a jurisdiction from a file, and list and show jurisdictions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

import messages
from cli.administration.init_commands import read_roster_file
from cli.administration.jurisdiction_new_command import new
from cli.administration.jurisdiction_output import facts_of, format_entry, instruments_of
from cli.administration.operator import operator
from cli.output.printing import section, show, table
from cli.parsing.commands import Group, argument, option
from cli.parsing.options import Options

if TYPE_CHECKING:
    from casework.administration.jurisdiction_models import JurisdictionRow, JurisdictionView


@click.group("jurisdiction", cls=Group, help="console.entry_jurisdiction")
def jurisdiction() -> None:
    """Jurisdictions."""


jurisdiction.add_command(new)


@jurisdiction.command("add", help="console.jurisdiction_add")
@argument("file", metavar="FILE", help="console.arg_jurisdiction_file")
@option("--roster", metavar="FILE", help="console.opt_jurisdiction_roster")
@option("--dry-run", "dry", is_flag=True, help="console.opt_jurisdiction_dry_run")
@click.pass_obj
def add(settings: Options, file: str, roster: str | None, dry: bool) -> None:
    """Add a jurisdiction with its units and accounts, or replace its data."""
    import regulations
    from casework.administration import jurisdiction_entry
    from cli.parsing.data_files import read_bytes

    content = read_bytes(file)
    home = regulations.read_jurisdiction(content, file)
    listed = read_roster_file(roster, home) if roster else None
    with settings.writing() as session:
        done = jurisdiction_entry.enter(
            session, settings.clock, operator(), content.decode("utf-8-sig"), file, listed, dry=dry
        )
    show(settings, done, format_entry)


@jurisdiction.command("list", help="console.jurisdiction_list")
@click.pass_obj
def list_jurisdictions(settings: Options) -> None:
    """List the jurisdictions and the sources of their data."""
    from casework.administration import jurisdiction_entry

    with settings.reading() as session:
        found = jurisdiction_entry.list_jurisdictions(session)
    show(settings, found, _format_jurisdictions)


@jurisdiction.command("show", help="console.jurisdiction_show")
@argument("code", metavar="CODE", help="console.arg_jurisdiction")
@click.pass_obj
def show_jurisdiction(settings: Options, code: str) -> None:
    """Show a jurisdiction: its instruments, its offices, and who added it."""
    from casework.administration import jurisdiction_entry

    with settings.reading() as session:
        found = jurisdiction_entry.show_jurisdiction(session, code)
    show(settings, found, _format_jurisdiction)


def _format_jurisdictions(found: Sequence[JurisdictionRow]) -> str:
    return table(
        ("code", "name", "instruments", "units", "accounts", "source"),
        (
            (
                one.jurisdiction,
                one.name,
                instruments_of(one),
                one.units,
                one.accounts,
                messages.text(f"console.jurisdiction_source_{one.source}"),
            )
            for one in found
        ),
    )


def _format_jurisdiction(one: JurisdictionView) -> str:
    from cli.output.refusal_output import person_name

    offices = ((role, person_name("role", role), office) for role, office in one.offices.items())
    return f"{facts_of(one)}\n{section('offices', table(('role', 'name', 'office'), offices))}"
