"""From the bytes of a text to its lines and tables: .docx, .pdf, .html and .txt, refused by size before parsing."""

from __future__ import annotations

from typing import Final

from messages.text_encoding import NotText, decoded
from regulations.import_text.blocks import Block, lines_of
from regulations.import_text.errors import refused

LARGEST: Final = 10_000_000
"""Bytes of a file: the longest texts have a tenth of it, unless they hold pictures."""
MOST_BLOCKS: Final = 20_000
_OTHERS: Final = {
    b"\xd0\xcf\x11\xe0": "doc",
    b"{\\rtf": "rtf",
    b"\xff\xd8\xff": "picture",
    b"\x89PNG": "picture",
    b"II*\0": "picture",
    b"%OFD": "ofd",
}
"""How files begin that cannot be read, and what they are."""


def read_blocks(content: bytes, name: str) -> list[Block]:
    """The lines and tables of a file, known by how it begins. Raises TextRefused."""
    if len(content) > LARGEST:
        raise refused(name, "too_big", most=LARGEST // 1_000_000, found=f"{len(content) / 1_000_000:.1f}")
    blocks = _read(content, name)
    if not blocks:
        raise refused(name, "no_words")
    if len(blocks) > MOST_BLOCKS:
        raise refused(name, "too_many_lines", most=MOST_BLOCKS, found=len(blocks))
    return blocks


def _read(content: bytes, name: str) -> list[Block]:
    for start, sort in _OTHERS.items():
        if content.startswith(start):
            raise refused(name, f"is_{sort}")
    if content.startswith(b"PK"):
        from regulations.import_text.docx_file import read_docx

        return read_docx(content, name)
    if content[:1024].lstrip().startswith(b"%PDF-"):
        from regulations.import_text.pdf_file import read_pdf

        return read_pdf(content, name)
    return _of_text(content, name)


def _of_text(content: bytes, name: str) -> list[Block]:
    from regulations.import_text.html_file import is_html, read_html

    if is_html(content, name):
        return read_html(content, name)
    try:
        return lines_of(decoded(content))
    except NotText as error:
        line = content.count(b"\n", 0, error.byte - 1) + 1
        raise refused(name, "not_text", line, byte=error.byte) from None
