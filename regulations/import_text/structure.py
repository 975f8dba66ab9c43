"""The structure of a text: title, chapters, articles or parts with their items, annexes, and what has no place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from regulations.clauses import Clause, clauses_of, clauses_of_annex
from regulations.import_text import marks
from regulations.import_text.blocks import Block, Line, Table
from regulations.import_text.errors import TextProblem, TextRefused, refused
from regulations.import_text.marks import Mark, mark_of

_FEWEST: Final = 2
"""Articles or parts: fewer are no structure."""
_TITLE: Final = re.compile(r".{2,}(办法|规定|细则|方案|意见|制度|条例|规则|规程|通知)(（.*）|\(.*\))*")
_HEADING: Final = re.compile(
    r"[【\[〔](.{1,30}?)[】\]〕]\s*(.*)|[（(](?![一二三四五六七八九十\d]+[）)])(.{1,20}?)[）)]\s*(.+)"
)
_LEVELS: Final = {marks.BOOK: 0, marks.CHAPTER: 1, marks.SECTION: 2}


@dataclass(slots=True)
class Article:
    """An article or part: its lines below the first are items and further paragraphs, as they stand in the text."""

    number: int
    printed: int
    heading: str
    under: tuple[str, ...]
    line: int
    lines: list[tuple[str, int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words, a line a paragraph or item."""
        return "\n".join(text for text, _ in self.lines)


