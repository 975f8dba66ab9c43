"""What a file is read into: lines and tables in their order, each with the place it stands at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BLANKS: Final = re.compile("[ \u00a0\u2002-\u200a\u3000]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph. ``number`` counts the lines of the file from 1; ``page`` is 0 where a file has none."""

    text: str
    number: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its rows of cells, the heading first."""

    rows: tuple[tuple[str, ...], ...]
    number: int
    page: int = 0


Block = Line | Table


def cleaned(text: str) -> str:
    """The words of a line: characters that show nothing are left out, blanks are single, tabs stay."""
    cells = (_BLANKS.sub(" ", cell).strip() for cell in _UNSEEN.sub("", text).split("\t"))
    return "\t".join(cells).strip()


def lines_of(text: str, *, first: int = 1) -> list[Block]:
    """The lines of a text that are not blank; rows of cells with tabs between them become tables."""
    found: list[Block] = []
    rows: list[tuple[str, ...]] = []
    began = 0
    for number, raw in enumerate([*text.splitlines(), ""], start=first):
        line = cleaned(raw)
        cells = tuple(line.split("\t"))
        if len(cells) > 1 and (not rows or len(cells) == len(rows[0])):
            began = began if rows else number
            rows.append(cells)
            continue
        found += _table(rows, began)
        rows = []
        if line:
            found.append(Line(line.replace("\t", " "), number))
    return found


def _table(rows: list[tuple[str, ...]], began: int) -> list[Block]:
    """Two rows and more are a table; a single line with a tab in it is a line."""
    if len(rows) > 1:
        return [Table(tuple(rows), began)]
    return [Line(" ".join(row), began) for row in rows]
