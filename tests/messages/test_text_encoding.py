"""Files as offices save them: UTF-8, UTF-16, GB18030, and nothing that only looks like one of them."""

from __future__ import annotations

import pytest

from messages.text_encoding import NotText, decoded

TEXT = "code,name\n500151101,土桥镇\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030"])
def test_text_is_read_in_every_encoding(encoding: str) -> None:
    assert decoded(TEXT.encode(encoding)) == TEXT


def test_rare_characters_come_through() -> None:
    assert decoded("㐂𠮷".encode("gb18030")) == "㐂𠮷"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode()[:-2],
        TEXT.encode().replace("土".encode(), "土".encode()[:-1]),
        TEXT.encode("utf-16")[:-1],
        b"a\x00b",
        b"\x00" * 9,
        b"note: \xff\xff",
    ],
    ids=["cut", "a byte lost", "UTF-16 cut", "NUL", "NUL alone", "nothing known"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(NotText) as refused:
        decoded(data)
    assert refused.value.byte >= 1