@dataclass(slots=True)
class Annex:
    """An annex: its lines, and its table where it has one."""

    number: int
    heading: str
    line: int
    lines: list[tuple[str, int]] = field(default_factory=list)
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A line without a place in the structure, and why."""

    line: int
    text: str
    why: str


@dataclass(slots=True)
class TextStructure:
    """A text as it was read. ``division`` is ``article`` (条) or ``part`` (一、)."""

    title: str
    title_line: int
    division: str
    articles: list[Article]
    annexes: list[Annex]
    unplaced: list[Unplaced]

    def clauses(self) -> list[Clause]:
        """Every clause with its address, as the product will read it from the folder."""
        found: list[Clause] = []
        for one in self.articles:
            printed = one.printed if one.printed != one.number else None
            paragraphs = self.division == "part"
            found += clauses_of(one.number, one.heading, one.text, printed=printed, paragraphs=paragraphs)
        kept = [one for one in self.annexes if one.table]
        for annex in kept:
            found += clauses_of_annex(annex_data(annex), only=len(kept) == 1)
        return found


def read_structure(blocks: Sequence[Block], name: str, *, as_printed: bool = False) -> TextStructure:
    """The structure of a text. Raises TextRefused for a text without one, or with a number twice.

    ``as_printed`` keeps parts whose number is printed twice, and gives each an address of its own.
    """
    sorts = Counter(mark.sort for block in blocks if isinstance(block, Line) and (mark := mark_of(block.text)))
    division = next((sort for sort in (marks.ARTICLE, marks.PART) if sorts[sort] >= _FEWEST), None)
    if division is None:
        raise refused(name, "no_structure", articles=sorts[marks.ARTICLE], parts=sorts[marks.PART])
    reading = _Reading(division, as_printed)
    for block in blocks:
        reading.take(block)
    found = reading.finished()
    problems = [*reading.problems, *_twice(found)]
    if problems:
        raise TextRefused(name, tuple(sorted(problems, key=lambda one: one.line)))
    return found


def annex_data(annex: Annex) -> dict[str, object]:
    """An annex in the form of articles.toml: its columns and its numbered rows."""
    assert annex.table is not None
    columns, *rows = annex.table.rows
    numbered = columns[0] in ("序号", "编号", "号") and all(row[0].isdecimal() for row in rows)
    first = 1 if numbered else 0
    return {
        "number": annex.number,
        "heading": annex.heading,
        "columns": list(columns[first:]),
        "row": [
            {"number": int(row[0]) if numbered else at, "cells": list(row[first:])}
            for at, row in enumerate(rows, start=1)
        ],
    }


class _Reading:
    """One pass over the blocks of a text."""

    def __init__(self, division: str, as_printed: bool) -> None:
        self.division = division
        self.as_printed = as_printed and division == marks.PART
        self.before: list[Line] = []
        self.under: dict[int, str] = {}
        self.articles: list[Article] = []
        self.annexes: list[Annex] = []
        self.unplaced: list[Unplaced] = []
        self.problems: list[TextProblem] = []

    def take(self, block: Block) -> None:
        if isinstance(block, Table):
            self._table(block)
            return
        mark = mark_of(block.text)
        if mark and mark.sort in _LEVELS and not self.annexes and self.division == marks.ARTICLE:
            self._heading(mark.sort, block)
        elif mark and mark.sort == self.division and not self.annexes:
            self._article(mark, block)
        elif mark and mark.sort == marks.ANNEX and self.articles:
            number = mark.number or len(self.annexes) + 1
            self.annexes.append(Annex(number, mark.rest, block.number))
        elif self.annexes:
            self._in_annex(block)
        elif not self.articles:
            self.before.append(block)
        else:
            self._paragraph(mark, block)

    def finished(self) -> TextStructure:
        self._take_off_the_end()
        title, line = self._title()
        used = {title}
        for one in self.before:
            if one.text not in used and one.number != line:
                self.unplaced.append(Unplaced(one.number, one.text, "before"))
        for annex in self.annexes:
            if annex.table is None:
                lines = annex.lines or [(annex.heading, annex.line)]
                self.unplaced += [Unplaced(at, text, "annex") for text, at in lines]
            else:
                self.unplaced += [Unplaced(at, text, "annex") for text, at in annex.lines]
        self.unplaced.sort(key=lambda one: one.line)
        annexes = [one for one in self.annexes if one.table]
        return TextStructure(title, line, self.division, self.articles, annexes, self.unplaced)

    def _heading(self, sort: str, block: Line) -> None:
        level = _LEVELS[sort]
        self.under = {other: text for other, text in self.under.items() if other < level} | {level: block.text}

    def _article(self, mark: Mark, block: Line) -> None:
        number = mark.number
        if any(one.printed == number for one in self.articles) and not self.as_printed:
            first = next(one.line for one in self.articles if one.printed == number)
            params = {"number": number, "first": first, "words": block.text[:20]}
            self.problems.append(TextProblem("clause_twice", block.number, params=params))
        expected = self.articles[-1].printed + 1 if self.articles else 1
        if number > expected:
            self.unplaced.append(Unplaced(block.number, str(expected), "gap"))
        heading, text = ("", mark.rest)
        if self.division == marks.PART:
            heading, text = _part_heading(mark.rest)
        elif found := _HEADING.fullmatch(mark.rest):
            heading, text = (found[1] or found[3]), (found[2] if found[1] else found[4])
        address = len(self.articles) + 1 if self.as_printed else number
        made = Article(address, number, heading, tuple(self.under.values()), block.number)
        if text:
            made.lines.append((text, block.number))
        self.articles.append(made)

    def _paragraph(self, mark: Mark | None, block: Line) -> None:
        article = self.articles[-1]
        items = any(found.sort == marks.ITEM for text, _ in article.lines if (found := mark_of(text)))
        if mark and mark.sort == marks.POINT:
            self.unplaced.append(Unplaced(block.number, block.text, "point"))
        elif mark and mark.sort == marks.SUB_ITEM and not items:
            self.unplaced.append(Unplaced(block.number, block.text, "sub_item"))
        elif mark is None and items and self.division == marks.ARTICLE:
            self.unplaced.append(Unplaced(block.number, block.text, "after_items"))
        article.lines.append((block.text, block.number))

    def _in_annex(self, block: Line) -> None:
        annex = self.annexes[-1]
        if not annex.heading:
            annex.heading = block.text
        else:
            annex.lines.append((block.text, block.number))

    def _table(self, block: Table) -> None:
        annex = self.annexes[-1] if self.annexes else None
        widths = {len(row) for row in block.rows}
        if annex is None or annex.table is not None or len(widths) != 1 or not all(block.rows[0]):
            rows = " / ".join("｜".join(row) for row in block.rows[:2])
            self.unplaced.append(Unplaced(block.number, rows, "table"))
        else:
            annex.table = block
            if not annex.heading and annex.lines:
                annex.heading = annex.lines.pop()[0]

    def _take_off_the_end(self) -> None:
        """Who signed and when stands below the last article, and is none of its paragraphs."""
        if not self.articles:
            return
        last = self.articles[-1]
        while len(last.lines) > 1 and _is_signature(last.lines[-1][0]):
            text, line = last.lines.pop()
            self.unplaced.append(Unplaced(line, text, "signature"))
            self.unplaced = [one for one in self.unplaced if (one.line, one.why) != (line, "after_items")]

    def _title(self) -> tuple[str, int]:
        listed = [line for line in self.before if line.text.replace(" ", "") not in ("目录", "目次")]
        titled = [line for line in listed if _TITLE.fullmatch(line.text.strip("《》"))]
        for line in sorted(titled, key=lambda one: (one.text.endswith("通知"), -one.number)):
            return line.text.strip("《》"), line.number
        for first, second in pairwise(listed):
            if _TITLE.fullmatch(first.text + second.text):
                return first.text + second.text, first.number
        return (listed[0].text, listed[0].number) if listed else ("", 0)


def _part_heading(rest: str) -> tuple[str, str]:
    """A short first line without a full stop is the heading of a part."""
    if len(rest) <= 40 and not rest.endswith(("。", "；")):
        return rest.rstrip("：:"), ""
    head, stop, text = rest.partition("。")
    return (head, text) if stop and len(head) <= 25 and text else ("", rest)


def _is_signature(text: str) -> bool:
    return len(text) <= 30 and not text.endswith(("。", "；", "：", "，")) and mark_of(text) is None


def _twice(found: TextStructure) -> list[TextProblem]:
    """Items whose number stands twice in their article, or rows in their annex."""
    problems = []
    for one in found.articles:
        item, seen = 0, dict[tuple[int, int], int]()
        for text, line in one.lines:
            mark = mark_of(text)
            if mark is None or mark.sort not in (marks.ITEM, marks.SUB_ITEM):
                continue
            item = mark.number if mark.sort == marks.ITEM else item
            key = (item, mark.number if mark.sort == marks.SUB_ITEM else 0)
            if key in seen and item:
                params = {"number": one.printed, "first": seen[key], "words": text[:20]}
                problems.append(TextProblem("item_twice", line, params=params))
            seen.setdefault(key, line)
    for annex in found.annexes:
        rows = annex_data(annex)["row"]
        assert isinstance(rows, list)
        for number, times in Counter(row["number"] for row in rows).items():
            if times > 1:
                problems.append(TextProblem("row_twice", annex.line, params={"number": number, "times": times}))
    return problems
