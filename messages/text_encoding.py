"""From the bytes of a file to its text: UTF-8, UTF-16, or the GB18030 (GBK) that Chinese Windows and Excel write."""

from __future__ import annotations

import codecs
import re
from typing import Final

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_LOST: Final = "\ufffd"
_TRIED: Final = 4096
"""Bytes by which UTF-16 without a mark is known."""


class NotText(ValueError):
    """Bytes in none of these encodings; ``byte`` is the place of the first that is no UTF-8, counted from 1."""

    def __init__(self, byte: int) -> None:
        super().__init__(f"no text from byte {byte}")
        self.byte = byte


def decoded(data: bytes) -> str:
    """The text of a file, without a byte-order mark. Raises NotText.

    A file that is UTF-8 but for a few broken bytes is refused: read as GB18030 it would be gibberish.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if b"\0" in data[:_TRIED]:
        return _strictly(data, _utf16(data[:_TRIED]))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" or _is_broken_utf8(data):
            raise NotText(error.start + 1) from None
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            raise NotText(error.start + 1) from None


def _strictly(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText(error.start + 1) from None
    if "\0" in text:
        raise NotText(data.find(b"\0") + 1)
    return text


def _utf16(start: bytes) -> str:
    """Which half of its ASCII characters is zero says in which order the bytes are."""
    return "utf-16-be" if start[0::2].count(0) > start[1::2].count(0) else "utf-16-le"


def _is_broken_utf8(data: bytes) -> bool:
    read = data.decode("utf-8", "replace")
    return len(_HAN.findall(read)) >= read.count(_LOST)
