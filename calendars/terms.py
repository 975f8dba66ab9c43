"""Terms: how long, in what unit, and whether they roll off a rest day."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date
from typing import Literal

Unit = Literal["working_days", "days", "months", "years"]


@dataclass(frozen=True, slots=True)
class Term:
    """``length`` in ``unit``; the start day is never counted (Civil Code 201).

    ``rollover``: a last day that is a rest day gives way to the first working day after it (Civil Code 203).
    ``article`` is the provision the term is counted by.
    """

    length: int
    unit: Unit
    rollover: bool = True
    article: str = "民法典第二百零一条至第二百零三条"


def months_later(start: date, months: int) -> date:
    """The corresponding day, or the last day of a month that has none (Civil Code 202); at most the end of time."""
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    if year > MAXYEAR:
        return date.max
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def year_later(start: date) -> date:
    """The last day of a year counted from ``start`` (Civil Code 201–202): a year from 29 February ends on the 28th."""
    return months_later(start, 12)
