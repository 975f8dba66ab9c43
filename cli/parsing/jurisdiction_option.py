"""Which jurisdiction is meant, where a command is about one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

import messages

if TYPE_CHECKING:
    from cli.parsing.options import Options
    from regulations import Jurisdiction
    from storage.engine import Session


def jurisdiction_code(session: Session, code: str | None) -> str:
    """The jurisdiction of this code; without one the only one the database works for.

    Raises UnknownJurisdiction, UsageError.
    """
    from storage.people import jurisdictions

    return only_one(jurisdictions.asked_about(session, code)).code


def jurisdiction_meant(settings: Options, code: str | None) -> Jurisdiction:
    """The same for a command that needs no database: without one, the jurisdictions of the package are known, and the
    default one is meant."""
    import regulations
    from regulations.jurisdictions import DEFAULT
    from storage.errors import DatabaseError
    from storage.people import jurisdictions

    try:
        with settings.reading() as session:
            return only_one(jurisdictions.asked_about(session, code))
    except DatabaseError:
        return regulations.jurisdiction(code or DEFAULT)


def only_one(known: tuple[Jurisdiction, ...]) -> Jurisdiction:
    """The only one of these. Raises UsageError where there are more."""
    if len(known) > 1:
        names = messages.text("console.comma").join(f"{one.code} {one.name}" for one in known)
        raise click.UsageError(messages.text("console.which_jurisdiction", known=names), click.get_current_context())
    return known[0]
