"""The clauses of a notice's items, and what each sets or claims.

Every clause is read or reported: none that speaks of dates, of rest or of work is passed over.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Literal, NamedTuple

from calendars.holiday_text.notice import NoticeDay
from calendars.holiday_text.reading import Claim, Claimed, Evidence, Problem, Span
from calendars.holiday_text.text import DateReader, Mention, NoSuchDate, clauses, sentences

_NUMERAL = re.compile(r"^[一二三四五六七八九十]、")
_ARRANGES = re.compile(r"\d|＠|放假|上班|休")
_WEEKDAY = re.compile(r"(?:星期|周)([一二三四五六日天])(?![一-龥])")
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_NUMBERS = {"": None, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}

Effect = Literal["off", "granted", "work", "normal", "moved", "total", "statutory", "weekend", "joined", "nothing"]

# ＠ stands for the dates of a clause.
_GRAMMAR: tuple[tuple[Effect, str], ...] = (
    ("off", r"(?:其中)?＠(?:放假(?:调休|公休)?|调休(?:放假)?|补休)"),
    ("off", r"(?:其中)?＠放假(?:调休|公休)?(?P<total>\d+)天"),
    ("granted", r"＠全国放假(?P<total>\d+)天"),
    ("off", r"延长\d{4}年\w{2,4}假期至＠"),
    ("work", r"＠(?:上班|照常上班|补班)"),
    ("normal", r"＠正常上班"),
    ("moved", r"将?＠(?P<count>[两二三四五]?)个?公休日(?P<festival>及中秋节)?(?:分别)?调至＠"),
    ("total", r"共(?:计|放假)?(?P<total>\d+)天"),
    ("statutory", r"(?:其中)?＠为(?:国庆节)?法定(?:节)?假日"),
    ("weekend", r"＠(?:为公休日|照常公休)"),
    ("joined", r"与周末连休"),
    ("nothing", r"＠起正常上班|不调休|其中"),
)
_CLAUSES = tuple((effect, re.compile(pattern)) for effect, pattern in _GRAMMAR)


class Item(NamedTuple):
    """One item: its numeral, the holidays it arranges, its text."""

    numeral: str
    names: tuple[str, ...]
    text: str


class ItemReader:
    """Reads items one after the other into ``evidence``.

    ``strict`` holds for the items of an annual notice. The text of an amendment is prose around a few clauses: there
    only clauses with a date must be understood.
    """

    def __init__(self, year: int, strict: bool) -> None:
        self._year = year
        self._strict = strict
        self.evidence = Evidence()

    def read(self, item: Item) -> None:
        dates = DateReader(self._year, december_before="元旦" in item.names)
        prefix = f"{item.numeral}、" if item.numeral else ""
        for sentence in sentences(item.text):
            if sentence.startswith("鼓励"):  # advice to employers (2024, 2026), not a day off
                continue
            for clause in clauses(sentence):
                self._clause(clause, dates, "、".join(item.names), prefix + sentence)

    def _clause(self, clause: str, dates: DateReader, name: str, sentence: str) -> None:
        try:
            skeleton, lists = dates.abstract(clause if self._strict else _NUMERAL.sub("", clause))
        except NoSuchDate as error:
            self._unread("no_such_date", sentence, str(error))
            return
        self._claim_weekdays(lists, sentence)
        for effect, pattern in _CLAUSES:
            if match := pattern.fullmatch(skeleton):
                self._take(effect, match, lists, name, sentence)
                return
        if _ARRANGES.search(skeleton) if self._strict else lists:
            self._unread("not_understood", sentence, clause)

    def _take(self, effect: Effect, match: re.Match[str], lists: list[list[Mention]], name: str, sentence: str) -> None:
        dates = [day for mention in lists[-1] for day in mention.dates()] if lists else []
        spans = self.evidence.spans
        match effect:
            case "off" | "granted":
                total = match.groupdict().get("total")
                spans += [Span(name, m.first, m.last, int(total) if total else None, sentence) for m in lists[-1]]
                self._set(dates, "holiday", name, sentence)
                self._claim("granted", dates if effect == "granted" else [], sentence)
            case "work":
                self._set(dates, "makeup", name, sentence)
            case "normal":  # of a weekday it says nothing new
                self._set([day for day in dates if day.weekday() >= 5], "makeup", name, sentence)
            case "moved":
                self._set(dates, "holiday", name, sentence)
                sources = [day for mention in lists[0] for day in mention.dates()]
                self._claim("weekend", sources, sentence)
                self._count_moved(match, len(sources), len(dates), sentence)
            case "total" if spans:
                spans[-1] = replace(spans[-1], stated_total=int(match["total"]))
            case "statutory" | "weekend":
                self._claim(effect, dates, sentence)
            case "joined" if spans:
                self._claim("joins_weekend", [spans[-1].first], sentence)

    def _set(self, dates: list[date], kind: Literal["holiday", "makeup"], name: str, sentence: str) -> None:
        for day in dates:
            known = self.evidence.days.setdefault(day, NoticeDay(day, kind, name, sentence))
            if (known.kind, known.name) != (kind, name):
                self._unread("both_ways", sentence, f"{day}：{known.clause}")

    def _count_moved(self, match: re.Match[str], sources: int, targets: int, sentence: str) -> None:
        stated = _NUMBERS[match["count"]] or sources
        if not stated == sources == targets - bool(match["festival"]):
            self._unread("moved", sentence, str(targets - bool(match["festival"])))

    def _claim(self, claim: Claim, dates: list[date], sentence: str) -> None:
        self.evidence.claims += [Claimed(claim, day, sentence) for day in dates]

    def _claim_weekdays(self, lists: list[list[Mention]], sentence: str) -> None:
        notes = [note for mentions in lists for mention in mentions for note in mention.notes]
        self.evidence.claims += [
            Claimed("weekday", day, sentence, _WEEKDAYS[word[1]])
            for day, note in notes
            if (word := _WEEKDAY.search(note))
        ]

    def _unread(self, check: str, sentence: str, expected: str) -> None:
        self.evidence.unread.append(Problem(check, sentence, expected))
