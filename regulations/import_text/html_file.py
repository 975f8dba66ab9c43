"""The lines and tables of a web page, by Python's own parser: it fetches nothing and declares no entities."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from messages.text_encoding import NotText, decoded
from regulations.import_text.blocks import Block, Line, Table, cleaned
from regulations.import_text.errors import refused

_BLOCKS: Final = frozenset(
    ("p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dd", "dt", "hr", "body", "center", "tr")
) | {"table", "tbody", "thead", "section", "article", "header", "footer"}
_SILENT: Final = frozenset(("script", "style", "head", "title", "noscript", "nav", "template", "select", "button"))
_CELLS: Final = frozenset(("td", "th"))
_FEWEST_ROWS, _FEWEST_COLUMNS = 2, 2


def is_html(content: bytes, name: str) -> bool:
    """Whether a file is a web page, by its name or how it begins."""
    start = content[:2048].lower()
    return name.lower().endswith((".html", ".htm")) or b"<html" in start or b"<!doctype html" in start


def read_html(content: bytes, name: str) -> list[Block]:
    """The blocks of a web page, in the encoding it declares or is found to have. Raises TextRefused."""
    page = _Page()
    try:
        page.feed(_text(content))
        page.close()
    except NotText as error:
        line = content.count(b"\n", 0, error.byte - 1) + 1
        raise refused(name, "not_text", line, byte=error.byte) from None
    page.end_line()
    return page.blocks


def _text(content: bytes) -> str:
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]+)", content[:4096])
    if declared and declared[1].lower() in (b"gb2312", b"gbk", b"gb18030"):
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError:
            return decoded(content)
    return decoded(content)


class _Page(HTMLParser):
    """One pass over a page. A table of words is kept as a table; one that only places things is read as lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.words: list[str] = []
        self.silent: list[str] = []
        self.tables: list[_Rows] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent.append(tag)
        elif tag in _CELLS and self.tables:
            self.words.append("\0")
        elif tag in _BLOCKS:
            self.end_line()
        if tag == "table":
            self.tables.append(_Rows(self.getpos()[0], len(self.blocks)))
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and tag in self.silent:
            del self.silent[self.silent.index(tag) :]
        elif tag in _BLOCKS or tag in _CELLS:
            self.end_line()
        if tag == "table" and self.tables:
            self._end_table(self.tables.pop())

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(re.sub(r"[\r\n\t]+", " ", data))

    def end_line(self) -> None:
        """What was read since the last block begins a line, or adds to the cell of a table."""
        text, self.words = "".join(self.words), []
        opens, text = text.count("\0"), cleaned(text.replace("\0", ""))
        if self.tables and self.tables[-1].rows:
            row = self.tables[-1].rows[-1]
            row += [""] * opens
            if row and text:
                row[-1] = f"{row[-1]} {text}".strip()
        if text:
            self.blocks.append(Line(text, self.getpos()[0]))

    def _end_table(self, found: _Rows) -> None:
        rows = [row for row in found.rows if any(row)]
        widths = {len(row) for row in rows}
        if len(rows) < _FEWEST_ROWS or len(widths) != 1 or min(widths) < _FEWEST_COLUMNS:
            return
        del self.blocks[found.first :]
        self.blocks.append(Table(tuple(map(tuple, rows)), found.line))


class _Rows:
    """A table that is being read; ``first`` is the block it begins with."""

    def __init__(self, line: int, first: int) -> None:
        self.line, self.first = line, first
        self.rows: list[list[str]] = []
