"""Looking at cases: one with everything about it, why an act may not be done, and lists."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

import messages
from cli.cases import case_pages
from cli.output.printing import show, show_list, show_paged
from cli.parsing.commands import Group, argument, option
from cli.parsing.completion import acts, units
from cli.parsing.options import Options
from cli.parsing.param_types import CASE, DAY, YEAR, Number, OneOf, several_of
from cli.parsing.reader_option import default_account, reader_option


@click.group("case", cls=Group, help="console.entry_case")
def case() -> None:
    """Cases."""


@case.command("list", help="console.case_list")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@option("--year", type=YEAR, help="console.opt_year")
@option("--kind", type=OneOf(tuple(messages.texts("kind", "zh")), "kind."), help="console.opt_kind")
@option("--procedure", metavar="NAME", help="console.opt_procedure")
@option("--state", metavar="STATE", help="console.opt_state")
@option("--unit", metavar="CODE", help="console.opt_unit", shell_complete=units)
@option("--open/--closed", "open", default=None, help="console.opt_open")
@option("--limit", type=Number(1, 10_000), default=200, help="console.opt_limit")
@reader_option
@click.pass_obj
def listed(
    settings: Options, /, procedure: str | None, state: str | None, reader: str | None, limit: int, **asked: Any
) -> None:
    """List cases, the newest first."""
    from casework.views import case_lists
    from states.packs import newest_packs

    known = {name: one for pack in newest_packs() for name, one in pack.procedures.items()}
    procedures = several_of(procedure, known, "procedure.", "--procedure")
    states = several_of(state, sorted({state for one in known.values() for state in one.states}), "state.", "--state")
    with settings.reading_as(reader) as (session, by):
        rows = case_lists.list_cases(session, by, procedure=procedures, state=states, limit=limit + 1, **asked)
    show_list(settings, rows, limit, case_pages.rows)


@case.command("show", help="console.case_show")
@argument("case", metavar="CASE", type=CASE, help="console.arg_case")
@option("--part", "parts", type=OneOf(case_pages.PARTS, "console.part_"), multiple=True, help="console.opt_part")
@reader_option
@click.pass_obj
def shown(settings: Options, case: str, parts: tuple[str, ...], reader: str | None) -> None:
    """Show a case: a summary, or parts of it whole."""
    from casework.views import case_queries

    with settings.reading_as(reader) as (session, by):
        picture = case_queries.show(session, settings.clock, by, case)
    show_paged(settings, picture, lambda found: case_pages.render_case(found, parts))


@case.command("why", help="console.case_why")
@argument("case", metavar="CASE", type=CASE, help="console.arg_case")
@argument("act", metavar="ACT", help="console.arg_act", shell_complete=acts)
@option("--as", "actor", default=default_account, metavar="NAME", help="console.opt_as_whom")
@option("--on", type=DAY, help="console.opt_on")
@option("--data", "file", metavar="FILE", help="console.opt_data")
@option("--set", "pairs", multiple=True, metavar="FIELD=VALUE", help="console.opt_set")
@click.pass_obj
def why(
    settings: Options,
    case: str,
    act: str,
    actor: str | None,
    on: date | None,
    file: str | None,
    pairs: tuple[str, ...],
) -> None:
    """Say whether an act would go through."""
    from casework.views import case_queries
    from cli.cases.act_command import filled

    data = filled(act.replace("-", "_"), file, pairs, None)
    if isinstance(data, list):
        raise click.BadParameter(messages.text("console.one_only"), param_hint="--data")
    name = act.replace("-", "_")
    with settings.reading_as(actor) as (session, by):
        answer = case_queries.why(session, settings.clock, by, case, name, actor=actor, on=on, data=data)
    show(settings, answer, case_pages.render_verdict)
