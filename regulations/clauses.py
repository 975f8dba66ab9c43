"""Articles and their numbered items, each with an address of its own: ``13``, ``13(2)``, ``11(2)3``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_DIGITS = "零一二三四五六七八九"
_ITEM = r"[（(]([一二三四五六七八九十]+)[）)]\s*"
_SUB_ITEM = r"(\d+)[.．、](?!\d)\s*"
_INDENT = "　　"


@dataclass(frozen=True, slots=True)
class Clause:
    """An article or one of its items. ``text`` is verbatim, without the clause's own number; the text of an
    article or item contains those of its sub-items. Items carry the heading of their article."""

    ref: str
    heading: str
    text: str


def chinese_number(number: int) -> str:
    """The Chinese numeral of 1 to 99: 13 is 十三."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


_NUMBERS = {chinese_number(number): number for number in range(1, 100)}


def items_under(clauses: Iterable[Clause], ref: str) -> tuple[Clause, ...]:
    """The numbered items directly under an article or an item, in order."""
    child = re.compile(re.escape(ref) + (r"\d+" if ref.endswith(")") else r"\(\d+\)"))
    return tuple(clause for clause in clauses if child.fullmatch(clause.ref))


def clauses_of(number: int, heading: str, text: str) -> list[Clause]:
    """An article cut into itself and its numbered items, in the order of the text.

    A line that begins with （一） or 1. opens an item; a line indented with two full-width spaces continues
    the item before it (such a paragraph cannot be told from one of the article by its words alone).
    """
    article, item, opened = str(number), "", ""
    lines: dict[str, list[str]] = {article: []}
    for raw in text.strip("\n").splitlines():
        line = raw.removeprefix(_INDENT)
        lines[article].append(line)
        if found := re.match(_ITEM, line):
            item = opened = f"{article}({_NUMBERS[found[1]]})"
            lines[item] = [line[found.end() :]]
        elif item and (found := re.match(_SUB_ITEM, line)):
            opened = f"{item}{found[1]}"
            lines[item].append(line)
            lines[opened] = [line[found.end() :]]
        elif raw != line and opened:
            for holder in {item, opened}:
                lines[holder].append(line)
    return [Clause(ref, heading, "\n".join(parts)) for ref, parts in lines.items()]
