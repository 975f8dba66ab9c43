"""Who took part in visits, and who was absent when (Tongliang art. 17)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from messages.names import fold_name
from states.engine.case import Case
from states.inspection.forms.conduct import RecordAbsence, VisitOnSite


class DatedAbsence(RecordAbsence):
    """An absence as it is on record."""

    on: date

    def covers(self, day: date) -> bool:
        """Whether the member was absent on this day."""
        begins = self.begins or self.on
        return begins <= day <= (self.ends or begins)


class DatedVisit(VisitOnSite):
    """A visit as it is on record."""

    on: date
    by: str

    @property
    def visitors(self) -> frozenset[str]:
        """Who took part: the people named, or whoever recorded the visit."""
        return frozenset(self.present or (fold_name(self.by),))


def absent_on(group: Case, day: date) -> frozenset[str]:
    """The members whose absence on this day is on record."""
    return frozenset(one.member for one in group.read_all("absences", DatedAbsence) if one.covers(day))


def is_absent(group: Case, name: str, day: date) -> bool:
    """Whether an absence of this member on this day is on record."""
    return name in absent_on(group, day)


def visits_of(visits: Iterable[Case]) -> list[DatedVisit]:
    """What is on record of these visits on site."""
    return [made for visit in visits for made in visit.read_all("visits", DatedVisit)]
