"""Clauses by the numbers people write: 四(二)6, 十三(二), 五乙(二), 附件8, 第十三条第（二）项, 13(2)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from regulations.citations import PRINTED
from regulations.clauses import NUMBERS, Clause, chinese_number
from regulations.errors import UnknownArticle
from regulations.regulation import Regulation

_LATER: Final = ("", "乙", "丙", "丁", "戊")
"""What follows a number that a text prints for the second, third … time."""
_NUMERAL: Final = r"\d+|[一二三四五六七八九十]+"
_WRITTEN: Final = re.compile(
    rf"(?P<annex>附件)?第?(?:(?P<top>{_NUMERAL})(?P<later>[甲乙丙丁戊])?(?:条|部分|项|、)?)?"
    rf"(?:第?\((?P<item>{_NUMERAL})\)项?|第(?P<item_said>{_NUMERAL})项)?"
    rf"(?:第?(?P<sub>{_NUMERAL})目?)?"
    rf"(?:(?:第(?P<paragraph>{_NUMERAL})[段款])|p(?P<p>\d+))?"
)
_ENGLISH: Final = r"^(?:art(?:icle)?|part)\.?(?=\d)"


class _Number(NamedTuple):
    """The number of a clause in its parts; 0 where it has none."""

    annex: bool
    top: int
    later: str
    item: int = 0
    sub: int = 0
    paragraph: int = 0


def written(regulation: Regulation, ref: str) -> str:
    """A clause as its text numbers it: 四(二)6; 五乙(二) in the second part that is printed as 五."""
    return _written(regulation)[ref]


def find(regulation: Regulation, asked: str) -> str:
    """The address of the clause that is written this way, in the text or in the national one above it.

    An address is taken as it is. Raises UnknownArticle.
    """
    prefix, colon, own = asked.partition(":")
    above = regulation.national
    if colon and above is not None and prefix == above.id:
        return f"{above.id}:{find(above, own)}"
    if any(one.ref == asked for one in regulation.clauses):
        return asked
    number = _read(asked)
    if number is not None:
        known = _by_number(regulation)
        if number in known:
            return known[number]
        lone = _running_item(regulation, number)
        if lone:
            return lone
    cited = _by_citation(regulation).get(_plain(asked).removeprefix(f"《{_plain(regulation.title)}》"))
    if cited:
        return cited
    raise UnknownArticle(ref=asked, title=regulation.named())


def _read(asked: str) -> _Number | None:
    """The parts of a number as written; None for what is no number."""
    plain = _plain(asked)
    found = _WRITTEN.fullmatch(re.sub(_ENGLISH, "", plain))
    if not found or not plain:
        return None
    said = found.groupdict()
    top, item, sub = _value(said["top"]), _value(said["item"] or said["item_said"]), _value(said["sub"])
    later = "" if said["later"] == "甲" else said["later"] or ""
    paragraph = _value(said["paragraph"] or said["p"])
    if said["annex"]:
        return _Number(True, 0, "", top or item, (item if top else 0) or sub, paragraph)
    return _Number(False, top, later, item, sub, paragraph)


def _plain(asked: str) -> str:
    """Without blanks, and in one width."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", asked)).lower()


@lru_cache(maxsize=64)
def _by_citation(regulation: Regulation) -> dict[str, str]:
    """第五部分（结果运用）第（二）项: two parts of one number are cited with their headings."""
    return {_plain(regulation.short(one.ref, "zh")): one.ref for one in regulation.clauses}


def _value(numeral: str | None) -> int:
    return 0 if numeral is None else int(numeral) if numeral.isdigit() else NUMBERS.get(numeral, -1)


def _running_item(regulation: Regulation, number: _Number) -> str:
    """The only item of this number in a text whose items run on through its parts."""
    asked = number.item or number.top
    if number.annex or (number.item and number.top) or number.sub or number.paragraph or number.later:
        return ""
    items = [one for known, one in _by_number(regulation).items() if known == (*known[:3], asked, 0, 0)]
    return items[0] if len(items) == 1 and asked else ""


@lru_cache(maxsize=64)
def _by_number(regulation: Regulation) -> dict[_Number, str]:
    return {number: ref for ref, number in _numbers(regulation).items()}


@lru_cache(maxsize=64)
def _numbers(regulation: Regulation) -> dict[str, _Number]:
    later = _later(regulation)
    return {one.ref: _number(one, later[_top(one)]) for one in regulation.clauses}


def _number(clause: Clause, later: str) -> _Number:
    found = re.fullmatch(PRINTED, clause.number)
    assert found is not None
    article, annex, item, sub, paragraph = (int(part) if part else 0 for part in found.groups())
    return _Number(found[1] is None, article or annex, later, item, sub, paragraph)


def _top(clause: Clause) -> str:
    """The address of the article, part or annex that a clause is in."""
    return re.split(r"[(p]", clause.ref)[0]


def _later(regulation: Regulation) -> dict[str, str]:
    """乙, 丙 … for each article or part whose number was printed before."""
    seen: dict[str, int] = {}
    found = {}
    for one in regulation.clauses:
        if one.top:
            found[one.ref] = _LATER[seen.get(one.number, 0)]
            seen[one.number] = seen.get(one.number, 0) + 1
    return found


@lru_cache(maxsize=64)
def _written(regulation: Regulation) -> dict[str, str]:
    return {ref: _text(number) for ref, number in _numbers(regulation).items()}


def _text(number: _Number) -> str:
    if number.annex:
        return _annex_text(number)
    text = chinese_number(number.top) + number.later
    if number.item:
        text += f"({chinese_number(number.item)})"
    if number.sub:
        text += str(number.sub)
    return f"{text}第{chinese_number(number.paragraph)}段" if number.paragraph else text


def _annex_text(number: _Number) -> str:
    """附件8 is the eighth row of the only annex, 附件1(3) the third line of its first row; 附件2第8项 is of several."""
    if number.top:
        row = f"第{number.item}项" if number.item else ""
        return f"附件{number.top}{row}" + (f"第{number.sub}目" if number.sub else "")
    return "附件" + (str(number.item) if number.item else "") + (f"({number.sub})" if number.sub else "")
