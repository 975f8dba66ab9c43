"""The lights of indicators, duties and obligations: worked out from what is on record, never stored.

Green: reached. Yellow: not reached yet. Red: not reached, and its time is over. Unset: nothing to hold it against, or
no interval. Unknown: no reading yet. Unset and unknown are never green.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, Literal

from regulations.duties import Indicator
from states.campaign.dossier import KeptFigure, KeptReading
from states.campaign.periods import Period, read_period
from states.campaign.values import reaches, read_value

Trend = Literal["up", "down", "level", "none"]


class Sign(StrEnum):
    """The colours of boards and indicators."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    UNSET = "unset"
    UNKNOWN = "unknown"


_WORST: Final = (Sign.RED, Sign.YELLOW, Sign.UNSET, Sign.UNKNOWN, Sign.GREEN)


def worst(signs: Iterable[Sign]) -> Sign | None:
    """The sign of several together: the first of red, yellow, unset, unknown, green; None of nothing."""
    found = set(signs)
    return next((sign for sign in _WORST if sign in found), None)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an indicator stands: the last reading, the target it is held against, its sign and trend."""

    indicator: Indicator
    reading: KeptReading | None
    target: Decimal | None
    sign: Sign
    trend: Trend


def standing(
    indicator: Indicator,
    readings: Sequence[KeptReading],
    figures: Sequence[KeptFigure],
    ends: date,
    today: date,
    body: str | None = None,
) -> Standing:
    """How an indicator stands for a unit, or for the whole jurisdiction where ``body`` is None."""
    own = _by_period([one for one in readings if one.entry.indicator == indicator.code and one.entry.body == body])
    last = own[-1] if own else None
    before = _value(indicator, own[-2]) if len(own) > 1 else None
    value = _value(indicator, last) if last else None
    target = _target(indicator, figures, body, last, before)
    until = min(date(indicator.year, 12, 31), ends) if indicator.year else ends
    return Standing(indicator, last, target, _sign(indicator, value, target, today > until), _trend(value, before))


def period_of(kept: KeptReading) -> Period:
    """The period of a reading that was taken."""
    found = read_period(kept.entry.period)
    assert found is not None, kept.entry.period
    return found


def _by_period(readings: Iterable[KeptReading]) -> list[KeptReading]:
    """One reading for each period, the one recorded last, in the order of the periods; all of one length."""
    kept = {period_of(one): one for one in readings}
    if not kept:
        return []
    months = max(kept).months
    return [kept[period] for period in sorted(kept) if period.months == months]


def _value(indicator: Indicator, kept: KeptReading) -> Decimal | None:
    return read_value(indicator, kept.entry.value)


def _target(
    indicator: Indicator,
    figures: Sequence[KeptFigure],
    body: str | None,
    last: KeptReading | None,
    before: Decimal | None,
) -> Decimal | None:
    """What the last reading is held against; None while that is not known."""
    if indicator.comparator == "yes":
        return Decimal(1)
    if indicator.against == "last_period":
        return before
    if indicator.against == "number" and indicator.value:
        return Decimal(indicator.value)
    kind = "rank" if indicator.comparator == "rank" else indicator.against
    fitting = [
        one
        for one in figures
        if one.entry.indicator == indicator.code
        and one.entry.kind == kind
        and one.entry.body in (body, None)
        and (last is None or one.entry.period == last.entry.period)
    ]
    own = [one for one in fitting if one.entry.body == body] or fitting
    return read_value(indicator, own[-1].entry.value) if own else None


def _sign(indicator: Indicator, value: Decimal | None, target: Decimal | None, over: bool) -> Sign:
    if target is None and indicator.against != "last_period":
        return Sign.UNSET
    if value is None or target is None:
        return Sign.UNKNOWN
    if reaches(indicator, value, target):
        return Sign.GREEN
    return Sign.RED if over else Sign.YELLOW


def _trend(value: Decimal | None, before: Decimal | None) -> Trend:
    if value is None or before is None:
        return "none"
    return "up" if value > before else "down" if value < before else "level"
