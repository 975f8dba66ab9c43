"""Clauses, each with an address of its own: ``13``, ``13(2)``, ``11(2)3``, ``2(1)p2``, ``A1(8)``.

An address is where a clause stands in the text, and unique; the printed number is what the text itself calls it. The
two differ where a text prints a number twice. Numbered items may run on from one part to the next: they keep their
printed number under the part they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_DIGITS = "零一二三四五六七八九"
_ITEM = r"[（(]([一二三四五六七八九十]+)[）)]\s*"
_SUB_ITEM = r"(\d+)[.．、](?!\d)\s*"
_INDENT = "　　"
_REMARK = "备注"


@dataclass(frozen=True, slots=True)
class Clause:
    """An article or part, one of its items or paragraphs, an annex or a row of its table.

    ``ref`` is its address; ``printed`` is the same with the printed numbers, where they differ. ``text`` is verbatim,
    without the clause's own number; the text of an article or item contains those of its sub-items. Items carry the
    heading of their article.
    """

    ref: str
    heading: str
    text: str
    printed: str = field(default="", compare=False)

    @property
    def number(self) -> str:
        """The address with the printed numbers."""
        return self.printed or self.ref

    @property
    def top(self) -> bool:
        """Whether it is a whole article, part or annex."""
        return re.fullmatch(r"\d+|A\d+", self.ref) is not None


def chinese_number(number: int) -> str:
    """The Chinese numeral of 1 to 999: 13 is 十三, 101 is 一百零一."""
    if number > 99:
        hundreds, rest = divmod(number, 100)
        below = f"一{chinese_number(rest)}" if 10 <= rest < 20 else chinese_number(rest)
        return f"{_DIGITS[hundreds]}百{'零' if 0 < rest < 10 else ''}{below if rest else ''}"
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


NUMBERS = {chinese_number(number): number for number in range(1, 100)}


def items_under(clauses: Iterable[Clause], ref: str) -> tuple[Clause, ...]:
    """The numbered items directly under an article or an item, in order."""
    child = re.compile(re.escape(ref) + (r"\d+" if ref.endswith(")") else r"\(\d+\)"))
    return tuple(clause for clause in clauses if child.fullmatch(clause.ref))


def clauses_of(
    number: int, heading: str, text: str, *, printed: int | None = None, paragraphs: bool = False
) -> list[Clause]:
    """An article cut into itself and its numbered items, in the order of the text.

    A line that begins with （一） or 1. opens an item; a line indented with two full-width spaces continues the item
    before it (such a paragraph cannot be told from one of the article by its words alone). With ``paragraphs`` every
    line without a number is a paragraph of the item before it, with an address; the first of an item is the line after
    its title. ``printed`` is the number that the text prints, where that is not ``number``.
    """
    article, item, opened, paragraph = str(number), "", "", 0
    lines: dict[str, list[str]] = {article: []}
    for raw in text.strip("\n").splitlines():
        line = raw.removeprefix(_INDENT)
        if paragraphs and not line.strip():
            continue
        lines[article].append(line)
        if found := re.match(_ITEM, line):
            item = opened = f"{article}({NUMBERS[found[1]]})"
            lines[item], paragraph = [line[found.end() :]], 0
        elif item and (found := re.match(_SUB_ITEM, line)):
            opened = f"{item}{found[1]}"
            lines[item].append(line)
            lines[opened], paragraph = [line[found.end() :]], 0
        elif paragraphs:
            paragraph += 1
            for holder in {item, opened} - {""}:
                lines[holder].append(line)
            lines[f"{opened or article}p{paragraph}"] = [line]
        elif raw != line and opened:
            for holder in {item, opened}:
                lines[holder].append(line)
    return [_clause(ref, heading, parts, article, printed) for ref, parts in lines.items()]


def _clause(ref: str, heading: str, lines: Sequence[str], article: str, printed: int | None) -> Clause:
    number = "" if printed is None else f"{printed}{ref.removeprefix(article)}"
    return Clause(ref, heading, "\n".join(lines), number)


def clauses_of_annex(annex: Mapping[str, Any], *, only: bool) -> Iterator[Clause]:
    """An annex and the numbered rows of its table, each cell after the heading of its column.

    A cell with several lines is a list, and each of them has an address: ``A1(2)3``. A remark beside the whole table
    (``note``) belongs to the annex. The only annex of a text is printed without a number.
    """
    ref, columns, heading = f"A{annex['number']}", annex["columns"], annex["heading"]
    printed = "A" if only else ref
    rows = {row["number"]: _row(columns, row["cells"]) for row in annex["row"]}
    remark = [f"{_REMARK}：{annex['note']}"] if "note" in annex else []
    yield Clause(ref, heading, "\n".join([*rows.values(), *remark]), printed)
    for row in annex["row"]:
        own = f"({row['number']})"
        yield Clause(f"{ref}{own}", heading, rows[row["number"]], f"{printed}{own}")
        points = [point for cell in row["cells"] if isinstance(cell, list) for point in cell]
        for number, point in enumerate(points, start=1):
            yield Clause(f"{ref}{own}{number}", heading, point, f"{printed}{own}{number}")


def _row(columns: Sequence[str], cells: Sequence[str | list[str]]) -> str:
    shown = ["、".join(cell) if isinstance(cell, list) else cell for cell in cells]
    return "；".join(f"{column}：{cell}" for column, cell in zip(columns, shown, strict=True) if cell)
