"""Units that go on as others: drawn, played and checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, Final

from sqlalchemy import Row

from casework.acts.act_models import ActRequest
from casework.administration import unit_changes
from casework.administration.unit_changes import WantedChange
from casework.administration.unit_models import UnitChangeRefused
from casework.clock import FixedClock
from casework.errors import NotPermitted
from simulation.sandbox_db import JURISDICTION
from simulation.script import Step
from simulation.violations import Violation
from states.engine.case import Case
from states.engine.frequency import Key, Use
from states.engine.successions import Change, Successions
from storage.engine import Session
from storage.people import accounts, successions

CHANGES: Final[Sequence[Change]] = ("recoded", "recoded", "split", "merged", "renamed", "abolished")


def draw(chance: Random, units: Sequence[str], number: int) -> dict[str, Any]:
    """A change of a unit, as a step has it."""
    change, code, other = chance.choice(CHANGES), chance.choice(units), chance.choice(units)
    after: dict[Change, list[list[str | None]]] = {
        "recoded": [[f"{code[:20]}-{number}", f"第{number}街道"]],
        "split": [[code, None], [f"{code[:20]}-{number}", f"第{number}街道"]],
        "merged": [[other, None]],
        "renamed": [[code, f"第{number}街道"]],
        "abolished": [],
    }
    return {"change": change, "before": [code], "after": after[change]}


def play(session: Session, step: Step) -> bool:
    """Record the change; False where it was refused."""
    data = step.data
    after = tuple((code, name) for code, name in data["after"])
    wanted = WantedChange(data["change"], tuple(data["before"]), after, reason="区划调整")
    try:
        unit_changes.change_units(session, FixedClock(step.at), ActRequest(step.who, jurisdiction=JURISDICTION), wanted)
    except (UnitChangeRefused, NotPermitted):
        return False
    return True


def unborne(session: Session, found: Sequence[Case]) -> Iterator[Violation]:
    """Duties that nobody has: an open case, or an active account, of a unit that ended."""
    became = successions.load(session, JURISDICTION)
    for case in found:
        for code in filter(None, (case.unit, *case.targets)):
            if became.ended_by(became.bearer(code)) is not None:
                yield Violation("unborne", case.id, code)
    for actor in accounts.active(session, JURISDICTION):
        end = became.ended_by(actor.unit) if actor.unit else None
        if end is not None and end.heir is not None:
            yield Violation("unborne", actor.name, str(actor.unit))


def under_each_unit(became: Successions, kind: str, row: Row[Any]) -> Iterator[str]:
    """The values under which a use of a key counts; of a unit, every unit for which it counts."""
    use = Use(Key(kind, row.key_value), row.case_id, row.since, row.until)
    for code in became.related(row.key_value):
        if list(became.counting_for(code, [use])):
            yield code
