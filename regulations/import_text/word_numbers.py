"""The numbers that Word counts by itself: 第一条 is not among the words of a paragraph that its style numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, Final

from regulations.clauses import chinese_number

_CHINESE: Final = frozenset(
    ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "ideographDigital")
)


class WordNumbers:
    """Counts the numbered paragraphs of one document, in their order."""

    def __init__(self, document: Any) -> None:
        from docx.oxml.ns import qn

        self._qn = qn
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._abstract: dict[str, str] = {}
        try:
            numbering = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        for one in numbering.iter(qn("w:abstractNum")):
            self._levels[one.get(qn("w:abstractNumId"))] = dict(map(self._level, one.iter(qn("w:lvl"))))
        for one in numbering.iter(qn("w:num")):
            self._abstract[one.get(qn("w:numId"))] = self._value(one, "w:abstractNumId")

    def label(self, paragraph: Any) -> str:
        """The number that Word shows before a paragraph; empty for one that it does not count."""
        found = self._numbered(paragraph)
        if found is None:
            return ""
        number, level = found
        levels = self._levels.get(self._abstract.get(number, ""), {})
        if level not in levels:
            return ""
        counts = self._counts[number]
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return re.sub(r"%(\d)", lambda at: self._written(levels, counts, int(at[1]) - 1), levels[level][0]) + " "

    def _numbered(self, paragraph: Any) -> tuple[str, int] | None:
        qn = self._qn
        sources = [paragraph._p.pPr, *(style.element.pPr for style in _styles(paragraph))]
        for properties in (one for one in sources if one is not None):
            numbered = properties.find(qn("w:numPr"))
            if numbered is not None and (number := self._value(numbered, "w:numId")):
                return None if number == "0" else (number, int(self._value(numbered, "w:ilvl") or 0))
        return None

    def _level(self, level: Any) -> tuple[int, tuple[str, str, int]]:
        number = int(level.get(self._qn("w:ilvl")))
        start = int(self._value(level, "w:start") or 1)
        return number, (self._value(level, "w:lvlText"), self._value(level, "w:numFmt"), start)

    def _value(self, element: Any, tag: str) -> str:
        found = element.find(self._qn(tag))
        return "" if found is None else found.get(self._qn("w:val")) or ""

    def _written(self, levels: dict[int, tuple[str, str, int]], counts: dict[int, int], level: int) -> str:
        _, form, start = levels.get(level, ("", "decimal", 1))
        count = counts.get(level, start)
        return chinese_number(count) if form in _CHINESE else str(count)


def _styles(paragraph: Any) -> list[Any]:
    """The style of a paragraph and those it is based on."""
    found, style = [], paragraph.style
    while style is not None and style not in found:
        found.append(style)
        style = style.base_style
    return found
