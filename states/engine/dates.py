"""Dates that people set: ahead of the act, and no further than the calendar reaches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from calendars import CalendarRefused
from states.engine.case import Role
from states.engine.context import Context
from states.engine.deadlines import ReminderStep
from states.engine.refusals import Refusal, refusal


def lies_ahead(due: date, who: Role, context: Context) -> Iterator[Refusal]:
    """A day that is set for somebody lies after the act that sets it, and can be followed up."""
    if due <= context.on:
        yield refusal("due_not_ahead", who, due=due, on=context.on)
    else:
        yield from is_within_the_calendar(due, who, context)


def is_within_the_calendar(due: date, who: Role, context: Context) -> Iterator[Refusal]:
    """The calendar reaches past a day that is set, as far as the last notice about it."""
    try:
        context.calendar.add_working_days(due, ReminderStep.OVERDUE_10.distance)
    except CalendarRefused as unreachable:
        yield refusal("due_unreachable", who, due=due, why=unreachable.explanation)
