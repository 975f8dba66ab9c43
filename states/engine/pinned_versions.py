"""The versions of its regulation that a case has pinned: one for good, unless it is migrated on record (rule 4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from states.engine.case import Case

MIGRATE: Final = "migrate"
"""The act by which a case is pinned to another version. Every case of every procedure has it, and no table: it moves
nothing but the version."""
_PINNED: Final = "pinned_versions"


def pinned_to(case: Case, regulation: str, by: str, on: date, note: str) -> Case:
    """The case pinned to another version; its state and the day of its last act stay as they are."""
    record = {"by": by, "on": on.isoformat(), "act": case.version + 1, "from": case.regulation, "to": regulation}
    earlier = case.dossier.get(_PINNED, ())
    names = (*(one for one in case.actors_by_act.get(MIGRATE, ()) if one != by), by)
    return replace(
        case,
        regulation=regulation,
        version=case.version + 1,
        actors_by_act={**case.actors_by_act, MIGRATE: names},
        dossier={**case.dossier, _PINNED: [*earlier, {**record, "note": note}]},
    )


def version_at_act(case: Case, number: int) -> str:
    """The version by which the act of this number was judged and is cited."""
    for record in case.dossier.get(_PINNED, ()):
        if number < record["act"]:
            return str(record["from"])
    return case.regulation


def version_on(case: Case, day: date | None) -> str:
    """The version by which something that ended on this day is cited; the present one for what has not ended."""
    if day is not None:
        for record in case.dossier.get(_PINNED, ()):
            if day <= date.fromisoformat(record["on"]):
                return str(record["from"])
    return case.regulation
