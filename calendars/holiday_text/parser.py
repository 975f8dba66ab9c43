"""The grammar of the State Council's holiday notices, 2004–2026.

One parser for the notices carried by the package and for those people bring. It reads every clause of an item or
says which one it could not read; it never skips a clause that speaks of dates or of rest and work.
"""

from __future__ import annotations

import re
from datetime import date

from calendars.holiday_text.items import Item, ItemReader
from calendars.holiday_text.notice import Notice, Standing
from calendars.holiday_text.reading import Problem, Reading
from calendars.holiday_text.text import SIGNED_DATE, day_written, normalised
from calendars.refusals import CalendarRefused

_ISSUED = r"(?:\d{1,2}日|日前|近日|今天)?(?:发布|公布|印发|发出)?了?《?"
"""What news reports put between the office and the title of its notice."""
_TITLES: tuple[tuple[Standing, re.Pattern[str]], ...] = (
    ("annual", re.compile(rf"国务院办公厅{_ISSUED}关于(?P<year>\d{{4}})年部分节假日安排的通知")),
    ("adjustment", re.compile(rf"国务院办公厅{_ISSUED}关于调整(?P<year>\d{{4}})年(?P<name>\w{{2,4}})假期安排的通知")),
    ("extension", re.compile(rf"国务院办公厅{_ISSUED}关于延长(?P<year>\d{{4}})年(?P<name>\w{{2,4}})假期的通知")),
    ("supplement", re.compile(rf"国务院(?:办公厅)?{_ISSUED}关于(?P<name>[^。，]{{2,40}}?)调休放假的通知")),
)
_NUMBER = re.compile(r"国(?:办)?发明电[〔\[【（](\d{4})[〕\]】）](\d{1,3})号")
_LIKE_A_NUMBER = re.compile(r"国办?发明?电.{0,12}")
_NAME = "(?:元旦|春节|清明节|劳动节|“五一”国际劳动节|“五一”|国际劳动节|端午节|中秋节|国庆节|“十一”)"
_NUMERALS = "一二三四五六七八九十"
# News reports number the items otherwise, or not at all.
_HEADING = re.compile(
    rf"(?:(?P<han>[{_NUMERALS}])、|(?<!\d)(?P<arabic>\d{{1,2}})[.、]|(?<![一-龥“、]))(?P<names>{_NAME}(?:、{_NAME})*)："
)
_COMMON_NAMES = {"“五一”": "劳动节", "“五一”国际劳动节": "劳动节", "国际劳动节": "劳动节", "“十一”": "国庆节"}
_SIGNATURE = re.compile(rf"国务院(?:办公厅)?({SIGNED_DATE})")
_CLOSING = re.compile(
    r"(?:调休放假|节假日)期间，|（署名、日期未找到）|责任编辑|（编辑|编辑：|来源：|（完）|【纠错】|相关链接|上一篇"
)
_SETS_A_DAY = re.compile(r"\d月\d{1,2}日.{0,40}?(?:放假|上班|调休)|假期至")
_PUBLISHED = re.compile(r"发布(?:日期|时间)：(\d{4})[年.-](\d{1,2})[月.-](\d{1,2})")
_HEADER_LINE = re.compile(r"#\s*(\w+)(?:\([^)]*\))?:\s*(.*)")
_SALUTATION = re.compile(r"各直属机构：")


def parse(text: str, published: date | None = None, source: str = "") -> Reading:
    """Read a notice from its text. Raises CalendarRefused when it is none; what cannot be read is in ``unread``.

    ``published`` is when the notice came out, if that is known; a page that says 发布日期 says it itself.
    """
    body = normalised(text)
    salutation = _SALUTATION.search(body)
    start = salutation.end() if salutation else 0
    _refuse_several(body)
    standing, head = _title(body, start or len(body))
    numbers = list(_NUMBER.finditer(body))
    number = next((n for n in reversed(numbers) if n.start() < start), numbers[0] if numbers else None)
    signature = _SIGNATURE.search(body, start)
    signed = day_written(signature[1]) if signature else None
    year = int(head["year"]) if standing != "supplement" else _year_of(signed, number)
    lead, items = _items(body[start : signature.start() if signature else len(body)], standing, head)
    reader = ItemReader(year, strict=standing == "annual")
    for item in items:
        reader.read(item)
    found = reader.evidence
    notice = Notice(
        standing=standing,
        year=year,
        title=_plain_title(head[0]),
        number=_plain_number(number[0]) if number else "",
        signed=signed,
        published=published or _published(body),
        source=source,
        concerns=head.groupdict().get("name") or "",
        days=tuple(found.days[day] for day in sorted(found.days)),
    )
    like = None if number else _LIKE_A_NUMBER.search(body)
    unnumbered = [Problem("number", like[0], "国办发明电〔YYYY〕N号")] if like else []
    return Reading(
        notice=notice,
        lead=lead,
        headings=tuple((item.numeral, item.names) for item in items if item.numeral),
        spans=tuple(found.spans),
        claims=tuple(found.claims),
        unread=(*unnumbered, *found.unread),
    )


