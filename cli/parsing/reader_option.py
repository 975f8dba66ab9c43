"""In whose name a command reads or acts."""

from __future__ import annotations

import click

from cli.parsing.commands import option
from cli.parsing.completion import accounts
from cli.parsing.options import Options


def default_account() -> str | None:
    """The account that the environment names, for a command line that names none."""
    settings = click.get_current_context().find_object(Options)
    return (settings.environment.account or None) if settings else None


reader_option = option(
    "--as", "reader", default=default_account, metavar="NAME", help="console.opt_reader", shell_complete=accounts
)
"""Who reads; without an account it is the machine's operator."""


def _required_account(ctx: click.Context, param: click.Parameter, name: str | None) -> str:
    """An account from the command line or the environment: click takes a default for an answer, even an empty one."""
    if name is None:
        raise click.MissingParameter(ctx=ctx, param=param)
    return name


actor_option = option(
    "--as",
    "actor",
    default=default_account,
    callback=_required_account,
    metavar="NAME",
    help="console.opt_as",
    shell_complete=accounts,
)
"""Who acts."""
