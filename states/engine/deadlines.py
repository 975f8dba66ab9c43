"""Deadlines: term, suspensions and extensions, the computed due date, and the reminders of the nightly sweep.

Whether a deadline is overdue is never stored (rule 7): it follows from the due date, which follows from the start,
the term (n working days, n days, n months; or a fixed date), the suspensions and the extensions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

from calendars import Calendar, Due, Term


@dataclass(frozen=True, slots=True)
class Pause:
    """A suspension: the days after ``since`` up to and including ``until`` do not count; None: it still lasts."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension granted on a day, in the units of the term."""

    on: date
    more: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """One obligation of one case.

    ``name`` is the term of the regulation; ``unit`` owes it (None: the office); exactly one of ``term`` (counted
    from ``start``, which is not counted itself) and ``fixed`` (a set date) is given; ``extensions`` are in the
    units of the term, in working days for a set date. ``met_on`` is the day the obligation was met,
    ``closed_on`` the day it ended unmet; ``recorded_on`` the day that was recorded, where it is a later one.
    """

    case: str
    name: str
    round: int
    jurisdiction: str
    article: str
    start: date
    unit: str | None = None
    term: Term | None = None
    fixed: date | None = None
    extensions: tuple[Extension, ...] = ()
    pauses: tuple[Pause, ...] = ()
    met_on: date | None = None
    closed_on: date | None = None
    recorded_on: date | None = None

    def __post_init__(self) -> None:
        if (self.term is None) == (self.fixed is None):
            raise ValueError(f"{self.id}: a deadline has a term or a fixed date, and not both")

    @property
    def id(self) -> str:
        """Case, term and round: a term set again after a return is a new deadline."""
        return f"{self.case}:{self.name}:{self.round}"

    @property
    def extension(self) -> int:
        """All extensions together."""
        return sum(extension.more for extension in self.extensions)

    @property
    def ended_on(self) -> date | None:
        """The day it was met or ended unmet."""
        return self.met_on or self.closed_on

    @property
    def running(self) -> bool:
        """Whether the obligation is neither met nor closed (a paused one is running)."""
        return self.met_on is None and self.closed_on is None

    @property
    def paused(self) -> bool:
        """Whether it is paused now."""
        return any(pause.until is None for pause in self.pauses)

    def due(self, calendar: Calendar) -> Due | None:
        """The due date under this calendar; None while it is paused, since it is unknown then."""
        if self.paused:
            return None
        spans = [(pause.since, pause.until) for pause in self.pauses if pause.until is not None]
        if self.fixed is not None:
            return _fixed_due(self.fixed, self.extension, spans, calendar)
        assert self.term is not None
        term = replace(self.term, length=self.term.length + self.extension) if self.extension else self.term
        return calendar.count(self.start, term, skipping=spans)

    def met(self, on: date, recorded_on: date | None = None) -> Deadline:
        """The deadline, met on this day, which was recorded on this or a later one."""
        return replace(self, met_on=on, recorded_on=_if_later(recorded_on, on))

    def closed(self, on: date, recorded_on: date | None = None) -> Deadline:
        """The deadline, closed unmet on this day, which was recorded on this or a later one."""
        return replace(self, closed_on=on, recorded_on=_if_later(recorded_on, on))

    def extended(self, on: date, more: int) -> Deadline:
        """The deadline, extended on this day."""
        return replace(self, extensions=(*self.extensions, Extension(on, more)))

    def as_of(self, day: date) -> Deadline | None:
        """The deadline as it stood at the end of this day; None before its term began."""
        if day < self.start:
            return None
        pauses = tuple(
            pause if pause.until is not None and pause.until <= day else Pause(pause.since)
            for pause in self.pauses
            if pause.since <= day
        )
        ended = self.ended_on is not None and self.ended_on <= day
        stood = replace(self, pauses=pauses, extensions=tuple(one for one in self.extensions if one.on <= day))
        return stood if ended else replace(stood, met_on=None, closed_on=None, recorded_on=None)

    def pause(self, on: date) -> Deadline:
        """The deadline paused: the days after this one do not count."""
        return self if self.paused else replace(self, pauses=(*self.pauses, Pause(on)))

    def resume(self, on: date) -> Deadline:
        """The deadline resumed: the day after this one counts again."""
        return replace(self, pauses=tuple(pause if pause.until else Pause(pause.since, on) for pause in self.pauses))


