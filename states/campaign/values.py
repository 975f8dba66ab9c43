"""Values of indicators: exact decimals, yes or no, and the comparison of one with another."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from regulations.duties import Indicator

_DECIMAL: Final = re.compile(r"-?\d{1,18}(\.\d{1,12})?")
YES: Final = {"是": Decimal(1), "yes": Decimal(1), "否": Decimal(0), "no": Decimal(0)}
"""What an indicator of a fact may be given as."""
_COMPARE: Final[Mapping[str, Callable[[Decimal, Decimal], bool]]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "=": operator.eq,
    "<=": operator.le,
    "<": operator.lt,
    "rise": operator.gt,
    "fall": operator.lt,
    "rank": operator.le,
    "count": operator.le,
    "yes": operator.eq,
}


def read_value(indicator: Indicator, written: str) -> Decimal | None:
    """The value as written; None for what this indicator cannot have."""
    text = written.strip()
    if indicator.comparator == "yes":
        return YES.get(text.casefold())
    if not _DECIMAL.fullmatch(text):
        return None
    value = Decimal(text)
    if indicator.comparator in ("rank", "count") and value != value.to_integral_value():
        return None
    lowest = 1 if indicator.comparator == "rank" else 0
    if value < lowest or (indicator.unit == "%" and value > 100):
        return None
    return value


def reaches(indicator: Indicator, value: Decimal, target: Decimal) -> bool:
    """Whether a value reaches the target by the comparator of the indicator."""
    return _COMPARE[indicator.comparator](value, target)


def same_measure(indicator: Indicator, written: str) -> bool:
    """Whether a reading is in the unit of the indicator; a full-width percent sign is one."""
    return _folded(written) == _folded(indicator.unit)


def _folded(unit: str) -> str:
    return "".join(unit.replace("％", "%").replace("／", "/").split())
