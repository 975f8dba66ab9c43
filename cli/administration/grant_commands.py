"""Commands for accounts that read several jurisdictions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

import messages
from cli.output.printing import show, table
from cli.parsing.commands import Command, argument, option
from cli.parsing.options import Options
from cli.parsing.reader_option import actor_option, reader_option

if TYPE_CHECKING:
    from casework.administration.reading_grants import ReadingGrantView


@click.command("grants", cls=Command, help="console.account_grants")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@reader_option
@click.pass_obj
def grants(settings: Options, jurisdiction: str | None, reader: str | None) -> None:
    """List the accounts of other jurisdictions that may read this one, and those that might."""
    from casework.administration import reading_grants

    with settings.reading_as(reader) as (session, by):
        found = reading_grants.list_grants(session, by, jurisdiction)
    show(settings, found, _format)


def _changing(callback: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments and options of granting and revoking."""
    for decorate in (
        option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction"),
        actor_option,
        option("--reason", metavar="TEXT", required=True, help="console.opt_grant_reason"),
        argument("reader", metavar="CODE:NAME", help="console.arg_grant_reader"),
    ):
        callback = decorate(callback)
    return callback


@click.command("grant", cls=Command, help="console.account_grant")
@_changing
@click.pass_obj
def let_read(settings: Options, reader: str, reason: str, actor: str, jurisdiction: str | None) -> None:
    """Let an account of another jurisdiction read this one."""
    from casework.acts.act_models import ActRequest
    from casework.administration.reading_grants import grant_reading

    with settings.writing() as session:
        asked = ActRequest(actor, jurisdiction=jurisdiction)
        done = grant_reading(session, settings.clock, asked, reader, reason)
    show(settings, done, lambda one: _format([one]))


@click.command("revoke", cls=Command, help="console.account_revoke")
@_changing
@click.pass_obj
def end_reading(settings: Options, reader: str, reason: str, actor: str, jurisdiction: str | None) -> None:
    """End such a grant."""
    from casework.acts.act_models import ActRequest
    from casework.administration.reading_grants import revoke_reading

    with settings.writing() as session:
        asked = ActRequest(actor, jurisdiction=jurisdiction)
        done = revoke_reading(session, settings.clock, asked, reader, reason)
    show(settings, done, lambda one: _format([one]))


def _format(found: Sequence[ReadingGrantView]) -> str:
    return table(
        ("jurisdiction", "reader", "remark", "reason"),
        (
            (
                one.jurisdiction,
                f"{one.home}:{one.account}",
                messages.text("console.grant_active" if one.active else "console.grant_revoked"),
                one.reason,
            )
            for one in found
        ),
    )
