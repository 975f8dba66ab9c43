"""Answers about the calendar: days, years, due dates, and the notices it rests on."""

from __future__ import annotations

import datetime

from pydantic import Field

from messages.answers import Answer, RefusalView, is_absent


class DayView(Answer):
    """What a day legally is, and by which document."""

    date: datetime.date = Field(description="the day")
    is_workday: bool = Field(description="whether it is a working day")
    kind: str = Field(description="`workday`, `weekend`, `holiday` or `makeup`")
    name: str = Field(description="name of the holiday; empty for an ordinary day")
    document: str = Field(description="document that sets the day")
    clause: str = Field(description="sentence of the document that sets it")
    published: datetime.date | None = Field(description="date the document was published")
    status: str = Field(description="`final` or `provisional`")


class YearView(Answer):
    """A year of the calendar."""

    year: int = Field(description="the year")
    calendar_version: str = Field(description="version of the calendar")
    days: tuple[DayView, ...] = Field(description="every day of it")


class NoticeVersion(Answer):
    """A document the calendar rests on, and the version that came with it."""

    version: str = Field(description="version of the calendar from this document on")
    document: str = Field(description="number of the document")
    title: str = Field(description="its title")
    year: int = Field(description="year it is about")
    published: datetime.date | None = Field(description="date it was published, or signed where that is all we know")
    days: int = Field(description="number of days it sets")
    source: str = Field(description="where it is published")


class CalendarVersions(Answer):
    """The documents a calendar rests on."""

    calendar_version: str = Field(description="version of the calendar")
    first_day: datetime.date = Field(description="first day it knows")
    last_final_day: datetime.date = Field(description="last day that no notice still to come can change")
    versions: tuple[NoticeVersion, ...] = Field(description="every document, in the order of acceptance")
    withdrawn: tuple[WithdrawnVersion, ...] = Field((), description="notices that were withdrawn or completed")


class TermView(Answer):
    """A term that was counted."""

    length: int = Field(description="its length")
    unit: str = Field(description="`working_days`, `days`, `months` or `years`")
    rollover: bool = Field(description="whether an end on a day off moves to the next working day")
    article: str = Field(description="clause the term rests on; empty for a term of one's own")


class TraceRow(Answer):
    """One day of the proof of a due date."""

    date: datetime.date = Field(description="the day")
    counted: bool = Field(description="whether it counts")
    number: int | None = Field(description="its number, where it counts")
    reason: str = Field(description="code of the reason")
    kind: str = Field(description="what kind of day it is")
    name: str = Field(description="name of the holiday; empty for an ordinary day")
    document: str = Field(description="document that sets the day")
    clause: str = Field(description="sentence of the document that sets it")


class DueView(Answer):
    """When a term ends, and the proof of it."""

    start: datetime.date = Field(description="day the term is counted from")
    region: str | None = Field(description="region whose calendar is used; null for the country's")
    known_on: datetime.date | None = Field(description="day whose knowledge is used; null for all there is")
    status: str = Field(description="`final`, `provisional` or `refused`")
    due: datetime.date | None = Field(description="the due date; the earliest one while it is provisional")
    earliest: datetime.date | None = Field(description="earliest possible due date")
    latest: datetime.date | None = Field(description="latest possible due date")
    missing: tuple[str, ...] = Field((), description="notices that are still to come")
    calendar_version: str | None = Field(description="version of the calendar")
    term: TermView | None = Field(
        None, exclude_if=is_absent, description="the term that was counted; left out where the answer is refused"
    )
    trace: tuple[TraceRow, ...] = Field((), description="day by day from the start to the latest due date")
    refusals: tuple[RefusalView, ...] | None = Field(
        None, exclude_if=is_absent, description="why the calendar does not answer, where it does not"
    )


class NoticeProblem(Answer):
    """A fault in a holiday notice."""

    sentence: str = Field(description="sentence at fault; empty where the file is no notice")
    check: str = Field(description="code of the check")
    fact: str = Field(description="what is wrong")
    expected: str = Field(description="what was expected, or what to do")


class NoticeDayView(Answer):
    """A day that a notice sets."""

    date: datetime.date = Field(description="the day")
    kind: str = Field(description="`holiday` or `makeup`")
    name: str = Field(description="name of the holiday")
    clause: str = Field(description="sentence that sets it")


class NoticeCheck(Answer):
    """A notice read and checked alone."""

    ok: bool = Field(description="whether nothing is wrong with it")
    document: str | None = Field(description="number of the document; null where the file is no notice")
    title: str | None = Field(description="its title")
    year: int | None = Field(description="year it is about")
    problems: tuple[NoticeProblem, ...] = Field(description="every fault")
    days: tuple[NoticeDayView, ...] = Field(description="the days it sets")


class DayChangeView(Answer):
    """A day that a notice changes."""

    date: datetime.date = Field(description="the day")
    before: DayView = Field(description="what it is without the notice")
    after: DayView = Field(description="what it is with the notice")


class DueSpan(Answer):
    """The earliest and the latest due date."""

    due: datetime.date | None = Field(description="earliest possible due date; null while paused or unknown")
    latest: datetime.date | None = Field(description="latest possible due date")


class ShiftView(Answer):
    """A running deadline that a notice moves or settles."""

    case: str = Field(description="id of the case")
    deadline: str = Field(description="id of the deadline")
    from_: DueSpan = Field(alias="from", description="due dates before")
    to: DueSpan = Field(description="due dates after")
    status: str | None = Field(description="`final` or `provisional`; null while paused or unknown")
    clauses: tuple[str, ...] = Field(description="sentences about the days it runs over")


class NoticeWithdrawal(Answer):
    """A notice that was withdrawn, or would be."""

    document: str = Field(description="number of the document")
    year: int = Field(description="year it is about")
    accepted_at: datetime.datetime = Field(description="time it was taken in, in Asia/Shanghai")
    accepted_by: str = Field(description="who took it in")
    withdrawn: bool = Field(description="whether it was withdrawn now")
    reason: str = Field(description="reason")
    shifts: tuple[ShiftView, ...] = Field(description="running deadlines that move or become provisional")


class WithdrawnVersion(Answer):
    """A notice that was taken in and holds no longer."""

    document: str = Field(description="number of the document")
    year: int = Field(description="year it is about")
    accepted_by: str = Field(description="who took it in")
    withdrawn_at: datetime.datetime = Field(description="time it was withdrawn or completed, in Asia/Shanghai")
    withdrawn_by: str = Field(description="who withdrew it")
    reason: str = Field(description="reason")


class HolidayNoticeProposal(Answer):
    """What accepting a notice would change, or has changed."""

    document: str = Field(description="number of the document")
    title: str = Field(description="its title")
    year: int = Field(description="year it is about")
    ok: bool = Field(description="whether nothing is wrong with it")
    known: bool = Field(description="whether it had been accepted before")
    accepted: bool = Field(description="whether it was accepted now")
    completes: str | None = Field(None, description="what the notice was called whose document number it brings")
    problems: tuple[NoticeProblem, ...] = Field(description="every fault; with any, it cannot be accepted")
    changes: tuple[DayChangeView, ...] = Field(description="days that become something else")
    shifts: tuple[ShiftView, ...] = Field(description="running deadlines that move or become final")