def parse_file(text: str) -> Reading:
    """Read a notice from a text that may begin with ``# name: value`` lines, as the package's own files do."""
    lines = text.lstrip("\ufeff").splitlines()
    header = {found[1]: found[2] for line in lines if (found := _HEADER_LINE.match(line))}
    published = re.match(r"\d{4}-\d\d-\d\d", header.get("published", ""))
    return parse(
        "\n".join(line for line in lines if not line.startswith("#")),
        published=date.fromisoformat(published[0]) if published else None,
        source=header.get("source", ""),
    )


def common_name(name: str) -> str:
    """The holiday's name as the law has it: “十一” is 国庆节."""
    return _COMMON_NAMES.get(name, name)


def _title(body: str, before: int) -> tuple[Standing, re.Match[str]]:
    """The title nearest above the salutation: a page may link to the notices of other years."""
    found = [(standing, match) for standing, pattern in _TITLES for match in pattern.finditer(body, 0, before)]
    if not found:
        raise CalendarRefused("not_a_notice")
    return max(found, key=lambda one: one[1].start())


def _plain_title(written: str) -> str:
    """The title as the notice itself has it."""
    return re.sub(rf"^(国务院(?:办公厅)?){_ISSUED}关于", r"\1关于", written)


def _plain_number(written: str) -> str:
    """A document number with the brackets of the notice itself."""
    return re.sub(r"[\[【（](\d{4})[\]】）]", r"〔\1〕", written)


def _refuse_several(body: str) -> None:
    """A page with more than one notice does not say which is meant. Links to other notices set no days."""
    found = sorted(
        ((match.start(), match.end(), standing, _plain_title(match[0])) for standing, pattern in _TITLES
         for match in pattern.finditer(body))
    )  # fmt: skip
    full = dict[str, None]()
    for at, (_, end, standing, title) in enumerate(found):
        until = next((start for start, _, _, other in found[at + 1 :] if other != title), len(body))
        sets_days = _HEADING if standing == "annual" else _SETS_A_DAY
        if sets_days.search(body, end, until):
            full[title] = None
    if len(full) > 1:
        raise CalendarRefused("several_notices", titles="、".join(full))


def _published(body: str) -> date | None:
    match = _PUBLISHED.search(body)
    return day_written(f"{match[1]}年{match[2]}月{match[3]}日") if match else None


def _year_of(signed: date | None, number: re.Match[str] | None) -> int:
    if signed:
        return signed.year
    if number:
        return int(number[1])
    raise CalendarRefused("not_a_notice")


def _items(body: str, standing: Standing, title: re.Match[str]) -> tuple[str, list[Item]]:
    """The lead, and the items in order. An amendment is one item, named by its title."""
    if standing != "annual":
        closing = _CLOSING.search(body)
        return body, [Item("", (title["name"],), body[: closing.start() if closing else len(body)])]
    heads = list(_HEADING.finditer(body))
    if not heads:
        raise CalendarRefused("no_items", title=title[0])
    closing = _CLOSING.search(body, heads[-1].end())
    ends = [*(head.start() for head in heads[1:]), closing.start() if closing else len(body)]
    return body[: heads[0].start()], [
        Item(_numeral(head, at), tuple(common_name(n) for n in head["names"].split("、")), body[head.end() : end])
        for at, (head, end) in enumerate(zip(heads, ends, strict=True))
    ]


def _numeral(head: re.Match[str], at: int) -> str:
    """The numeral of an item; of one that is not numbered, that of its place."""
    if head["han"]:
        return head["han"]
    number = int(head["arabic"]) if head["arabic"] else at + 1
    return _NUMERALS[number - 1] if 1 <= number <= len(_NUMERALS) else str(number)
