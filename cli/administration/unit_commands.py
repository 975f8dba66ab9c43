"""Commands for units: list them, and record what becomes of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from cli.administration.unit_output import format_change, format_history, format_roster
from cli.output.printing import show, table
from cli.parsing.commands import Group, argument, option
from cli.parsing.jurisdiction_option import jurisdiction_code
from cli.parsing.options import Options
from cli.parsing.param_types import DAY
from cli.parsing.reader_option import actor_option, reader_option

if TYPE_CHECKING:
    from states.engine.successions import Change


@click.group("unit", cls=Group, help="console.entry_unit")
def unit() -> None:
    """Units."""


@unit.command("list", help="console.unit_list")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@reader_option
@click.pass_obj
def units(settings: Options, jurisdiction: str | None, reader: str | None) -> None:
    """List the units that may be inspected."""
    from casework.views import unit_lists

    with settings.reading_as(reader) as (session, by):
        found = unit_lists.list_units(session, by, jurisdiction_code(session, jurisdiction))
    columns = ("code", "name", "category", "parent", "source")
    show(settings, found, lambda rows: table(columns, ([getattr(row, name) for name in columns] for row in rows)))


def _on_record(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every change of units has."""
    given = (
        option("--on", "on", type=DAY, help="console.opt_unit_on"),
        option("--reason", metavar="TEXT", required=True, help="console.opt_unit_reason"),
        option("--dry-run", "dry", is_flag=True, help="console.opt_unit_dry_run"),
        actor_option,
        option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction"),
        click.pass_obj,
    )
    for one in reversed(given):
        command = one(command)
    return command


@unit.command("rename", help="console.unit_rename")
@argument("code", metavar="CODE", help="console.arg_unit")
@argument("name", metavar="NAME", help="console.arg_unit_name")
@_on_record
def rename(settings: Options, code: str, name: str, **recorded: Any) -> None:
    """Give a unit a new name from a day on; its code stays."""
    _record(settings, "renamed", (code,), ((code, name),), **recorded)


@unit.command("recode", help="console.unit_recode")
@argument("code", metavar="CODE", help="console.arg_unit")
@argument("new_code", metavar="NEW_CODE", help="console.arg_unit_new_code")
@option("--name", metavar="NAME", help="console.arg_unit_name")
@_on_record
def recode(settings: Options, code: str, new_code: str, name: str | None, **recorded: Any) -> None:
    """Let a unit go on under a new code, and a new name if it has one."""
    _record(settings, "recoded", (code,), ((new_code, name),), **recorded)


@unit.command("merge", help="console.unit_merge")
@argument("codes", metavar="CODE...", nargs=-1, required=True, help="console.arg_units")
@option("--into", metavar="CODE[=NAME]", required=True, help="console.opt_unit_into")
@_on_record
def merge(settings: Options, codes: tuple[str, ...], into: str, **recorded: Any) -> None:
    """Merge units into a new one, or into one that is there."""
    _record(settings, "merged", codes, (_code_and_name(into),), **recorded)


@unit.command("split", help="console.unit_split")
@argument("code", metavar="CODE", help="console.arg_unit")
@option("--into", metavar="CODE[=NAME]", multiple=True, required=True, help="console.opt_unit_into")
@option("--duties-to", "heir", metavar="CODE", help="console.opt_unit_heir")
@_on_record
def split(settings: Options, code: str, into: tuple[str, ...], heir: str | None, **recorded: Any) -> None:
    """Split a unit; one of those it becomes takes over what it still has to do."""
    _record(settings, "split", (code,), tuple(map(_code_and_name, into)), heir=heir, **recorded)


@unit.command("abolish", help="console.unit_abolish")
@argument("code", metavar="CODE", help="console.arg_unit")
@option("--duties-to", "heir", metavar="CODE", help="console.opt_unit_heir")
@_on_record
def abolish(settings: Options, code: str, heir: str | None, **recorded: Any) -> None:
    """Record that a unit is no more; another one takes over what it still has to do."""
    _record(settings, "abolished", (code,), (), heir=heir, **recorded)


@unit.command("import", help="console.unit_import")
@argument("file", metavar="FILE", help="console.arg_roster")
@option("--abolish-missing", is_flag=True, help="console.opt_abolish_missing")
@_on_record
def take_in(
    settings: Options,
    file: str,
    abolish_missing: bool,
    on: date | None,
    reason: str,
    dry: bool,
    actor: str,
    jurisdiction: str | None,
) -> None:
    """Take in a roster file: additions, new names and corrections, shown first with ``--dry-run``."""
    from casework.acts.act_models import ActRequest
    from casework.administration import roster_changes
    from cli.administration.init_commands import read_roster_file
    from cli.parsing.jurisdiction_option import jurisdiction_meant

    asked = ActRequest(actor, jurisdiction=jurisdiction)
    listed = read_roster_file(file, jurisdiction_meant(settings, jurisdiction))
    with settings.writing() as session:
        done = roster_changes.take_roster(
            session,
            settings.clock,
            asked,
            listed,
            on=on,
            reason=reason,
            abolish_missing=abolish_missing,
            dry=dry,
        )
    show(settings, done, format_roster)


@unit.command("history", help="console.unit_history")
@argument("code", metavar="[CODE]", required=False, help="console.arg_unit")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@reader_option
@click.pass_obj
def history(settings: Options, code: str | None, jurisdiction: str | None, reader: str | None) -> None:
    """Show every change of the units, or of one."""
    from casework.views import unit_lists

    with settings.reading_as(reader) as (session, by):
        found = unit_lists.unit_history(session, by, jurisdiction_code(session, jurisdiction), code)
    show(settings, found, format_history)


def _record(
    settings: Options,
    change: Change,
    before: tuple[str, ...],
    after: tuple[tuple[str, str | None], ...],
    *,
    on: date | None,
    reason: str,
    dry: bool,
    actor: str,
    jurisdiction: str | None,
    heir: str | None = None,
) -> None:
    from casework.acts.act_models import ActRequest
    from casework.administration import unit_changes
    from casework.administration.unit_changes import WantedChange

    wanted = WantedChange(change, before, after, on, reason, heir)
    with settings.writing() as session:
        asked = ActRequest(actor, jurisdiction=jurisdiction)
        done = unit_changes.change_units(session, settings.clock, asked, wanted, dry=dry)
    show(settings, done, format_change)


def _code_and_name(written: str) -> tuple[str, str | None]:
    code, _, name = written.replace("＝", "=").partition("=")
    return code.strip(), name.strip() or None
