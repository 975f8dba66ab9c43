"""How a clause is cited: 《…》第十三条第（二）项 in Chinese, ``art. 13(2)`` in English."""

from __future__ import annotations

import re
from typing import NamedTuple

from regulations.clauses import chinese_number

PRINTED = r"(?:(\d+)|A(\d*))(?:\((\d+)\)(\d+)?)?(?:p(\d+))?"
_DIVISIONS = {"article": ("条", "art.", "款"), "part": ("部分", "part", "段")}


class Place(NamedTuple):
    """Where a clause stands, in both languages."""

    chinese: str
    english: str


def place(printed: str, division: str, heading: str = "") -> Place:
    """The place of the clause with this printed number, in a text divided into articles (条) or parts (部分).

    ``heading`` tells apart two parts that are printed with the same number.
    """
    found = re.fullmatch(PRINTED, printed)
    if not found:
        raise ValueError(printed)
    article, annex, item, sub_item, paragraph = found.groups()
    measure, name, paragraph_measure = _DIVISIONS[division]
    if article is None:
        return _in_annex(annex, item, sub_item)
    chinese, english = f"第{chinese_number(int(article))}{measure}", f"{name} {article}"
    if heading:
        chinese, english = f"{chinese}（{heading}）", f"{english} “{heading}”, "
    if item:
        chinese, english = f"{chinese}第（{chinese_number(int(item))}）项", f"{english}({item})"
    if sub_item:
        chinese, english = f"{chinese}第{sub_item}目", f"{english}{sub_item}"
    if paragraph:
        numeral = chinese_number(int(paragraph))
        chinese, english = f"{chinese}第{numeral}{paragraph_measure}", f"{english}, para. {paragraph}"
    return Place(chinese, english.rstrip(", "))


def _in_annex(number: str, item: str | None, point: str | None) -> Place:
    """An annex, a numbered row of its table, or a line of the row; the only annex of a text has no number."""
    chinese, english = f"附件{number}", f"annex {number}".strip()
    if item:
        chinese, english = f"{chinese}第{item}项", f"{english}, item {item}"
    if point:
        chinese, english = f"{chinese}第{point}目", f"{english}, line {point}"
    return Place(chinese, english)
