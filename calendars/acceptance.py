"""What a notice would change, and whether it may be laid over what is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calendars.bundled_notices import bundled_notices
from calendars.calendar import Calendar
from calendars.days import Day
from calendars.holiday_text.notice import Notice, NoticeDay
from calendars.overlay import overlay_notices
from calendars.refusals import CalendarRefused


@dataclass(frozen=True, slots=True)
class DayChange:
    """A day that becomes something else."""

    date: date
    before: Day
    after: Day


@dataclass(frozen=True, slots=True)
class Difference:
    """The days a notice changes. ``known`` when it is taken in already and changes nothing."""

    notice: Notice
    known: bool
    changes: tuple[DayChange, ...]
    calendar: Calendar
    """The calendar with the notice in."""
    completes: Notice | None = None
    """The notice taken in from a copy without its document number, in whose place this one comes."""


def days_set(notice: Notice) -> list[NoticeDay]:
    """The days a notice sets. An extension names only the last one: the others follow from the notice it extends."""
    extended = [known for known in bundled_notices() if (known.standing, known.year) == ("annual", notice.year)]
    settings = overlay_notices([*(extended if notice.standing == "extension" else ()), notice])
    return [
        NoticeDay(day, setting.kind, setting.name, setting.clause)
        for day, setting in sorted(settings.items())
        if setting.document == notice.document
    ]


def difference(calendar: Calendar, notice: Notice) -> Difference:
    """Lay a checked notice over a calendar, on trial.

    Raises CalendarRefused when it contradicts a notice known already, leaves out a year, or amends an unknown one.
    """
    completed = None
    for known in calendar.notices:
        if known.is_copy(notice):
            _refuse_other_days(known, notice)
            if known.number or not notice.number:
                return Difference(notice, True, (), calendar)
            completed = known
    if completed is None:
        _refuse_misplaced(calendar, notice)
    others = (known for known in calendar.notices if known is not completed)
    after = Calendar((*others, notice), calendar.layer, calendar.known_on)
    first, last = date(notice.year - 1, 12, 1), date(notice.year, 12, 31)
    pairs = zip(
        calendar.days(max(first, calendar.first_day), last),
        after.days(max(first, calendar.first_day), last),
        strict=True,
    )
    changes = tuple(DayChange(b.date, b, a) for b, a in pairs if (b.kind, b.name) != (a.kind, a.name))
    return Difference(notice, False, changes, after, completed)


def _refuse_other_days(known: Notice, notice: Notice) -> None:
    """A second copy of a document must say the same."""
    ours = {(day.date, day.kind) for day in known.days}
    theirs = {(day.date, day.kind) for day in notice.days}
    if ours != theirs or (known.standing, known.year) != (notice.standing, notice.year):
        days = sorted({day for day, _ in ours ^ theirs})
        raise CalendarRefused("contradicts", document=notice.document, days="、".join(map(str, days)) or notice.title)


def _refuse_misplaced(calendar: Calendar, notice: Notice) -> None:
    if notice.standing != "annual":
        if not calendar.first_day.year <= notice.year <= calendar.last_year:
            raise CalendarRefused("nothing_to_amend", document=notice.document, year=notice.year)
        return
    for known in calendar.notices:
        if known.standing == "annual" and known.year == notice.year:
            raise CalendarRefused("year_taken", document=notice.document, year=notice.year, known=known.document)
    if notice.year != calendar.last_year + 1:
        raise CalendarRefused("out_of_turn", document=notice.document, year=notice.year, next=calendar.last_year + 1)
