"""The assessment year: from 1 July to 30 June of the next year (Yangjiang part 2), and the days that are set in it.

The days come from the data of the regulation: the first of July and what is due before it fall in the year in which
the assessment year begins, what is due after its end in the next.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from regulations import Regulation
from states.engine.case import Case
from states.engine.set_days import SetDay

FIRST: Final = (7, 1)
LAST: Final = (6, 30)
AT_THE_START: Final = frozenset({"targets", "scheme_issued"})
"""The obligations that are due before the year, or when it begins."""


def begins(year: int) -> date:
    """The first day of the assessment year."""
    return date(year, *FIRST)


def ends(year: int) -> date:
    """Its last day."""
    return date(year + 1, *LAST)


def set_day(case: Case, regulation: Regulation, name: str) -> SetDay | None:
    """The day on which an obligation of this name is due in the year of a case; None where no day is set."""
    for duty in regulation.obligations:
        if duty.code == name and duty.month is not None and duty.day is not None:
            year = case.year if name in AT_THE_START else case.year + 1
            return SetDay(date(year, duty.month, duty.day), duty.ref)
    return None
