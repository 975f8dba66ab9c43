"""Checks of the days of acts: what a party hands in, what rests on the future, and what lies inside a suspension."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from casework.clock import SHANGHAI
from simulation.inspection.likelihoods import ENDS_SUSPENSION, RESTS_ON_PARTS, RESTS_ON_ROOT, SUSPENDS
from simulation.violations import Violation
from states.engine.case import Case, Role
from states.packs import procedure_of
from storage.cases import cases
from storage.engine import Session
from storage.journal import journal
from storage.journal.journal import Entry


def of_days(session: Session, found: Mapping[str, Case], entries: Mapping[str, list[Entry]]) -> Iterator[Violation]:
    """Violations in the days of the acts of these cases."""
    suspended: dict[str, list[tuple[date, date]]] = {}
    for case in found.values():
        if case.family not in suspended:
            known = entries.get(case.family)
            suspended[case.family] = _spans(journal.of_case(session, case.family) if known is None else known)
        for entry in entries[case.id]:
            yield from _dated_back(case, entry)
            yield from _inside(case, entry, suspended[case.family])
            yield from _premature(session, case, entry)


def _dated_back(case: Case, entry: Entry) -> Iterator[Violation]:
    """What a party hands in counts on the day it is recorded, unless the office enters it late."""
    recorded = entry.recorded_at.astimezone(SHANGHAI).date()
    late_entry = "late_entry" in entry.form
    if (late_entry and entry.role != Role.COORDINATOR) or (
        entry.role == Role.TARGET_OFFICER and entry.acted_on < recorded
    ):
        yield Violation("dated_back", case.id, f"{entry.actor}: {entry.act} {entry.acted_on} < {recorded}")


def _inside(case: Case, entry: Entry, spans: Iterable[tuple[date, date]]) -> Iterator[Violation]:
    """An act that a suspension does not allow is not dated inside one."""
    rows = [row for row in procedure_of(case).rows(entry.act) if entry.from_state in row.from_]
    if all(row.suspended for row in rows):
        return
    for since, until in spans:
        if since < entry.acted_on < until:
            yield Violation("in_suspension", case.id, f"{entry.act} {entry.acted_on}: {since}-{until}")


def _spans(entries: list[Entry]) -> list[tuple[date, date]]:
    """First and last day of each suspension that has ended."""
    begun = [entry.acted_on for entry in entries if entry.act == SUSPENDS]
    ended = [entry.acted_on for entry in entries if entry.act in ENDS_SUSPENSION]
    return list(zip(begun, ended, strict=False))


def _premature(session: Session, case: Case, entry: Entry) -> Iterator[Violation]:
    """An act is not dated before the acts on other cases on which it rests."""
    key = (case.procedure, entry.act)
    rested_on = [
        part.acted_on
        for part in (cases.parts(session, case.family, RESTS_ON_PARTS[key]) if key in RESTS_ON_PARTS else ())
        if part.unit == case.unit or case.id == case.family
    ]
    if (act := RESTS_ON_ROOT.get(key)) is not None:
        of_root = journal.of_case(session, case.family)
        rested_on += [one.acted_on for one in of_root if one.act == act]
    if rested_on and entry.acted_on < max(rested_on):
        yield Violation("premature", case.id, f"{entry.act} {entry.acted_on} < {max(rested_on)}")
