"""The marks that begin a division of a text: 第一章, 第一条, 一、, （一）, 1., （1）, 附件."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_CN: Final = "[零〇一二三四五六七八九十百]+"
_DIGITS: Final = {one: at for at, one in enumerate("零一二三四五六七八九")} | {"〇": 0}
_RUNNING_ON: Final = "的规定所第、，,和至中或及之款项"
"""What follows a number that is only referred to: 第三条规定的情形."""

BOOK, CHAPTER, SECTION, ARTICLE, PART = "book", "chapter", "section", "article", "part"
ITEM, SUB_ITEM, POINT, ANNEX = "item", "sub_item", "point", "annex"
_PATTERNS: Final = (
    (BOOK, re.compile(rf"第\s*({_CN})\s*[编篇][\s　]*(.*)")),
    (CHAPTER, re.compile(rf"第\s*({_CN})\s*章[\s　]*(.*)")),
    (SECTION, re.compile(rf"第\s*({_CN})\s*节[\s　]*(.*)")),
    (ARTICLE, re.compile(rf"第\s*({_CN}|\d{{1,3}})\s*条(.*)")),
    (PART, re.compile(rf"({_CN})、\s*(.*)")),
    (ITEM, re.compile(rf"[（(]\s*({_CN})\s*[）)]\s*(.*)")),
    (POINT, re.compile(r"[（(]\s*(\d{1,2})\s*[）)]\s*(.*)")),
    (SUB_ITEM, re.compile(r"(\d{1,2})\s*[.．、](?!\d)\s*(.*)")),
    (ANNEX, re.compile(rf"附\s*[件表](?:\s*({_CN}|\d{{1,2}}))?[\s　:：]*(.*)")),
)
_ANNEX_LINE: Final = 60
"""Characters: a longer line that begins with 附件 is a sentence."""
_HEADINGS: Final = (BOOK, CHAPTER, SECTION)
_LONGEST_HEADING: Final = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark a line begins with: its sort, its number (0: none), and the words after it."""

    sort: str
    number: int
    rest: str


def mark_of(text: str) -> Mark | None:
    """The mark of a line; None for a line without one."""
    for sort, pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        if found is None:
            continue
        number, rest = found[1], found[2].strip()
        if sort == ARTICLE and found[2][:1] and found[2][0] in _RUNNING_ON:
            return None
        if (sort in _HEADINGS and len(rest) > _LONGEST_HEADING) or (sort == ANNEX and _is_sentence(text)):
            return None
        value = number_of(number) if number else 0
        if value is not None:
            return Mark(sort, value, rest)
    return None


def begins_with_a_mark(text: str) -> bool:
    """Whether a line begins a division."""
    return mark_of(text) is not None


def number_of(written: str) -> int | None:
    """The number that a numeral writes, Chinese or Arabic, up to 999; None for what is no number."""
    if written.isdecimal():
        return int(written)
    hundreds, _, rest = written.rpartition("百")
    if hundreds and hundreds not in _DIGITS:
        return None
    rest = rest.lstrip("零〇") if hundreds else rest
    tens, ten, ones = rest.rpartition("十")
    if any(part and part not in _DIGITS for part in (tens, ones)):
        return None
    value = _DIGITS.get(hundreds, 0) * 100 + (_DIGITS.get(tens, 1) if ten else 0) * 10 + _DIGITS.get(ones, 0)
    return value or None


def _is_sentence(text: str) -> bool:
    return len(text) > _ANNEX_LINE or text.endswith(("。", "；", "，"))
