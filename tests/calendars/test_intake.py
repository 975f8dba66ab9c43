"""Whatever is handed in is read, or refused with a reason."""

from __future__ import annotations

import pytest

import messages
from calendars import CalendarRefused
from calendars.bundled_notices import texts
from calendars.holiday_text.checks import check
from calendars.holiday_text.intake import read

NOTICE = texts()["2026.txt"]
PAGE = """<!DOCTYPE html><html><head><meta charset="gbk"><title>国务院办公厅关于2026年部分节假日安排的通知</title>
<script>var holiday = "1月9日放假";</script></head><body><div>发布日期：2025年11月04日</div>
<a>国务院办公厅关于2025年部分节假日安排的通知</a>{paragraphs}
<p>相关：国务院办公厅关于2024年部分节假日安排的通知，1月2日放假。</p></body></html>"""


def page() -> str:
    lines = [line for line in NOTICE.splitlines() if not line.startswith("#")]
    return PAGE.format(paragraphs="".join(f"<p>&emsp;&emsp;{line.strip()}</p>" for line in lines))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_saved_page_is_read_like_the_text(encoding: str) -> None:
    reading = read(page().encode(encoding))
    assert reading.notice.days == read(NOTICE.encode()).notice.days
    assert check(reading) == []
    assert str(reading.notice.published) == "2025-11-04"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \n", "empty_file"),
        (b"\x89PNG\r\n\x1a\n....", "not_text"),
        (b"%PDF-1.7", "not_text"),
        (b"text\0text", "not_text"),
        (b"x" * 10_000_000, "too_large"),
        ("国务院".encode() + b"\xff\xff", "unknown_encoding"),
        ("香港特别行政区2026年公众假期".encode(), "not_a_notice"),
        ("国务院办公厅关于2026年部分节假日安排的通知".encode(), "no_items"),
    ],
)
def test_what_is_no_notice_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(CalendarRefused) as refused:
        read(data)
    assert refused.value.code == code
    assert refused.value.fact == messages.text(f"calendar.{code}", None, **refused.value.params)
    assert refused.value.cure
