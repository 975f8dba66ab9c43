"""A group of commands for each procedure, a command for each act, made from the procedure's table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

import messages
from cli.cases.act_about import act_about
from cli.cases.act_command import asking_options, do
from cli.cases.open_command import open_inspection
from cli.cases.open_root_command import open_root
from cli.output.refusal_output import act_name
from cli.parsing.commands import Argument, Command, Group, add_common_options
from cli.parsing.param_types import CASE
from regulations.jurisdictions import INSPECTION
from states.engine.case import NEW
from states.engine.pack import Pack
from states.engine.table import Procedure, Step
from states.packs import newest_packs


def procedure(name: str) -> click.Group:
    """The commands of a procedure."""
    spelling = name.replace("-", "_")
    pack = next(pack for pack in newest_packs() if spelling in pack.procedures)
    commands: dict[str, click.Command] = {spelt(one.name): one for one in _commands(pack, pack.procedures[spelling])}
    return Acts(name=name, help=f"console.entry_{name}", commands=commands)


class Acts(Group):
    """The acts of one procedure."""


def spelt(name: str | None) -> str:
    """An act as it is written on the command line."""
    return (name or "").replace("_", "-")


def _commands(pack: Pack, found: Procedure) -> Iterator[Command]:
    """The opening first, then every act in the order of the table, then what is asked for on an inspection.

    Acts that only another act brings about have no command.
    """
    if found.root:
        inspects = pack.instrument_of(found.name).name == INSPECTION
        yield open_inspection(pack, found) if inspects else open_root(pack, found)
    for act in found.acts:
        rows = tuple(row for row in found.rows(act) if not row.consequence_only)
        if rows and rows[0].from_ != (NEW,):
            yield _command(pack, found, rows)
        elif rows and found.opened_by_act:
            yield _command(pack, found, rows, asked_as=found.opened_by_act)
    if found.root:
        for asked_as, (its, under) in _openings(found.name).items():
            yield _command(its, under, under.rows(under.first_act), asked_as=asked_as, spelling=asked_as)


def _openings(root: str) -> dict[str, tuple[Pack, Procedure]]:
    """What may be opened under a root by any text that knows it: one text knows talks, another does not."""
    knowing = [pack for pack in reversed(newest_packs()) if root in pack.procedures]
    return {act: (pack, under) for pack in knowing for act, under in pack.openings_under(root).items()}


def _command(
    pack: Pack, found: Procedure, rows: tuple[Step, ...], asked_as: str | None = None, spelling: str | None = None
) -> Command:
    """The command of an act; ``asked_as`` is what the act is asked for as on an inspection, ``spelling`` its name."""
    act = rows[0].act
    citation = pack.regulation.short(pack.article_of(found, rows[0]))

    @click.pass_obj
    def run(settings: Any, /, case: str, **asked: Any) -> None:
        do(settings, case, asked_as or act, **asked)

    run = asking_options(run)
    case = Argument(
        ["case"], metavar="CASE", type=CASE, help="console.arg_inspection" if asked_as else "console.arg_case"
    )
    options = list(reversed(getattr(run, "__click_params__", [])))
    command = Command(
        name=spelt(spelling or act),
        callback=run,
        params=[case, *options],
        help=act_about(asked_as or act, found.name, rows, citation),
        short_help=messages.text("console.act_short", act=act_name(asked_as or act, found.name), citation=citation),
    )
    add_common_options(command)
    return command
