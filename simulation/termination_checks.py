"""Checks that every case can still end, by trial and rollback."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from casework import do_act
from casework.acts.act_models import ActRequest
from casework.acts.request_context import open_context
from casework.clock import FixedClock
from simulation.inspection.likelihoods import CANCEL
from simulation.random_steps import ongoing
from simulation.sandbox_db import JURISDICTION
from simulation.violations import Violation
from states.engine.case import Case, Role
from states.engine.evaluate import possible_acts
from states.engine.refusals import ActRefused
from storage.cases import cases
from storage.engine import Database, Session
from storage.people import accounts


class _Undone(Exception):
    """Rolls back the trial."""


def without_end(database: Database, at: datetime) -> Iterator[Violation]:
    """Inspections that cannot be cancelled, and cases that outlive them but have no possible act."""
    found: list[Violation] = []
    try:
        with database.writing() as session:
            found += _cancelled(session, FixedClock(at))
            raise _Undone
    except _Undone:
        yield from found


def _cancelled(session: Session, clock: FixedClock) -> Iterator[Violation]:
    authority = accounts.holders(session, JURISDICTION, Role.AUTHORITY)[0]
    for inspection in ongoing(session):
        try:
            do_act.do_act(session, clock, ActRequest(authority), inspection, CANCEL, {"note": "试"})
        except ActRefused as refused:
            yield Violation("stranded", inspection, ", ".join(one.code for one in refused.refusals))
    request = open_context(session, clock, None)
    for case in cases.find(session, jurisdiction=JURISDICTION, open=True):
        verdicts = possible_acts(case, request.context(case))
        if not any(one.allowed and one.step and one.step.destination(case.state) != case.state for one in verdicts):
            yield Violation(
                "stranded", case.id, _format_codes(case, [one.code for v in verdicts for one in v.refusals])
            )


def _format_codes(case: Case, codes: list[str]) -> str:
    return f"{case.procedure} {case.state}: {', '.join(codes)}"
