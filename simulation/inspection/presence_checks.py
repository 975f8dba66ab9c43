"""Invariants of presence: an absent member visits nobody, and one who was never seen is excused (Tongliang art. 17)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from simulation.violations import Violation
from states.engine.case import Case
from states.inspection.groups import people_of
from states.inspection.presence import DatedAbsence, DatedVisit

REPORTED: Final = "reported"


def of_group(group: Case, visits: Sequence[Case]) -> Iterator[Violation]:
    """Members who visited on a day of their absence, or whom a group that has reported never saw nor excused."""
    made = [one for visit in visits for one in visit.read_all("visits", DatedVisit)]
    absences = group.read_all("absences", DatedAbsence)
    seen = {name for one in made for name in one.visitors}
    for one in made:
        both = {absence.member for absence in absences if absence.covers(one.on)} & {*one.visitors, one.by}
        yield from (Violation("absent", group.id, f"{name} {one.on}") for name in sorted(both))
    if group.state == REPORTED and made:
        missing = people_of(group) - seen - {absence.member for absence in absences}
        yield from (Violation("absent", group.id, name) for name in sorted(missing))
