"""From a file or a paste to a notice: text or a saved web page, UTF-8, UTF-16 or GB18030."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from calendars.holiday_text.parser import parse_file
from calendars.holiday_text.reading import Reading
from calendars.refusals import CalendarRefused
from messages import text_encoding

LARGEST = 2_000_000
"""Bytes. A saved page of a notice has some 100,000."""

_PICTURES_AND_PACKAGES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"%PDF",
    b"PK\x03\x04",
    b"RIFF",
    b"BM",
    b"\xd0\xcf\x11\xe0",
)
_PAGE = re.compile(r"<(?:!doctype|html|head|body|div|p|br|table)\b", re.IGNORECASE)


def read(data: bytes) -> Reading:
    """The notice in a file. Raises CalendarRefused for what is empty, too large, no text, or no notice."""
    text = decoded(data)
    return parse_file(page_text(text) if _PAGE.search(text[:20_000]) else text)


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or GB18030."""
    if not data.strip():
        raise CalendarRefused("empty_file")
    if len(data) > LARGEST:
        raise CalendarRefused("too_large", largest=LARGEST)
    if data.startswith(_PICTURES_AND_PACKAGES):
        raise CalendarRefused("not_text")
    try:
        return text_encoding.decoded(data)
    except text_encoding.NotText:
        raise CalendarRefused("not_text" if b"\0" in data else "unknown_encoding") from None


def page_text(page: str) -> str:
    """What a reader sees of a web page."""
    reader = _PageReader()
    reader.feed(page)
    reader.close()
    return "\n".join(reader.texts)


class _PageReader(HTMLParser):
    """Collects text outside scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style") and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.texts.append(data)
