"""The command that makes a new jurisdiction: offices, roster, accounts and calendar region, asked for or given."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

import messages
from cli.administration.jurisdiction_output import format_entry
from cli.administration.operator import operator
from cli.output.printing import show
from cli.parsing.commands import Command, option
from cli.parsing.options import DEFAULT_DATABASE, Options

if TYPE_CHECKING:
    from casework.administration.jurisdiction_models import JurisdictionEntry
    from casework.administration.new_jurisdiction import NewAccount
    from regulations import Roster

_ASKED = ("code", "name", "division_code", "region", "regulation")


@click.command("new", cls=Command, help="own_text.jurisdiction_new")
@option("--code", metavar="CODE", help="own_text.opt_code")
@option("--name", metavar="NAME", help="own_text.opt_name")
@option("--division-code", metavar="DIGITS", help="own_text.opt_division_code")
@option("--region", metavar="CN-XX", help="own_text.opt_region")
@option("--regulation", metavar="ID", help="own_text.opt_new_regulation")
@option("--prefix", metavar="PREFIX", help="own_text.opt_prefix")
@option("--office", "offices", metavar="ROLE=NAME", multiple=True, help="own_text.opt_office")
@option("--account", "accounts", metavar="NAME=ROLE[@UNIT]", multiple=True, help="own_text.opt_account")
@option("--unit", "units", metavar="CODE,NAME,CATEGORY", multiple=True, help="own_text.opt_unit")
@option("--roster", metavar="FILE", help="console.opt_jurisdiction_roster")
@option("--into", metavar="FILE", help="own_text.opt_new_into")
@option("--practice", "for_practice", is_flag=True, help="console.opt_practice")
@option("--dry-run", "dry", is_flag=True, help="console.opt_jurisdiction_dry_run")
@click.pass_obj
def new(
    settings: Options,
    /,
    prefix: str | None,
    offices: tuple[str, ...],
    accounts: tuple[str, ...],
    units: tuple[str, ...],
    roster: str | None,
    into: str | None,
    for_practice: bool,
    dry: bool,
    **said: str | None,
) -> None:
    """Make the file of a jurisdiction and enter it with its units and accounts."""
    from casework.administration.new_jurisdiction import NewJurisdiction, toml_of

    head = _head(settings, said)
    if not roster and not units:
        raise click.UsageError(messages.text("own_text.no_units"))
    entry = NewJurisdiction(
        **head,
        case_prefix=prefix or head["code"],
        offices=dict(_split(one, "own_text.bad_office") for one in offices),
        accounts=[_account(one) for one in accounts],
    )
    target = Path(into or f"{entry.code}.toml")
    if target.exists() and not dry:
        raise click.UsageError(messages.text("own_text.file_exists", file=target))
    text = toml_of(entry)
    listed = _listed(text, str(target), roster, units, entry.division_code, entry.name)
    done = _entered(settings, text, str(target), listed, for_practice=for_practice, dry=dry)
    if not dry:
        target.write_text(text, encoding="utf-8")
    show(settings, done, format_entry)


def _head(settings: Options, said: dict[str, str | None]) -> dict[str, str]:
    """What was given, and asked for where somebody sits at a terminal. Raises UsageError."""
    found = {}
    for key in _ASKED:
        value = said[key]
        if not value:
            if settings.as_json or not sys.stdin.isatty():
                flag = f"--{key.replace('_', '-')}"
                raise click.UsageError(messages.text("own_text.not_said", flag=flag))
            value = click.prompt(messages.text(f"own_text.ask_{key}")).strip()
        found[key] = str(value)
    return found


def _split(written: str, fault: str) -> tuple[str, str]:
    name, sign, value = written.partition("=")
    if not (name.strip() and sign and value.strip()):
        raise click.UsageError(messages.text(fault, found=written))
    return name.strip(), value.strip()


def _account(written: str) -> NewAccount:
    from casework.administration.new_jurisdiction import NewAccount

    name, rest = _split(written, "own_text.bad_account")
    roles, _, unit = rest.partition("@")
    return NewAccount(name, tuple(role.strip() for role in roles.split(",")), unit.strip())


def _listed(text: str, name: str, roster: str | None, units: Sequence[str], division_code: str, of: str) -> Roster:
    """The units of the roster file, or those that were given. Raises RosterRefused, JurisdictionRefused."""
    import regulations
    from casework.administration.new_jurisdiction import csv_of, roster_of
    from cli.administration.init_commands import read_roster_file

    home = regulations.read_jurisdiction(text, name)
    if roster:
        return read_roster_file(roster, home)
    given = []
    for one in units:
        cells = [cell.strip() for cell in one.replace("，", ",").split(",")]
        if len(cells) != 3:
            raise click.UsageError(messages.text("own_text.bad_unit", found=one))
        given.append((cells[0], cells[1], cells[2]))
    made = csv_of(roster_of(given, division_code, of))
    return regulations.read_roster(made, "--unit", regulations.load(home.regulation))


def _entered(
    settings: Options, text: str, name: str, listed: Roster, *, for_practice: bool, dry: bool
) -> JurisdictionEntry:
    """Enter the jurisdiction; the database is created where there is none."""
    from casework.administration import jurisdiction_entry, practice
    from operations.atomic_files import make_own_directory
    from storage import backup_files, private_files
    from storage import migrate as migrations
    from storage.engine import connect

    if dry:
        with settings.writing() as session:
            return jurisdiction_entry.enter(session, settings.clock, operator(), text, name, listed, dry=True)
    if settings.url == DEFAULT_DATABASE:
        make_own_directory(Path(DEFAULT_DATABASE).parent)
    database = connect(settings.url, create=True, busy_seconds=settings.environment.busy_seconds)
    try:
        if database.is_sqlite:
            private_files.restrict(backup_files.file_of(database))
        migrations.upgrade(database)
        with database.writing() as session:
            if for_practice:
                practice.begin(session, settings.clock)
        with database.writing() as session:
            return jurisdiction_entry.enter(session, settings.clock, operator(), text, name, listed)
    finally:
        database.close()
