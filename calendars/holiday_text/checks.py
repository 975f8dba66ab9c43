"""Checks of a notice against itself, the week, and the statutory days.

Each takes a reading and yields what is wrong. They hold on all 26 notices 2004–2026; corrupted copies (a weekday that
is not, a dropped digit, a span that does not add up) fail at least one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from calendars.holiday_text.notice import NoticeDay
from calendars.holiday_text.parser import common_name
from calendars.holiday_text.reading import Problem, Reading
from calendars.statutory import MAKEUP_AFTER, MAKEUP_BEFORE, statutory_days

_NUMERALS = "一二三四五六七八九十"
_WEEKDAYS = "一二三四五六日"
_LEAD = re.compile(r"(\d{4})年((?:“?[一-龥]{2,6}”?(?:国际劳动节)?[、和]?)+?)放假")


def check(reading: Reading) -> list[Problem]:
    """Everything that is wrong with a notice; nothing, when it may be used."""
    wanted = _FOR_ALL + (_FOR_A_YEAR if reading.notice.standing == "annual" else ())
    return [*reading.unread, *(problem for one in wanted for problem in one(reading))]


def number_names_the_year(reading: Reading) -> Iterator[Problem]:
    """A notice for a year is issued in the year before; number and signature agree."""
    notice = reading.notice
    year = notice.year - (notice.standing == "annual")
    numbered = re.search(r"\d{4}", notice.number)
    if numbered and int(numbered[0]) != year:
        yield Problem("number_year", notice.number, f"〔{year}〕")
    if notice.signed and notice.signed.year != year:
        yield Problem("signed_year", notice.signed.isoformat(), str(year))


def dates_lie_in_the_year(reading: Reading) -> Iterator[Problem]:
    """Only 元旦 reaches back, into the December before."""
    year = reading.notice.year
    for day in reading.notice.days:
        december_before = day.name == "元旦" and (day.date.year, day.date.month) == (year - 1, 12)
        if day.date.year != year and not december_before:
            yield Problem("year_of_date", day.clause, str(year))


def weekdays_agree(reading: Reading) -> Iterator[Problem]:
    """A date is on the weekday it is said to be on."""
    for claim in reading.claims:
        if claim.claim == "weekday" and claim.date.weekday() != claim.weekday:
            yield Problem("weekday", claim.sentence, f"{claim.date}（周{_WEEKDAYS[claim.date.weekday()]}）")


def totals_agree(reading: Reading) -> Iterator[Problem]:
    """A span is as long as its 共N天 says."""
    for span in reading.spans:
        if span.stated_total is not None and span.stated_total != span.length:
            yield Problem("total", span.sentence, f"共{span.length}天")


def makeups_are_weekends(reading: Reading) -> Iterator[Problem]:
    """Only a Saturday or Sunday can be made a working day."""
    for day in _makeups(reading):
        if day.date.weekday() < 5:
            yield Problem("makeup_weekend", day.clause, f"{day.date}（周{_WEEKDAYS[day.date.weekday()]}）")


def items_are_complete(reading: Reading) -> Iterator[Problem]:
    """Items are numbered through, and every statutory holiday has exactly one."""
    numerals = "".join(numeral for numeral, _ in reading.headings)
    if numerals != _NUMERALS[: len(numerals)]:
        yield Problem("numerals", "、".join(numerals), "、".join(_NUMERALS[: len(numerals)]))
    arranged = sorted(name for _, names in reading.headings for name in names)
    due = sorted({name for _, name in statutory_days(reading.notice.year)})
    if arranged != due:
        yield Problem("holidays", "、".join(arranged), "、".join(due))


def lead_names_the_items(reading: Reading) -> Iterator[Problem]:
    """The opening sentence names the year of the title and the holidays of the items."""
    lead = _LEAD.search(reading.lead)
    if not lead:
        return
    if int(lead[1]) != reading.notice.year:
        yield Problem("lead_year", lead[0], str(reading.notice.year))
    named = {common_name(name) for name in re.split("[、和]", lead[2])}
    arranged = {name for _, names in reading.headings for name in names}
    if named != arranged:
        yield Problem("lead_holidays", lead[0], "、".join(sorted(arranged)))


def claims_hold(reading: Reading) -> Iterator[Problem]:
    """What is called a statutory day is one; what is called a rest day is a weekend; 与周末连休 touches a weekend."""
    statutory = {day for day, _ in statutory_days(reading.notice.year)}
    for claim in reading.claims:
        if claim.claim == "statutory" and claim.date not in statutory:
            yield Problem("claimed_statutory", claim.sentence, claim.date.isoformat())
        if claim.claim == "weekend" and claim.date.weekday() < 5:
            yield Problem("claimed_weekend", claim.sentence, f"{claim.date}（周{_WEEKDAYS[claim.date.weekday()]}）")
        if claim.claim == "joins_weekend" and claim.date.weekday() not in (0, 4):
            yield Problem("joins_weekend", claim.sentence, f"{claim.date}（周{_WEEKDAYS[claim.date.weekday()]}）")


def statutory_days_are_off(reading: Reading) -> Iterator[Problem]:
    """Every statutory day of the 放假办法 is off; of an adjustment, every one of the holiday adjusted."""
    off = _off(reading)
    for day, name in _owed(reading):
        if day not in off:
            yield Problem("statutory", _sentence_of(reading, name), f"{day} {name}")


def items_have_their_own_days(reading: Reading) -> Iterator[Problem]:
    """The statutory day of a holiday is among the days off of its own item, not of another one's."""
    off = {day.date: day for day in reading.notice.days if day.kind == "holiday"}
    for day, name in _owed(reading):
        if day in off and name not in off[day].name.split("、"):
            yield Problem("own_item", off[day].clause, f"{day} {name}")


