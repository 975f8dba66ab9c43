"""How a clause is cited: 《…》第十三条第（二）项 in Chinese, ``art. 13(2)`` in English."""

from __future__ import annotations

import re
from typing import NamedTuple

from regulations.clauses import chinese_number

_REF = r"(\d+)(?:\((\d+)\)(\d+)?)?"
_DIVISIONS = {"article": ("条", "art."), "part": ("部分", "part")}


class Place(NamedTuple):
    """Where a clause stands, in the three ways it is written."""

    full: str
    short: str
    english: str


def place(ref: str, division: str) -> Place:
    """The place that ``ref`` names in a text divided into articles (条) or parts (部分)."""
    found = re.fullmatch(_REF, ref)
    if not found:
        raise ValueError(ref)
    article, item, sub_item = found.groups()
    measure, english = _DIVISIONS[division]
    full = short = f"第{chinese_number(int(article))}{measure}"
    if item:
        numeral = chinese_number(int(item))
        full, short = f"{full}第（{numeral}）项", f"{short}（{numeral}）"
    if sub_item:
        full, short = f"{full}第{sub_item}目", f"{short}{sub_item}"
    return Place(full, short, f"{english} {ref}")
