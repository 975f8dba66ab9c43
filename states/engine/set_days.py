"""Days that a regulation sets for a case: an absolute date instead of a term that is counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from regulations import Regulation
from states.engine.case import Case


@dataclass(frozen=True, slots=True)
class SetDay:
    """The last day on which something is in time, and the clause that sets it."""

    day: date
    article: str


SetDayOf = Callable[[Case, Regulation, str], SetDay | None]
"""The day set for an obligation of this name in a case; None where none is set, so that a term is counted."""


def no_set_days(case: Case, regulation: Regulation, name: str) -> SetDay | None:
    """Of an instrument that only counts terms."""
    return None