def _if_later(recorded_on: date | None, on: date) -> date | None:
    return recorded_on if recorded_on is not None and recorded_on > on else None


@dataclass(frozen=True, slots=True)
class Lateness:
    """By how much an obligation ended after its due date: in days, and in working days."""

    days: int
    working_days: int


def lateness(deadline: Deadline, latest: date | None, calendar: Calendar) -> Lateness | None:
    """How late an obligation was met or ended unmet; None while it runs, or where it was not late."""
    ended = deadline.ended_on
    if ended is None or latest is None or ended <= latest:
        return None
    return Lateness((ended - latest).days, calendar.working_days_after(latest, ended))


def _fixed_due(fixed: date, extension: int, spans: list[tuple[date, date]], calendar: Calendar) -> Due:
    """A set date is postponed by its extension and by the working days of the suspensions (house rule)."""
    more = extension + sum(calendar.working_days_after(since, until) for since, until in spans)
    if more:
        return calendar.add_working_days(fixed, more)
    return Due("final", fixed, fixed, fixed, calendar.version)


class ReminderStep(StrEnum):
    """The steps of the reminder schedule around a due date, in working days."""

    SOON_5 = "soon_5"
    SOON_3 = "soon_3"
    SOON_1 = "soon_1"
    DUE = "due"
    OVERDUE_1 = "overdue_1"
    OVERDUE_5 = "overdue_5"
    OVERDUE_10 = "overdue_10"

    @property
    def distance(self) -> int:
        """Working days from the due date: negative before it."""
        if self is ReminderStep.DUE:
            return 0
        prefix, _, days = self.value.partition("_")
        return -int(days) if prefix == "soon" else int(days)


def reminder_schedule(due: Due, calendar: Calendar) -> tuple[tuple[date, ReminderStep], ...]:
    """The night of each reminder, in order; empty while the due date is unknown.

    While the due date is provisional, warnings use the earliest possible date and overdue notices the latest, so that
    nobody is warned too late or blamed too early.
    """
    if due.earliest is None or due.latest is None:
        return ()
    return _schedule(due.earliest, due.latest, calendar)


@lru_cache(maxsize=4096)
def _schedule(earliest: date, latest: date, calendar: Calendar) -> tuple[tuple[date, ReminderStep], ...]:
    """Cached: in a sweep thousands of deadlines share a due date."""
    nights: list[tuple[date | None, ReminderStep]] = []
    for reminder in ReminderStep:
        if reminder.distance < 0:
            nights.append((calendar.subtract_working_days(earliest, -reminder.distance).earliest, reminder))
        elif reminder.distance == 0:
            nights.append((latest, reminder))
        else:
            nights.append((calendar.add_working_days(latest, reminder.distance).latest, reminder))
    return tuple((night, reminder) for night, reminder in nights if night is not None)


def reminders_reached(
    due: Due, calendar: Calendar, after: date | None, night: date
) -> Iterator[tuple[date, ReminderStep]]:
    """The reminders due after one night (None: from the beginning) and up to another that are still useful.

    Of several warnings due together, as when a deadline is set late, only the last is kept; none is kept
    once the due date is reached. Every overdue notice is kept; each goes to a higher level.
    """
    crossed = [
        (day, reminder)
        for day, reminder in reminder_schedule(due, calendar)
        if day <= night and (after is None or day > after)
    ]
    warnings = [(day, reminder) for day, reminder in crossed if reminder.distance < 0]
    rest = [(day, reminder) for day, reminder in crossed if reminder.distance >= 0]
    if warnings and not rest:
        yield warnings[-1]
    yield from rest


def next_reminder(due: Due, calendar: Calendar, after: date | None) -> date | None:
    """The next night with a reminder for this deadline; None after the last."""
    return min((day for day, _ in reminder_schedule(due, calendar) if after is None or day > after), default=None)


class Light(StrEnum):
    """The status colours of the overdue table."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    PAUSED = "paused"


def light(due: Due | None, calendar: Calendar, today: date) -> Light:
    """Green; yellow from five working days before the due date; red from the day after it."""
    if due is None or due.latest is None or due.earliest is None:
        return Light.PAUSED
    if today > due.latest:
        return Light.RED
    return Light.YELLOW if calendar.working_days_after(today, due.earliest) <= 5 else Light.GREEN
