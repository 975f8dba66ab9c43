"""The grammar of the State Council's holiday notices, 2004–2026.

One parser for the notices carried by the package and for those people bring. It reads every clause of an item or
says which one it could not read; it never skips a clause that speaks of dates or of rest and work.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from calendars.notice import Notice, NoticeDay, Standing
from calendars.reading import Problem, Reading, Span, WeekdayWord
from calendars.refusals import CalendarRefused
from calendars.wording import SIGNED_DATE, DateReader, Mention, NoSuchDate, clauses, day_written, normalised, sentences

_TITLES: tuple[tuple[Standing, re.Pattern[str]], ...] = (
    ("annual", re.compile(r"国务院办公厅关于(?P<year>\d{4})年部分节假日安排的通知")),
    ("adjustment", re.compile(r"国务院办公厅关于调整(?P<year>\d{4})年(?P<name>\w{2,4})假期安排的通知")),
    ("extension", re.compile(r"国务院办公厅关于延长(?P<year>\d{4})年(?P<name>\w{2,4})假期的通知")),
    ("supplement", re.compile(r"国务院(?:办公厅)?关于(?P<name>[^。，]{2,40}?)调休放假的通知")),
)
_NUMBER = re.compile(r"国(?:办)?发明电[〔\[【](\d{4})[〕\]】](\d{1,3})号")
_NUMBER_LOST = "（文号未找到）"
_NAME = "(?:元旦|春节|清明节|劳动节|“五一”国际劳动节|“五一”|国际劳动节|端午节|中秋节|国庆节|“十一”)"
_HEADING = re.compile(rf"([一二三四五六七八九十])、({_NAME}(?:、{_NAME})*)：")
_COMMON_NAMES = {"“五一”": "劳动节", "“五一”国际劳动节": "劳动节", "国际劳动节": "劳动节", "“十一”": "国庆节"}
_SIGNATURE = re.compile(rf"国务院(?:办公厅)?({SIGNED_DATE})")
_NUMERAL = re.compile(r"^[一二三四五六七八九十]、")
_CLOSING = re.compile(r"(?:调休放假|节假日)期间，|（署名、日期未找到）")
_HEADER_LINE = re.compile(r"#\s*(\w+)(?:\([^)]*\))?:\s*(.*)")
_SALUTATION = re.compile(r"各直属机构：")
_WEEKDAY = re.compile(r"(?:星期|周)([一二三四五六日天])(?![一-龥])")
_WEEKDAY_NUMBERS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_ARRANGES = re.compile(r"\d|＠|放假|上班|公休|补休|调休")

_OFF, _WORK, _MOVED, _TOTAL, _NOTHING = "off", "work", "moved", "total", "nothing"
_CLAUSES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (effect, re.compile(pattern))
    for effect, pattern in (
        (_OFF, r"(?:其中)?＠(?:全国)?(?:放假|放假调休|放假公休|调休放假|调休|补休)(?P<total>\d+)?(?(total)天)"),
        (_OFF, r"延长\d{4}年\w{2,4}假期至＠"),
        (_WORK, r"＠上班"),
        (_MOVED, r"将?＠[一二两三四五]?个?公休日(?:及中秋节)?(?:分别)?调至＠"),
        (_TOTAL, r"共(?P<total>\d+)天"),
        (_NOTHING, r"(?:其中)?＠(?:为(?:国庆节)?(?:法定(?:节)?假日|公休日)|照常公休)"),
        (_NOTHING, r"＠起正常上班"),
        (_NOTHING, r"其中|与周末连休|不调休"),
    )
)


def parse(text: str, *, title: str = "", published: date | None = None, source: str = "") -> Reading:
    """Read a notice from its text. Raises CalendarRefused when it is none; what cannot be read is in ``unread``.

    ``title`` serves a copy whose title stands apart from its text (the title of a web page).
    """
    body = normalised(title) + normalised(text)
    salutation = _SALUTATION.search(body)
    start = salutation.end() if salutation else 0
    standing, head = _title(body, start or len(body))
    numbers = list(_NUMBER.finditer(body))
    number = next((n for n in reversed(numbers) if n.start() < start), numbers[0] if numbers else None)
    signature = _SIGNATURE.search(body, start)
    signed = day_written(signature[1]) if signature else None
    year = int(head["year"]) if standing != "supplement" else _year_of(signed, number)
    lead, items = _items(body[start : signature.start() if signature else len(body)], standing, head)
    reader = _Reader(year, strict=standing == "annual")
    for item in items:
        reader.item(item)
    notice = Notice(
        standing=standing,
        year=year,
        title=head[0],
        number=number[0] if number else "",
        signed=signed,
        published=published,
        source=source,
        concerns=head.groupdict().get("name") or "",
        days=reader.days(),
    )
    unnumbered = [] if number or _NUMBER_LOST in body else [Problem("number", head[0], "国办发明电〔YYYY〕N号")]
    return Reading(
        notice=notice,
        lead=lead,
        headings=tuple((item.numeral, item.names) for item in items if item.numeral),
        spans=tuple(reader.spans),
        weekdays=tuple(reader.weekdays),
        unread=(*unnumbered, *reader.unread),
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


class _Item(NamedTuple):
    numeral: str
    names: tuple[str, ...]
    text: str


def _title(body: str, before: int) -> tuple[Standing, re.Match[str]]:
    """The title nearest above the salutation: a page may link to the notices of other years."""
    found = [(standing, match) for standing, pattern in _TITLES for match in pattern.finditer(body, 0, before)]
    if not found:
        raise CalendarRefused("not_a_notice")
    return max(found, key=lambda one: one[1].start())


def _year_of(signed: date | None, number: re.Match[str] | None) -> int:
    if signed:
        return signed.year
    if number:
        return int(number[1])
    raise CalendarRefused("not_a_notice")


def _items(body: str, standing: Standing, title: re.Match[str]) -> tuple[str, list[_Item]]:
    """The lead, and the items in order. An amendment is one item, named by its title."""
    if standing != "annual":
        closing = _CLOSING.search(body)
        return body, [_Item("", (title["name"],), body[: closing.start() if closing else len(body)])]
    heads = list(_HEADING.finditer(body))
    if not heads:
        raise CalendarRefused("no_items", title=title[0])
    closing = _CLOSING.search(body, heads[-1].end())
    ends = [*(head.start() for head in heads[1:]), closing.start() if closing else len(body)]
    return body[: heads[0].start()], [
        _Item(head[1], tuple(common_name(n) for n in head[2].split("、")), body[head.end() : end])
        for head, end in zip(heads, ends, strict=True)
    ]


class _Reader:
    """Reads the items of one notice in order and keeps what they say."""

    def __init__(self, year: int, strict: bool) -> None:
        self._year = year
        self._strict = strict
        self._days: dict[date, NoticeDay] = {}
        self.spans: list[Span] = []
        self.weekdays: list[WeekdayWord] = []
        self.unread: list[Problem] = []

    def days(self) -> tuple[NoticeDay, ...]:
        return tuple(self._days[day] for day in sorted(self._days))

    def item(self, item: _Item) -> None:
        dates = DateReader(self._year, december_before="元旦" in item.names)
        name = "、".join(item.names)
        prefix = f"{item.numeral}、" if item.numeral else ""
        for sentence in sentences(item.text):
            if sentence.startswith("鼓励"):  # advice to employers (2024, 2026), not a day off
                continue
            for clause in clauses(sentence):
                self._clause(clause, dates, name, prefix + sentence)

    def _clause(self, clause: str, dates: DateReader, name: str, sentence: str) -> None:
        try:
            skeleton, lists = dates.abstract(_NUMERAL.sub("", clause))
        except NoSuchDate as error:
            self.unread.append(Problem("no_such_date", sentence, str(error)))
            return
        if not (_ARRANGES.search(skeleton) if self._strict else lists):
            return
        for effect, pattern in _CLAUSES:
            if match := pattern.fullmatch(skeleton):
                self._take(effect, match, lists, name, sentence)
                break
        else:
            self.unread.append(Problem("not_understood", sentence, clause))

    def _take(self, effect: str, match: re.Match[str], lists: list[list[Mention]], name: str, sentence: str) -> None:
        for mention in (mention for mentions in lists for mention in mentions):
            self._note_weekdays(mention, sentence)
        total = match.groupdict().get("total")
        if effect == _TOTAL and self.spans:
            span = self.spans.pop()
            self.spans.append(Span(span.name, span.first, span.last, int(match["total"]), span.sentence))
        elif effect in (_OFF, _MOVED):
            for mention in lists[-1]:
                span = Span(name, mention.first, mention.last, int(total) if total else None, sentence)
                self.spans += [span] if effect == _OFF else []
                self._set(span.dates(), "holiday", name, sentence)
        elif effect == _WORK:
            self._set([mention.first for mention in lists[0]], "makeup", name, sentence)

    def _set(self, dates: list[date], kind: str, name: str, sentence: str) -> None:
        for day in dates:
            known = self._days.get(day)
            if known and known.kind != kind:
                self.unread.append(Problem("both_ways", sentence, day.isoformat()))
            elif not known:
                self._days[day] = NoticeDay(day, "makeup" if kind == "makeup" else "holiday", name, sentence)

    def _note_weekdays(self, mention: Mention, sentence: str) -> None:
        for day, note in mention.notes:
            if word := _WEEKDAY.search(note):
                self.weekdays.append(WeekdayWord(day, _WEEKDAY_NUMBERS[word[1]], sentence))
