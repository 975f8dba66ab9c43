"""Checks of dates that people set: after the act, and within the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from calendars import CalendarRefused
from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.deadlines import ReminderStep
from states.engine.refusals import Refusal, refusal


def not_before(day: date | None, fact: Case, context: Context) -> Iterator[Refusal]:
    """The act is not dated before the day of a fact of this case on which it rests (rule 10)."""
    if day is not None and context.on < day:
        yield refusal("dated_before_the_last_act", earliest=day, on=context.on, case=fact.id)


def lies_ahead(due: date, who: Role, context: Context) -> Iterator[Refusal]:
    """A due date lies after the act that sets it, and within the calendar."""
    if due <= context.on:
        yield refusal("due_not_ahead", who, due=due, on=context.on)
    else:
        yield from is_within_the_calendar(due, who, context)


def is_within_the_calendar(due: date, who: Role, context: Context) -> Iterator[Refusal]:
    """The calendar covers the due date and its last reminder."""
    try:
        context.calendar.add_working_days(due, ReminderStep.OVERDUE_10.distance)
    except CalendarRefused as unreachable:
        yield refusal("due_unreachable", who, due=due, why=unreachable.explanation)