def weekdays_balance(reading: Reading) -> Iterator[Problem]:
    """Weekdays off, less make-up days, are the days owed: nothing is given and nothing taken."""
    if reading.notice.standing == "extension":
        return
    weekdays_off = sum(day.weekday() < 5 for day in _off(reading))
    makeups, owed = len(_makeups(reading)), len(_owed(reading))
    if weekdays_off - makeups != owed:
        yield Problem("balance", reading.notice.title, f"{weekdays_off} - {makeups} ≠ {owed}")


def makeups_lie_near(reading: Reading) -> Iterator[Problem]:
    """A make-up day lies 11 days before to 6 days after the span it pays for (151 of 151, 2004–2026)."""
    for day in _makeups(reading):
        spans = [span for span in reading.spans if span.name == day.name]
        if spans and not any(
            span.first - timedelta(MAKEUP_BEFORE) <= day.date <= span.last + timedelta(MAKEUP_AFTER) for span in spans
        ):
            first, last = spans[0].first - timedelta(MAKEUP_BEFORE), spans[-1].last + timedelta(MAKEUP_AFTER)
            yield Problem("makeup_distance", day.clause, f"{first} … {last}")


_FOR_ALL = (
    number_names_the_year,
    dates_lie_in_the_year,
    weekdays_agree,
    totals_agree,
    makeups_are_weekends,
    statutory_days_are_off,
    weekdays_balance,
    makeups_lie_near,
)
_FOR_A_YEAR = (items_have_their_own_days, items_are_complete, lead_names_the_items, claims_hold)


def _owed(reading: Reading) -> list[tuple[date, str]]:
    """The days that the notice must give: those of the law, or those it grants itself."""
    notice = reading.notice
    if notice.standing == "annual":
        return statutory_days(notice.year)
    if notice.standing == "adjustment":
        return [(day, name) for day, name in statutory_days(notice.year) if name == notice.concerns]
    return [(claim.date, notice.concerns) for claim in reading.claims if claim.claim == "granted"]


def _off(reading: Reading) -> set[date]:
    return {day.date for day in reading.notice.days if day.kind == "holiday"}


def _makeups(reading: Reading) -> list[NoticeDay]:
    return [day for day in reading.notice.days if day.kind == "makeup"]


def _sentence_of(reading: Reading, name: str) -> str:
    clauses = [day.clause for day in reading.notice.days if name in day.name.split("、")]
    return clauses[0] if clauses else reading.notice.title
