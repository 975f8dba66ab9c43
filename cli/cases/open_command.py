"""Opening an inspection from the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import click

import messages
from cli.cases.act_command import filled, show_result
from cli.parsing.commands import Command, option
from cli.parsing.completion import units
from cli.parsing.options import Options
from cli.parsing.param_types import CASE, DAY, LINE, YEAR, OneOf
from cli.parsing.reader_option import actor_option
from states.engine.pack import Pack
from states.engine.table import Procedure
from states.packs import newest_packs

TARGET = "--target"
NEEDED = ("kind", "year", "title")
"""What the application cannot do without; a data file may say it, too."""


class Opening(Command):
    """A command whose ``--target`` may be followed by several codes."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, each code taken for a target of its own."""
        return super().parse_args(ctx, list(_each_with_its_option(args)))


def open_inspection(pack: Pack, procedure: Procedure) -> Command:
    """The command that opens a case of a procedure. One with a kind of its own opens that; the first opens all.

    The kinds are those of every text: which of them a jurisdiction has is judged when the case is opened.
    """
    every = [kind for one in newest_packs() for kind in one.regulation.kinds]
    own = dict.fromkeys(kind.code for kind in every if kind.procedure == procedure.name)
    kinds = list(own if procedure.name != pack.roots[0] else dict.fromkeys(kind.code for kind in every))

    only_kind = kinds[0] if len(kinds) == 1 else None

    @click.command("open", cls=Opening, help="console.open")
    @option("--kind", type=OneOf(kinds, "kind."), default=only_kind, help="console.opt_kind")
    @option("--year", type=YEAR, help="console.opt_year")
    @option("--title", metavar="TEXT", help="console.opt_title")
    @option(TARGET, "targets", multiple=True, metavar="CODE…", help="console.opt_target", shell_complete=units)
    @option("--problem", metavar="TEXT", help="console.opt_problem")
    @option("--domain", metavar="TEXT", help="console.opt_domain")
    @option("--reason", metavar="TEXT", help="console.opt_reason")
    @option("--not-duplicate", metavar="TEXT", help="console.opt_not_duplicate")
    @option("--parent", metavar="CASE", type=CASE, help="console.opt_parent")
    @actor_option
    @option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
    @option("--on", type=DAY, help="console.opt_on")
    @option("--data", "file", metavar="FILE", help="console.opt_data")
    @option("--note", metavar="TEXT", help="console.opt_note")
    @option("--request", type=LINE, metavar="KEY", help="console.opt_request")
    @click.pass_obj
    def run(
        settings: Options,
        /,
        actor: str,
        jurisdiction: str | None,
        on: date | None,
        file: str | None,
        note: str | None,
        request: str | None,
        **fields: Any,
    ) -> None:
        data = _application(file, note, fields)

        from casework import do_act
        from casework.acts.act_models import ActRequest

        with settings.writing() as session:
            asked = ActRequest(actor, on, request, jurisdiction)
            answer = do_act.open_inspection(session, settings.clock, asked, data)
        show_result(settings, actor, answer)

    return run


def _application(file: str | None, note: str | None, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The application: what the data file says, and over it what was written on the command line."""
    read = filled("open", file, (), note) or {}
    if isinstance(read, list):
        raise click.BadParameter(messages.text("console.one_only"), param_hint="--data")
    given = {name: value for name, value in fields.items() if value not in (None, ())}
    data = {**read, **given}
    for name in NEEDED:
        if name not in data:
            raise _missing(name)
    return data


def _missing(name: str) -> click.MissingParameter:
    ctx = click.get_current_context()
    param = next(one for one in ctx.command.params if one.name == name)
    return click.MissingParameter(ctx=ctx, param=param)


def _each_with_its_option(args: list[str]) -> Iterator[str]:
    """``--target A B`` as ``--target A --target B``: the command has no arguments that B could be."""
    goes_on = False
    for at, arg in enumerate(args):
        code = not arg.startswith("-")
        if goes_on and code and args[at - 1] != TARGET:
            yield TARGET
        yield arg
        goes_on = arg == TARGET or (goes_on and code)
