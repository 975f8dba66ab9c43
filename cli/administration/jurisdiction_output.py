"""How jurisdictions are shown to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import messages
from cli.output.printing import facts, join_names

if TYPE_CHECKING:
    from casework.administration.jurisdiction_models import JurisdictionEntry, JurisdictionRow


def format_entry(done: JurisdictionEntry) -> str:
    """A jurisdiction that was entered, or would be."""
    how = "unchanged" if done.unchanged else "would_enter" if done.dry_run else "entered"
    lines = [messages.text(f"console.jurisdiction_{how}", **done.model_dump(mode="json")), facts_of(done)]
    lines.append(messages.text("console.jurisdiction_adds", units=done.units_added, accounts=done.accounts_added))
    if done.replaces:
        earlier = "package" if done.replaces == "package" else "database"
        lines.append(messages.text(f"console.jurisdiction_replaces_{earlier}"))
    if done.same_prefix:
        lines.append(
            messages.text(
                "console.jurisdiction_same_prefix", prefix=done.case_prefix, others=join_names(done.same_prefix)
            )
        )
    return "\n".join(lines)


def facts_of(one: JurisdictionRow) -> str:
    """What a jurisdiction is, a fact a line."""
    at = one.entered_at.isoformat() if one.entered_at else None
    entered = join_names(filter(None, [at, one.entered_by]))
    return facts(
        (
            ("jurisdiction", f"{one.jurisdiction} {one.name}"),
            ("instruments", instruments_of(one)),
            ("region", one.region),
            ("case_prefix", one.case_prefix),
            ("units", one.units),
            ("accounts", one.accounts),
            ("source", messages.text(f"console.jurisdiction_source_{one.source}")),
            *([("entered_at", entered)] if entered else []),
        )
    )


def instruments_of(one: JurisdictionRow) -> str:
    """Its instruments with their regulations."""
    return join_names(f"{name} = {id}" for name, id in one.instruments.items())
