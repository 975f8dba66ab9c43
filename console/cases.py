"""Looking at cases: one with everything about it, why an act may not be done, and lists."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

import words
from console import case_pages
from console.commands import Group, argument, option
from console.printing import show
from console.settings import Settings
from console.values import DAY, YEAR, Number, OneOf, one_of

KINDS = ("comprehensive", "special", "look_back")


@click.group("case", cls=Group, help="console.entry_case")
def case() -> None:
    """Cases."""


@case.command("list", help="console.case_list")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@option("--year", type=YEAR, help="console.opt_year")
@option("--kind", type=OneOf(KINDS), help="console.opt_kind")
@option("--procedure", metavar="NAME", help="console.opt_procedure")
@option("--state", metavar="STATE", help="console.opt_state")
@option("--unit", metavar="CODE", help="console.opt_unit")
@option("--open/--closed", "open", default=None, help="console.opt_open")
@option("--limit", type=Number(1, 10_000), default=200, help="console.opt_limit")
@click.pass_obj
def listed(settings: Settings, /, procedure: str | None, **asked: Any) -> None:
    """List cases, the newest first."""
    from casework import listing
    from states.procedures import PROCEDURES

    name = procedure.replace("-", "_") if procedure is not None else None
    one_of(name, PROCEDURES, "--procedure")
    one_of(asked["state"], sorted({state for one in PROCEDURES.values() for state in one.states}), "--state")
    with settings.reading() as session:
        rows = listing.listed(session, procedure=name, **asked)
    show(settings, rows, case_pages.rows)


@case.command("show", help="console.case_show")
@argument("case", metavar="CASE", help="console.arg_case")
@click.pass_obj
def shown(settings: Settings, case: str) -> None:
    """Show a case."""
    from casework import asking

    with settings.reading() as session:
        picture = asking.show(session, settings.clock, case)
    show(settings, picture, case_pages.whole)


@case.command("why", help="console.case_why")
@argument("case", metavar="CASE", help="console.arg_case")
@argument("act", metavar="ACT", help="console.arg_act")
@option("--as", "actor", metavar="NAME", help="console.opt_as_whom")
@option("--on", type=DAY, help="console.opt_on")
@option("--data", "file", metavar="FILE", help="console.opt_data")
@option("--set", "pairs", multiple=True, metavar="FIELD=VALUE", help="console.opt_set")
@click.pass_obj
def why(
    settings: Settings,
    case: str,
    act: str,
    actor: str | None,
    on: date | None,
    file: str | None,
    pairs: tuple[str, ...],
) -> None:
    """Say whether an act would go through."""
    from casework import asking
    from console.acting import filled

    data = filled(act.replace("-", "_"), file, pairs, None)
    if isinstance(data, list):
        raise click.BadParameter(words.say("console.one_only"), param_hint="--data")
    with settings.reading() as session:
        answer = asking.why(session, settings.clock, case, act.replace("-", "_"), actor=actor, on=on, data=data)
    show(settings, answer, case_pages.verdict)
