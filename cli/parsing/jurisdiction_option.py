"""Which jurisdiction is meant, where a command is about one."""

from __future__ import annotations

import click

import messages


def jurisdiction_code(code: str | None) -> str:
    """The jurisdiction of this code; without one the only one there is. Raises UnknownJurisdiction, UsageError."""
    import regulations

    if code is not None:
        return regulations.jurisdiction(code).code
    known = regulations.jurisdictions()
    if len(known) > 1:
        names = messages.text("console.comma").join(f"{one.code} {one.name}" for one in known)
        raise click.UsageError(messages.text("console.which_jurisdiction", known=names), click.get_current_context())
    return known[0].code
