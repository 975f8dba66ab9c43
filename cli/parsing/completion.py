"""What the shell offers while a command is written: cases, units and accounts from the database, acts of a case.

Completion says nothing of what is wrong: where the database cannot be read, nothing is offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from cli.parsing.options import Options

if TYPE_CHECKING:
    from access.reader import Reader
    from storage.engine import Session

MOST = 200
Look = Callable[["Session", "Reader"], Iterable[tuple[str, str]]]
"""Finds what may be written, each with what it is."""


def cases(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The cases that the reader sees."""

    def look(session: Session, by: Reader) -> Iterable[tuple[str, str]]:
        from casework.views import case_lists

        return [(one.case, one.title) for one in case_lists.list_cases(session, by, limit=MOST)]

    return _offered(ctx, incomplete.upper(), look)


def units(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The units on the rosters, by code and name."""

    def look(session: Session, by: Reader) -> Iterable[tuple[str, str]]:
        from casework.views import unit_lists
        from storage.people import jurisdictions

        known = [one for home in jurisdictions.set_up(session) for one in unit_lists.list_units(session, by, home.code)]
        return [pair for one in known for pair in ((one.code, one.name), (one.name, one.code))]

    return _offered(ctx, incomplete, look)


def accounts(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The accounts that the reader sees."""

    def look(session: Session, by: Reader) -> Iterable[tuple[str, str]]:
        from casework.administration import account_administration

        return [(one.name, "") for one in account_administration.list_accounts(session, by, None)]

    return _offered(ctx, incomplete, look)


def acts(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The acts that have a place on the case written before."""

    def look(session: Session, by: Reader) -> Iterable[tuple[str, str]]:
        from casework.views import case_queries

        clock = (ctx.find_object(Options) or Options()).clock
        shown = case_queries.show(session, clock, by, str(ctx.params.get("case")))
        return {one.act: one.act_name for one in shown.now}.items()

    return _offered(ctx, incomplete, look)


def _offered(ctx: click.Context, incomplete: str, look: Look) -> list[CompletionItem]:
    from messages.errors import DuchaError

    settings = ctx.find_object(Options) or Options()
    settings.as_json = True  # Nothing but what is offered may be said.
    try:
        with settings.reading_as(settings.environment.account or None) as (session, by):
            found = list(look(session, by))
    except DuchaError:
        return []
    return [CompletionItem(name, help=about) for name, about in found if name.startswith(incomplete)]
