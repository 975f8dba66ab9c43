"""The lines and tables of a PDF with a text layer: lines broken by the page are joined again, page numbers left out."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass, replace
from statistics import median
from typing import Any, Final

from regulations.import_text.blocks import Block, Line, Table, cleaned
from regulations.import_text.errors import refused
from regulations.import_text.marks import begins_with_a_mark

MOST_PAGES: Final = 300
LARGEST_UNPACKED: Final = 100_000_000
"""Bytes of all streams together."""
_FEWEST_CHARACTERS: Final = 40
_PAGE_NUMBER: Final = re.compile(r"[-—–\s·]*(第\s*)?\d{1,3}(\s*页)?([\s/共]*\d{1,3}\s*页?)?[-—–\s·]*")
_UNKNOWN: Final = re.compile(r"\(cid:\d+\)|\ufffd")
_STREAM: Final = re.compile(rb"stream\r?\n")


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line as it is printed: its words, where it begins and ends, and how high a character is."""

    text: str
    left: float
    right: float
    top: float
    size: float
    page: int


def read_pdf(content: bytes, name: str) -> list[Block]:
    """The blocks of a PDF; its lines are counted by printed lines. Raises TextRefused."""
    _check_streams(content, name)
    from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed
    from pdfminer.psexceptions import PSException

    try:
        lines = _printed_lines(content, name)
    except (PDFPasswordIncorrect, PDFTextExtractionNotAllowed):
        raise refused(name, "pdf_locked") from None
    except (PSException, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise refused(name, "broken_pdf", detail=f"{type(error).__name__} {error}"[:100]) from None
    words = "".join(line.text for line in lines)
    unknown = len(_UNKNOWN.findall(words))
    if unknown * 5 > max(len(_UNKNOWN.sub("", words)), 1):
        raise refused(name, "pdf_unreadable", found=unknown)
    if len(words) < _FEWEST_CHARACTERS:
        raise refused(name, "pdf_scanned")
    return _joined(lines)


def _check_streams(content: bytes, name: str) -> None:
    """Refuse a file whose compressed streams would fill the memory."""
    unpacked = 0
    for start in _STREAM.finditer(content):
        try:
            unpacked += len(zlib.decompressobj().decompress(content[start.end() :], LARGEST_UNPACKED + 1))
        except zlib.error:
            continue
        if unpacked > LARGEST_UNPACKED:
            raise refused(name, "zip_too_big", most=LARGEST_UNPACKED // 1_000_000)


def _printed_lines(content: bytes, name: str) -> list[_Printed]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextLine

    found: list[_Printed] = []
    for number, page in enumerate(extract_pages(io.BytesIO(content), laparams=LAParams()), start=1):
        if number > MOST_PAGES:
            raise refused(name, "pdf_pages", most=MOST_PAGES)
        on_page = [_line(one, number) for box in page for one in _lines_in(box, LTTextLine)]
        rows = _rows([one for one in on_page if one.text])
        at_the_edge = (0, len(rows) - 1)
        found += [row for at, row in enumerate(rows) if at not in at_the_edge or not _PAGE_NUMBER.fullmatch(row.text)]
    return found


def _lines_in(box: Any, made: type) -> list[Any]:
    if isinstance(box, made):
        return [box]
    return [line for one in box for line in _lines_in(one, made)] if hasattr(box, "__iter__") else []


def _line(line: Any, page: int) -> _Printed:
    return _Printed(cleaned(line.get_text().strip("\n")), line.x0, line.x1, line.y1, max(line.height, 1.0), page)


def _rows(lines: list[_Printed]) -> list[_Printed]:
    """From top to bottom; what is printed side by side is one row with tabs between its cells."""
    rows: list[list[_Printed]] = []
    for line in sorted(lines, key=lambda one: -one.top):
        if rows and abs(rows[-1][0].top - line.top) < line.size / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    found = []
    for row in rows:
        cells = sorted(row, key=lambda one: one.left)
        found.append(replace(cells[0], text="\t".join(one.text for one in cells), right=cells[-1].right))
    return found


def _joined(lines: list[_Printed]) -> list[Block]:
    """The paragraphs and tables. A line continues the one before it unless it is indented, has a mark, or that one
    ended early."""
    margin = min(line.left for line in lines)
    edge = max(line.right for line in lines)
    size = median(line.size for line in lines)
    found: list[Block] = []
    before: _Printed | None = None
    for number, line in enumerate(lines, start=1):
        cells = tuple(line.text.split("\t"))
        if len(cells) > 1:
            if found and isinstance(last := found[-1], Table) and len(last.rows[0]) == len(cells):
                found[-1] = Table((*last.rows, cells), last.number, last.page)
            else:
                found.append(Table((cells,), number, line.page))
            before = None
            continue
        begins = begins_with_a_mark(line.text) or line.left - margin > size * 1.2
        if before is None or begins or before.right < edge - size * 2.5 or not found:
            found.append(Line(line.text, number, line.page))
        else:
            last = found[-1]
            assert isinstance(last, Line)
            found[-1] = Line(last.text + line.text, last.number, last.page)
        before = line
    return [_one_row(block) for block in found]


def _one_row(block: Block) -> Block:
    """A table of a single row is a line with a wide gap in it."""
    if isinstance(block, Table) and len(block.rows) == 1:
        return Line(" ".join(block.rows[0]), block.number, block.page)
    return block
