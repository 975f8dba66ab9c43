"""From the text of a notice as people paste it to sentences, clauses and dates.

Dates inherit what they leave out. A bare day takes the month written last, except right after a range, whose first
month it takes (2006: 1月29日—2月4日放假…其中，29日、30日、31日). A month without a year is in the notice's year; a
December in the item 元旦 is in the year before it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

_PAGE_NUMBER = re.compile(r"[-—–－·]+\s*\d{1,3}\s*[-—–－·]+|第\s*\d{1,3}\s*页.{0,8}|\d{1,3}\s*/\s*\d{1,3}")
_BARE_NUMBER = re.compile(r"\d{1,3}")
_OF_A_DATE = ("日", "月", "年", "天", "号", "至", "、")
_FULL_STOP = re.compile(r"(?<=[天班假休）])\.")
_STRAIGHT_QUOTES = re.compile(r"[\"'＂](五一|十一)[\"'＂]")
_FULL_WIDTH = str.maketrans({"(": "（", ")": "）", ",": "，", ":": "：", ";": "；", "﹕": "："})
_INVISIBLE = re.compile("[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_DIGITS = "〇○零一二三四五六七八九"
_DATE = re.compile(r"(?:(\d+)年)?(?:(\d+)月)?(\d+)日(?:（([^（）]*)）)?")
_DASH = re.compile(r"至|到|—+|～|~|－|-|–")
_BRACKETED = re.compile(r"（[^（）]*）")
SIGNED_DATE = rf"(?:\d{{4}}|[{_DIGITS}]{{4}})年(?:\d+|[{_DIGITS}十]+)月(?:\d+|[{_DIGITS}十]+)日"
_CHINESE_DIGITS = str.maketrans(_DIGITS, "000123456789")


def normalised(text: str) -> str:
    """The text with one form of each sign: Chinese punctuation, Western digits, nothing invisible, no blanks.

    Only forms that cannot be mistaken are unified (full-width digits, radicals such as U+2F47). Look-alikes such as
    the letter O for a zero or 曰 for 日 stay, so that they fail to be read.
    """
    folded = unicodedata.normalize("NFKC", without_page_numbers(text)).translate(_FULL_WIDTH)
    joined = _INVISIBLE.sub("", folded)
    return _FULL_STOP.sub("。", _STRAIGHT_QUOTES.sub(r"“\1”", joined))


def without_page_numbers(text: str) -> str:
    """The text without lines that are page numbers: — 2 —, 第 2 页, 2/3, or a number alone that no date needs."""
    lines = text.splitlines()
    kept = list[str]()
    for at, line in enumerate(lines):
        written = line.strip()
        following = next((one.strip() for one in lines[at + 1 :] if one.strip()), "")
        before = kept[-1].strip() if kept else ""
        alone = _BARE_NUMBER.fullmatch(written) and not following.startswith(_OF_A_DATE) and not _open_date(before)
        if not (_PAGE_NUMBER.fullmatch(written) or alone):
            kept.append(line)
    return "\n".join(kept)


def _open_date(before: str) -> bool:
    """Whether a line ends where a number has to follow."""
    return before.endswith(("年", "月", "至", "、", "共", "放假", "第", "〔", "〕", "—", "-"))


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"[。；]", text) if part]


def clauses(sentence: str) -> list[str]:
    """The sentence cut at commas and colons that stand outside brackets."""
    shielded = _BRACKETED.sub(lambda match: match[0].replace("，", "\0").replace("：", "\1"), sentence)
    parts = (part.replace("\0", "，").replace("\1", "：") for part in re.split("[，：]", shielded))
    return [part for part in parts if part]


def day_written(text: str) -> date | None:
    """The date of a signature: 2025年11月4日 or 二〇〇六年十二月十四日."""
    year, month, day = re.split("[年月日]", text)[:3]
    try:
        return date(int(year.translate(_CHINESE_DIGITS)), _number(month), _number(day))
    except ValueError:
        return None


def _number(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, units = numeral.rpartition("十")
    high = (int(tens.translate(_CHINESE_DIGITS)) if tens else 1) if ten else 0
    return 10 * high + (int(units.translate(_CHINESE_DIGITS)) if units else 0)


class NoSuchDate(ValueError):
    """The text names a day the year does not have; the argument is the passage."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A date, or a range of dates, as written."""

    first: date
    last: date
    notes: tuple[tuple[date, str], ...]

    def dates(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


class DateReader:
    """Reads the dates of one item in order, remembering year and month for those that leave them out."""

    def __init__(self, year: int, december_before: bool) -> None:
        self._home_year = year
        self._december_before = december_before
        self._year = year
        self._month: int | None = None

    def abstract(self, clause: str) -> tuple[str, list[list[Mention]]]:
        """The clause with each list of dates replaced by ＠, and those lists. Raises NoSuchDate."""
        skeleton, lists, at = "", list[list[Mention]](), 0
        while match := _DATE.search(clause, at):
            skeleton += clause[at : match.start()]
            mentions, at = self._list(clause, match)
            lists.append(mentions)
            skeleton += "＠"
        return skeleton + clause[at:], lists

    def _list(self, clause: str, match: re.Match[str]) -> tuple[list[Mention], int]:
        mentions = []
        following: re.Match[str] | None = match
        while following:
            mention, at = self._mention(clause, following)
            mentions.append(mention)
            following = _DATE.match(clause, at + 1) if clause[at : at + 1] == "、" else None
        return mentions, at

    def _mention(self, clause: str, match: re.Match[str]) -> tuple[Mention, int]:
        first = self._date(match)
        notes = [(first, match[4])] if match[4] else []
        dash = _DASH.match(clause, match.end())
        closing = _DATE.match(clause, dash.end()) if dash else None
        if not closing:
            return Mention(first, first, tuple(notes)), match.end()
        opening_context = self._year, self._month
        last = self._date(closing)
        if last < first:
            raise NoSuchDate(clause[match.start() : closing.end()])
        self._year, self._month = opening_context
        if closing[4]:
            notes.append((last, closing[4]))
        return Mention(first, last, tuple(notes)), closing.end()

    def _date(self, match: re.Match[str]) -> date:
        year, month, day = match[1], match[2], match[3]
        if month:
            self._month = int(month)
            in_december_before = self._december_before and self._month == 12
            self._year = int(year) if year else self._home_year - in_december_before
        if self._month is None or (year and not month) or any(n and n.startswith("0") for n in (month, day)):
            raise NoSuchDate(match[0])
        try:
            return date(self._year, self._month, int(day))
        except ValueError:
            raise NoSuchDate(match[0]) from None
