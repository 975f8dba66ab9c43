"""Every change of the units on record: what they were, what they became, from which day, who entered it and why.

Rosters are changed through this module alone. The heads of the chains are anchored with those of the cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from sqlalchemy import select

from regulations import Unit
from states.engine.successions import Change, UnitChange
from storage import canonical, case_numbers
from storage.engine import Session
from storage.journal.record_chain import RecordChain
from storage.journal.verification import ChainBreak
from storage.people import units
from storage.people.successions import change_of
from storage.rows import UnitChangeRow, table

CHANGES = table(UnitChangeRow)
CHAIN: Final = "units:"
"""What a chain is called where cases are called by their ids: ``units:TL``."""
RECORD: Final = RecordChain(CHAIN, CHANGES)
_ORDERED = select(CHANGES).order_by(CHANGES.c.jurisdiction, CHANGES.c.seq)


@dataclass(frozen=True, slots=True)
class RecordedChange:
    """A change as it was recorded; ``actor`` is empty where the database was set up."""

    jurisdiction: str
    seq: int
    what: UnitChange
    actor: str
    recorded_at: datetime
    reason: str


def keep(session: Session, jurisdiction: str) -> None:
    """Keep the units of a jurisdiction to this transaction: whoever else changes them waits for it to end."""
    case_numbers.next_case_number(session, jurisdiction, "units")


def enter(session: Session, jurisdiction: str, changes: Sequence[UnitChange], by: str, at: datetime, why: str) -> None:
    """Change units and record it. Those that end stay on the roster, since cases name them."""
    keep(session, jurisdiction)
    for one in changes:
        units.put(session, jurisdiction, one.after)
    RECORD.append(
        session,
        jurisdiction,
        (
            {
                "change": one.change, "effective_on": one.on, "actor": by, "recorded_at": at, "reason": why,
                "units": canonical.dumps({
                    "before": [asdict(unit) for unit in one.before],
                    "after": [asdict(unit) for unit in one.after],
                    "heir": one.heir,
                }),
            }
            for one in changes
        ),
    )  # fmt: skip


def add(session: Session, jurisdiction: str, new: Iterable[Unit], on: date, by: str, at: datetime, why: str) -> None:
    """Enter units that were not there."""
    listed = tuple(new)
    if listed:
        enter(session, jurisdiction, [UnitChange("added", on, (), listed)], by, at, why)


def recorded(session: Session, jurisdiction: str, code: str | None = None) -> list[RecordedChange]:
    """The changes of the units of a jurisdiction, or those that name one unit, in their order."""
    found = []
    for row in session.execute(_ORDERED.where(CHANGES.c.jurisdiction == jurisdiction)):
        kind: Change = row.change
        what = change_of(kind, row.effective_on, row.units)
        if code is None or code in {unit.code for unit in (*what.before, *what.after)}:
            found.append(RecordedChange(jurisdiction, row.seq, what, row.actor, row.recorded_at, row.reason))
    return found


def breaks(session: Session) -> Iterator[ChainBreak]:
    """The first break of every chain."""
    rows = [dict(row._mapping) for row in session.execute(_ORDERED)]
    for jurisdiction, chain in groupby(rows, key=lambda row: str(row["jurisdiction"])):
        broken = RECORD.first_break(jurisdiction, chain)
        if broken is not None:
            yield broken
