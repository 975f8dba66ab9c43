"""One notice in several public copies: recognised as the same, or said what is the matter."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

import calendars
from calendars.acceptance import difference
from calendars.bundled_notices import texts
from calendars.holiday_text.checks import check
from calendars.holiday_text.intake import read
from calendars.refusals import CalendarRefused

BODY = "\n".join(line for line in texts()["2026.txt"].splitlines() if not line.startswith("#"))
NUMBER = "国办发明电〔2025〕7号"


def half_width(text: str) -> str:
    return text.translate(str.maketrans("（），。：", "(),.:"))


def news(text: str) -> str:
    """What news sites print: another title, no salutation, no numerals, no closing, no signature."""
    items = re.findall(r"[一二三四五六七]、(.*)", text)
    lead = "新华社北京11月4日电 国务院办公厅4日发布《关于2026年部分节假日安排的通知》。通知说，具体安排如下。"
    return "\n".join([lead, *items, "（完）", "责任编辑：张三 2025-11-04 10:00"])


def paged(text: str) -> str:
    """A page number in the middle of a sentence, as a copied PDF has it."""
    at = text.index("上班") + 1
    return f"{text[:at]}\n— 2 —\n{text[at:]}"


COPIES: dict[str, Callable[[str], str]] = {
    "no number": lambda text: text.replace(NUMBER, ""),
    "square brackets": lambda text: text.replace("〔2025〕", "[2025]"),
    "round brackets": lambda text: text.replace("〔2025〕", "（2025）"),
    "half-width punctuation": half_width,
    "a page number": paged,
    "a page number in words": lambda text: text.replace("三、清明节", "第 2 页 共 3 页\n三、清明节"),
    "a number alone on a line": lambda text: text.replace("　　三、清明节", "\n2\n三、清明节"),
    "Arabic numerals": lambda text: re.sub(
        "([一二三四五六七])、", lambda found: f"{'一二三四五六七'.index(found[1]) + 1}.", text
    ),
    "a news site": news,
    "到 for 至": lambda text: re.sub(r"）至(\d)", r"）到\1", text),
}


@pytest.mark.parametrize("name", COPIES)
def test_another_copy_is_the_same_notice(name: str) -> None:
    copy = COPIES[name](BODY)
    assert copy != BODY
    reading = read(copy.encode())
    assert check(reading) == []
    assert difference(calendars.load(), reading.notice).known


def test_a_copy_without_its_number_that_says_something_else_is_refused() -> None:
    other = BODY.replace(NUMBER, "").replace("1月4日（周日）上班", "1月10日（周六）上班")
    with pytest.raises(CalendarRefused) as refused:
        difference(calendars.load(), read(other.encode()).notice)
    assert refused.value.code == "contradicts"


def test_a_page_with_two_notices_says_which() -> None:
    earlier = "\n".join(line for line in texts()["2025.txt"].splitlines() if not line.startswith("#"))
    with pytest.raises(CalendarRefused) as refused:
        read(f"{earlier}\n{BODY}".encode())
    assert refused.value.code == "several_notices"
    assert "2025年" in refused.value.fact and "2026年" in refused.value.fact


def test_links_to_other_notices_are_no_notices() -> None:
    links = "相关链接\n国务院办公厅关于2025年部分节假日安排的通知\n国务院办公厅关于2024年部分节假日安排的通知\n"
    reading = read((BODY + links).encode())
    assert (check(reading), reading.notice.year) == ([], 2026)


def test_work_as_usual_is_a_makeup_day_only_at_a_weekend() -> None:
    usual = BODY.replace("1月4日（周日）上班", "1月4日（周日）正常上班，1月5日（周一）正常上班")
    assert usual != BODY
    reading = read(usual.encode())
    assert check(reading) == []
    assert difference(calendars.load(), reading.notice).known


def test_a_holiday_under_another_ones_item_is_refused() -> None:
    """Every statutory day is off, but 清明节 and 端午节 have changed places."""
    swapped = BODY.replace("、清明节：", "、＊：").replace("、端午节：", "、清明节：").replace("、＊：", "、端午节：")
    assert {problem.check for problem in check(read(swapped.encode()))} == {"own_item"}


@pytest.mark.parametrize("name", sorted(texts()))
def test_every_notice_has_its_days_in_its_own_items(name: str) -> None:
    assert check(read(texts()[name].encode())) == []
