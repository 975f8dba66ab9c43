"""``ducha demo``: a whole year in a database of its own."""

from __future__ import annotations

from typing import Any, Final

import click
from click.core import ParameterSource

from console.commands import Command, option
from console.printing import show
from console.settings import Settings
from console.values import Number

FIRST_YEAR: Final = 2024
"""The first whole year in which the Tongliang measures apply."""


@click.command("demo", cls=Command, help="demo.about")
@option("--year", type=Number(FIRST_YEAR, 2100), default=2026, help="demo.opt_year")
@option("--fresh", is_flag=True, help="demo.opt_fresh")
@option("--port", type=Number(1, 65535), default=4200, help="demo.opt_port")
@click.pass_context
def demo(ctx: click.Context, year: int, fresh: bool, port: int) -> None:
    """Play a year, or go on where it was left, and say what it came to."""
    from console.demo import stage
    from console.demo.telling import told

    settings = ctx.ensure_object(Settings)
    show(settings, _played(_chosen(ctx, settings) or stage.DEFAULT, year, fresh, port), told)


def _played(url: str, year: int, fresh: bool, port: int) -> dict[str, Any]:
    from console.demo import stage
    from console.demo.looking_back import summary
    from console.demo.playing import is_over, play
    from console.demo.program import program
    from console.demo.rehearsal import rehearsed
    from console.demo.watching import watched

    script = program(year)
    with stage.opened(url, script, fresh=fresh) as (database, mark):
        if is_over(database, script, mark):
            return {"played": False, **summary(database, script, mark), "followed_up": {"by": "nobody"}}
        with rehearsed(database, url, port) as evening, watched(len(list(script.days))) as audience:
            mark = play(database, script, mark, evening, audience)
        return {"played": True, **summary(database, script, mark), "followed_up": evening.told()}


def _chosen(ctx: click.Context, settings: Settings) -> str | None:
    """The database named on the command line; the one people work in, named by the environment, is not the demo's."""
    named = any(one.get_parameter_source("db") is ParameterSource.COMMANDLINE for one in (ctx, ctx.find_root()))
    return settings.url if named else None
