"""``ducha demo``: a whole year in a database of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from click.core import ParameterSource

import telemetry
from cli.output.printing import show
from cli.parsing.commands import Command, option
from cli.parsing.options import DEFAULT_DATABASE, Options
from cli.parsing.param_types import Number
from settings import Settings as Environment

if TYPE_CHECKING:
    from demo.summary_models import DemoSummary

DEFAULT_PORT: Final = 4200
FIRST_YEAR: Final = 2024
"""The first whole year in which the Tongliang measures apply."""
PLAYED: Final = ("TL", "YJ", "SZ")
"""The jurisdictions that have a program (``demo.year_plan.PROGRAMS``)."""


@click.command("demo", cls=Command, help="demo.about")
@option("--year", type=Number(FIRST_YEAR, 2100), default=2026, help="demo.opt_year")
@option("--jurisdiction", type=click.Choice(PLAYED), default=PLAYED[0], help="demo.opt_jurisdiction")
@option("--fresh", is_flag=True, help="demo.opt_fresh")
@option("--port", type=Number(1, 65535), help="demo.opt_port")
@click.pass_context
def demo(ctx: click.Context, year: int, jurisdiction: str, fresh: bool, port: int | None) -> None:
    """Play a year, or go on where it was left, and say what it came to."""
    from cli.operations.demo_summary import summary_text
    from demo import demo_db

    settings = ctx.ensure_object(Options)
    url = _chosen(ctx, settings) or demo_db.default_for(jurisdiction)
    # The demo's acts and refusals are not what the log of an office is for.
    with telemetry.logging_to(None):
        played = _played(url, (year, jurisdiction), fresh, port or _port_of_service(), settings.environment)
    show(settings, played, summary_text)


def _port_of_service() -> int:
    """The port of the service that runs in this folder, otherwise the one it would take."""
    from operations.running_service import running_service

    service = running_service(Path(DEFAULT_DATABASE).parent)
    return service.port if service else DEFAULT_PORT


def _played(url: str, asked: tuple[int, str], fresh: bool, port: int, environment: Environment) -> DemoSummary:
    from demo import demo_db
    from demo.prefect_runs import rehearsed
    from demo.progress_bar import progress_bar
    from demo.run_year import is_over, run_year
    from demo.summary import summary
    from demo.summary_models import FollowUpSummary
    from demo.year_plan import year_plan

    script = year_plan(*asked)
    busy, lease = environment.busy_seconds, environment.lease_seconds
    with demo_db.opened(url, script, fresh=fresh, busy_seconds=busy) as (database, mark):
        if is_over(database, script, mark):
            nobody = FollowUpSummary(by="nobody")
            return summary(database, script, mark, played=False, followed_up=nobody)
        with rehearsed(database, url, port, lease) as evening, progress_bar(len(list(script.days))) as audience:
            mark = run_year(database, script, mark, evening, audience)
        return summary(database, script, mark, played=True, followed_up=evening.told())


def _chosen(ctx: click.Context, settings: Options) -> str | None:
    """The database named on the command line; the one people work in, named by the environment, is not the demo's."""
    named = any(one.get_parameter_source("db") is ParameterSource.COMMANDLINE for one in (ctx, ctx.find_root()))
    return settings.url if named else None
