"""Whether every case can still come to an end: tried out, and undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from casework import acting
from casework.acting import Asked
from casework.clock import FixedClock
from casework.desk import sit
from casework.simulation.breaches import Breach
from casework.simulation.ground import JURISDICTION
from casework.simulation.planning import ongoing
from states.case import Case, Role
from states.machine import possibilities
from states.refusals import ActRefused
from storage import accounts, cases
from storage.engine import Database, Session


class _Undone(Exception):
    """It was only tried."""


def stranded(database: Database, at: datetime) -> Iterator[Breach]:
    """Inspections that cannot even be cancelled, and cases that go on after that but cannot be moved."""
    found: list[Breach] = []
    try:
        with database.writing() as session:
            found += _cancelled(session, FixedClock(at))
            raise _Undone
    except _Undone:
        yield from found


def _cancelled(session: Session, clock: FixedClock) -> Iterator[Breach]:
    authority = accounts.holders(session, JURISDICTION, Role.AUTHORITY)[0]
    for inspection in ongoing(session):
        try:
            acting.act(session, clock, Asked(authority), inspection, "cancel", {"note": "试"})
        except ActRefused as refused:
            yield Breach("stranded", inspection, ", ".join(one.code for one in refused.refusals))
    desk = sit(session, clock, None)
    for case in cases.find(session, jurisdiction=JURISDICTION, open=True):
        verdicts = possibilities(case, desk.context(case))
        if not any(one.allowed and one.step and one.step.destination(case.state) != case.state for one in verdicts):
            yield Breach("stranded", case.id, _told(case, [one.code for v in verdicts for one in v.refusals]))


def _told(case: Case, codes: list[str]) -> str:
    return f"{case.procedure} {case.state}: {', '.join(codes)}"
