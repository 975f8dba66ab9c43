"""The lines and tables of a Word file (.docx), with the numbers that Word counts by itself.

The file is a zip of XML: its sizes are checked before anything is unpacked, and a part with a document type is refused.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any, Final

from regulations.import_text.blocks import Block, Table, cleaned, lines_of
from regulations.import_text.errors import refused

MOST_PARTS: Final = 2_000
LARGEST_UNPACKED: Final = 60_000_000
"""Bytes of all parts together, as the zip declares them; no part is unpacked beyond what it declares."""
_MAIN: Final = "word/document.xml"
_HEAD: Final = 4_096


def read_docx(content: bytes, name: str) -> list[Block]:
    """The blocks of a Word file; its lines are counted by paragraphs. Raises TextRefused."""
    _check_zip(content, name)
    from docx import Document
    from docx.opc.exceptions import OpcError

    try:
        document = Document(io.BytesIO(content))
        return _blocks(document, name)
    except (OpcError, SyntaxError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise refused(name, "broken_docx", detail=str(error)[:100]) from None


def _check_zip(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            listed = parts.infolist()
            if len(listed) > MOST_PARTS or sum(one.file_size for one in listed) > LARGEST_UNPACKED:
                raise refused(name, "zip_too_big", most=LARGEST_UNPACKED // 1_000_000)
            if _MAIN not in parts.namelist():
                raise refused(name, "is_no_docx")
            if any(one.flag_bits & 1 for one in listed):
                raise refused(name, "docx_locked")
            for one in listed:
                if one.filename.endswith((".xml", ".rels")):
                    with parts.open(one) as part:
                        if b"<!DOCTYPE" in part.read(_HEAD):
                            raise refused(name, "docx_doctype", part=one.filename)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise refused(name, "broken_docx", detail=str(error)[:100]) from None


def _blocks(document: Any, name: str) -> list[Block]:
    from docx.oxml.ns import qn
    from docx.table import Table as WordTable

    from regulations.import_text.word_numbers import WordNumbers

    body = document.element.body
    for tag, fault in (("w:ins", "docx_tracked"), ("w:del", "docx_tracked"), ("w:txbxContent", "docx_box")):
        if body.find(f".//{qn(tag)}") is not None:
            raise refused(name, fault)
    numbers, found = WordNumbers(document), list[Block]()
    for at, block in enumerate(document.iter_inner_content(), start=1):
        if isinstance(block, WordTable):
            rows = tuple(tuple(cleaned(cell.text.replace("\n", " ")) for cell in row.cells) for row in block.rows)
            found.append(Table(rows, at))
        else:
            for line in lines_of(numbers.label(block) + block.text):
                found.append(replace(line, number=at))
    return found
