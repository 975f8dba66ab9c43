"""Cases as they stood after one of their acts, told from their journal alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from states.engine.case import Case
from storage.cases.hands import Stored, from_json
from storage.engine import Session
from storage.journal import journal
from storage.journal.verification import retell


def as_of(session: Session, case_id: str, version: int) -> Case:
    """The case as the act of this number left it. Raises LookupError when its journal does not reach so far."""
    entries = journal.of_case(session, case_id)[:version]
    if not 0 < version == len(entries):
        raise LookupError(f"{case_id} has no act {version}")
    told: dict[str, Any] = {}
    for entry in entries:
        retell(told, entry.before, entry.after)
    return _case(case_id, version, **told)


def _case(
    case_id: str,
    version: int,
    *,
    opened_on: str,
    acted_on: str,
    targets: list[str],
    hands: Stored,
    **same: Any,
) -> Case:
    """The case that the journal describes; ``hands`` is the journal's key for the actors of each act."""
    return Case(
        id=case_id,
        version=version,
        opened_on=date.fromisoformat(opened_on),
        acted_on=date.fromisoformat(acted_on),
        targets=tuple(targets),
        actors_by_act=from_json(hands),
        **same,
    )
