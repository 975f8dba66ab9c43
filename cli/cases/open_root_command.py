"""Opening a case that belongs to no other one, of a procedure other than an inspection: ``ducha incident open``."""

from __future__ import annotations

from datetime import date

import click

import messages
from cli.cases.act_about import act_about
from cli.cases.act_command import filled, show_result
from cli.parsing.commands import Command, option
from cli.parsing.options import Options
from cli.parsing.param_types import DAY, LINE
from cli.parsing.reader_option import actor_option
from states.engine.pack import Pack
from states.engine.table import Procedure


def open_root(pack: Pack, procedure: Procedure) -> Command:
    """The command that opens a case of a procedure by its first act."""
    rows = procedure.rows(procedure.first_act)
    about = act_about(
        procedure.first_act, procedure.name, rows, pack.regulation.short(pack.article_of(procedure, rows[0]))
    )

    @click.command("open", cls=Command, help=about)
    @option("--set", "pairs", multiple=True, metavar="FIELD=VALUE", help="console.opt_set")
    @option("--data", "file", metavar="FILE", help="console.opt_data")
    @option("--note", metavar="TEXT", help="console.opt_note")
    @option("--on", type=DAY, help="console.opt_on")
    @option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
    @option("--request", type=LINE, metavar="KEY", help="console.opt_request")
    @actor_option
    @click.pass_obj
    def run(
        settings: Options,
        /,
        actor: str,
        jurisdiction: str | None,
        on: date | None,
        file: str | None,
        pairs: tuple[str, ...],
        note: str | None,
        request: str | None,
    ) -> None:
        data = filled(procedure.first_act, file, pairs, note) or {}
        if isinstance(data, list):
            raise click.BadParameter(messages.text("console.one_only"), param_hint="--data")

        from casework import do_act
        from casework.acts.act_models import ActRequest

        with settings.writing() as session:
            asked = ActRequest(actor, on, request, jurisdiction)
            answer = do_act.open_root(session, settings.clock, asked, procedure.name, data)
        show_result(settings, actor, answer)

    return run
