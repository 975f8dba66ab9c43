"""How changes of units are printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import messages
from cli.output.printing import facts, join_names, table

MOST_NAMED: Final = 2
"""Units to a cell; the answer for scripts has them all."""

if TYPE_CHECKING:
    from casework.administration.unit_models import ChangedUnit, RosterAnswer, UnitChangeAnswer, UnitChangeRow


def format_change(found: UnitChangeAnswer) -> str:
    """A change that was recorded, or would be."""
    head = messages.text("console.unit_would_change" if found.dry_run else "console.unit_changed")
    return f"{head}\n" + facts(
        (
            ("change", messages.text(f"console.unit_is_{found.change}")),
            ("effective_on", found.on),
            ("before", _units(found.before)),
            ("after", _units(found.after)),
            ("heir", found.heir),
            ("open_cases", join_names(found.open_cases)),
            ("accounts_moved", join_names(found.accounts_moved)),
            ("accounts_added", join_names(found.accounts_added)),
        )
    )


def format_roster(found: RosterAnswer) -> str:
    """What a roster file changes."""
    head = messages.text("console.roster_would_change" if found.dry_run else "console.roster_taken", count=found.units)
    rows = (
        (messages.text(f"console.unit_is_{one.change}"), one.on, _units(one.before), _units(one.after))
        for one in found.changes
    )
    listed = table(("change", "effective_on", "before", "after"), rows, "console.roster_unchanged")
    missing = messages.text("console.roster_missing_stay", units=_units(found.missing)) if found.missing else ""
    return "\n".join(filter(None, (head, listed, missing)))


def format_history(found: Sequence[UnitChangeRow]) -> str:
    """The changes on record."""
    return table(
        ("seq", "effective_on", "change", "before", "after", "actor", "recorded_at", "reason"),
        (
            (
                one.seq,
                one.on,
                messages.text(f"console.unit_is_{one.change}"),
                _units(one.before),
                _units(one.after),
                one.actor or messages.text("console.at_founding"),
                one.recorded_at.date(),
                one.reason,
            )
            for one in found
        ),
    )


def _units(units: Sequence[ChangedUnit]) -> str:
    shown = join_names(f"{one.name}（{one.code}）" for one in units[:MOST_NAMED])
    return messages.text("console.units_in_all", shown=shown, count=len(units)) if len(units) > MOST_NAMED else shown
