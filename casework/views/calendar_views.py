"""Days, due dates and holiday notices as they are answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import messages
from calendars import Calendar, CalendarRefused, Day, Due, Term
from calendars.acceptance import DayChange, days_set
from calendars.holiday_text.checks import check
from calendars.holiday_text.intake import read
from calendars.holiday_text.reading import Problem
from casework.clock import SHANGHAI
from casework.views.calendar_models import (
    CalendarVersions,
    DayChangeView,
    DayView,
    DueSpan,
    DueView,
    HolidayNoticeProposal,
    NoticeCheck,
    NoticeDayView,
    NoticeProblem,
    NoticeVersion,
    NoticeWithdrawal,
    ShiftView,
    TermView,
    TraceRow,
    WithdrawnVersion,
)
from storage.cases.deadlines import Tracked

if TYPE_CHECKING:
    from casework.administration.holiday_notices import Proposal, Shift
    from casework.administration.notice_withdrawal import Withdrawal
    from storage.calendar.holiday_notices import Withdrawn


def day_view(day: Day) -> DayView:
    """A day as it is answered."""
    return DayView(**{name: getattr(day, name) for name in DayView.model_fields})


def versions_view(calendar: Calendar, withdrawn: Iterable[Withdrawn] = ()) -> CalendarVersions:
    """The documents that a calendar rests on with the version that came with each, and those withdrawn."""
    return CalendarVersions(
        calendar_version=calendar.version,
        first_day=calendar.first_day,
        last_final_day=calendar.last_final_day,
        versions=tuple(
            NoticeVersion(
                version=f"{notice.document}+{count}",
                document=notice.document,
                title=notice.title,
                year=notice.year,
                published=notice.published or notice.signed,
                days=len(notice.days),
                source=notice.source,
            )
            for count, notice in enumerate(calendar.notices, 1)
        ),
        withdrawn=_withdrawn_versions(withdrawn),
    )


def due_view(answer: Due, term: Term, *, start: date, region: str | None, known_on: date | None) -> DueView:
    """When a term ends, day by day."""
    return DueView(
        start=start,
        region=region,
        known_on=known_on,
        status=answer.status,
        due=answer.due,
        earliest=answer.earliest,
        latest=answer.latest,
        missing=answer.missing,
        calendar_version=answer.calendar_version,
        term=TermView(length=term.length, unit=term.unit, rollover=term.rollover, article=term.article),
        trace=tuple(TraceRow(**{name: getattr(row, name) for name in TraceRow.model_fields}) for row in answer.trace()),
    )


def refused_view(error: CalendarRefused, *, start: date, region: str | None, known_on: date | None) -> DueView:
    """Why the calendar does not say when a term ends."""
    return DueView(
        start=start,
        region=region,
        known_on=known_on,
        status="refused",
        due=None,
        earliest=None,
        latest=None,
        calendar_version=None,
        refusals=error.refusal_views(),
    )


def notice_check(content: bytes) -> NoticeCheck:
    """A notice read and checked alone. Raises CalendarRefused for what is no notice."""
    reading = read(content)
    problems = tuple(problem_view(one) for one in check(reading))
    return NoticeCheck(
        ok=not problems,
        document=reading.notice.document,
        title=reading.notice.title,
        year=reading.notice.year,
        problems=problems,
        days=tuple(
            NoticeDayView(date=day.date, kind=day.kind, name=day.name, clause=day.clause)
            for day in days_set(reading.notice)
        ),
    )


def unreadable_notice(error: CalendarRefused) -> NoticeCheck:
    """A file in which there is no notice to check."""
    problem = NoticeProblem(sentence="", check=error.code, fact=error.fact, expected=error.cure)
    return NoticeCheck(ok=False, document=None, title=None, year=None, problems=(problem,), days=())


def problem_view(problem: Problem) -> NoticeProblem:
    """A fault in a notice, in words."""
    fact = messages.text(f"calendar.check_{problem.check}")
    return NoticeProblem(sentence=problem.sentence, check=problem.check, fact=fact, expected=problem.expected)


def proposal_view(proposal: Proposal, *, accepted: bool) -> HolidayNoticeProposal:
    """What accepting a notice changes."""
    changes = proposal.difference.changes if proposal.difference else ()
    return HolidayNoticeProposal(
        document=proposal.notice.document,
        title=proposal.notice.title,
        year=proposal.notice.year,
        ok=not proposal.problems,
        known=proposal.known,
        accepted=accepted,
        completes=proposal.difference.completes.document
        if proposal.difference and proposal.difference.completes
        else None,
        problems=tuple(problem_view(one) for one in proposal.problems),
        changes=tuple(
            DayChangeView(date=one.date, before=day_view(one.before), after=day_view(one.after)) for one in changes
        ),
        shifts=tuple(_shift(one, changes) for one in proposal.shifts),
    )


def withdrawal_view(found: Withdrawal, *, reason: str, withdrawn: bool) -> NoticeWithdrawal:
    """What withdrawing a notice changes."""
    return NoticeWithdrawal(
        document=found.notice.document,
        year=found.notice.year,
        accepted_at=found.notice.accepted_at.astimezone(SHANGHAI).replace(microsecond=0),
        accepted_by=found.notice.accepted_by,
        withdrawn=withdrawn,
        reason=reason,
        shifts=tuple(_shift(one, ()) for one in found.shifts),
    )


def _withdrawn_versions(found: Iterable[Withdrawn]) -> tuple[WithdrawnVersion, ...]:
    return tuple(
        WithdrawnVersion(
            document=one.document,
            year=one.year,
            accepted_by=one.accepted_by,
            withdrawn_at=one.withdrawn_at.astimezone(SHANGHAI).replace(microsecond=0),
            withdrawn_by=one.withdrawn_by,
            reason=one.reason,
        )
        for one in found
    )


def _shift(shift: Shift, changes: tuple[DayChange, ...]) -> ShiftView:
    """A deadline that moves, and the clauses about the days it runs over."""
    deadline = shift.before.deadline
    last = max(day for day in (shift.before.latest_on, shift.after.latest_on, deadline.start) if day)
    clauses = dict.fromkeys(one.after.clause for one in changes if deadline.start < one.date <= last)
    return ShiftView(
        case=shift.case.id,
        deadline=deadline.id,
        from_=_span(shift.before),
        to=_span(shift.after),
        status=shift.after.due_status,
        clauses=tuple(clauses),
    )


def _span(tracked: Tracked) -> DueSpan:
    return DueSpan(due=tracked.due_on, latest=tracked.latest_on)
