"""The nightly sweep: every reminder due on a running deadline is issued once, however often it runs.

A notice is keyed by deadline, due date and reminder, so a second sweep, another machine or a restart adds
none. It is written in the transaction that marks its deadline as swept. Missed nights are swept one by one, and each
message is dated as of the night its reminder was reached.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from time import perf_counter

from pydantic import Field

import messages
import regulations
import telemetry
from calendars import Calendar, Due
from casework.citations import term_title
from casework.clock import Clock, today
from casework.errors import CaseworkError, NotFound
from casework.nightly import future_nights
from casework.views.message_models import MessageView, message_view
from messages.answers import Answer
from regulations import Jurisdiction, office_name
from states.engine.case import Role
from states.engine.deadlines import Deadline, ReminderStep, next_reminder, reminders_reached
from states.engine.successions import Successions
from states.packs import pack_of
from storage.calendar import holiday_notices, sweep_nights
from storage.cases import deadlines
from storage.cases.deadlines import Tracked
from storage.cases.headings import Heading, headings
from storage.engine import Database, Session
from storage.messages import notices
from storage.messages.notices import Notice
from storage.people import jurisdictions, successions

BATCH = 1000
"""Deadlines per transaction."""


class SweepResult(Answer):
    """What a sweep did."""

    as_of: date = Field(description="last night swept")
    nights: tuple[date, ...] = Field(description="nights swept, those missed before included")
    issued: int = Field(description="number of new messages")
    notices: tuple[MessageView, ...] = Field(description="the new messages")
    withdrawn: tuple[MessageView, ...] = Field(
        (), description="messages that withdraw reminders of nights that a wrong clock swept ahead of their day"
    )


def sweep(
    database: Database,
    clock: Clock,
    *,
    as_of: date | None = None,
    jurisdiction: str | None = None,
    clock_confirmed: bool = False,
) -> SweepResult:
    """Sweep every night since the last one up to ``as_of`` (default today); returns nights and messages.

    Sweeps one jurisdiction, or all jurisdictions set up in the database. What was told of nights that lie ahead is
    withdrawn first; ``clock_confirmed`` says that the clock is right although acts are recorded after this moment.
    Raises regulations.UnknownJurisdiction, NotFound for a night after today, UpkeepFailed for a clock that is behind.
    """
    began = perf_counter()
    try:
        done = _sweep(database, clock, as_of or today(clock), jurisdiction, clock_confirmed)
    except CaseworkError:
        raise
    except Exception as error:
        telemetry.failed(error, "sweep", ms=telemetry.milliseconds(began))
        raise
    counts = {"nights": len(done.nights), "issued": done.issued}
    telemetry.emit(
        "sweep", "info", night=done.as_of.isoformat(), **counts, result="done", ms=telemetry.milliseconds(began)
    )
    return done


def _sweep(
    database: Database, clock: Clock, night_of: date, jurisdiction: str | None, clock_confirmed: bool
) -> SweepResult:
    if night_of > today(clock):
        raise NotFound("night_too_far", night=night_of, last=today(clock))
    with database.reading() as session:
        homes = jurisdictions.asked_about(session, jurisdiction)
    swept: set[date] = set()
    issued: list[MessageView] = []
    withdrawn: list[MessageView] = []
    for home in homes:
        taken_back = future_nights.withdraw(database, clock, home, confirmed=clock_confirmed)
        withdrawn += [message_view(notice, home) for notice in taken_back]
        for night in _nights(database, home.code, night_of):
            issued += [message_view(notice, home) for notice in _sweep_night(database, clock, home, night)]
            swept.add(night)
    return SweepResult(
        as_of=night_of,
        nights=tuple(sorted(swept)),
        issued=len(issued),
        notices=tuple(issued),
        withdrawn=tuple(withdrawn),
    )


def _nights(database: Database, jurisdiction: str, as_of: date) -> list[date]:
    """The nights to sweep: the missed ones, and always ``as_of``."""
    with database.reading() as session:
        last = sweep_nights.last(session, jurisdiction)
    first = min(last + timedelta(days=1), as_of) if last else as_of
    return [first + timedelta(days=more) for more in range((as_of - first).days + 1)]


def _sweep_night(database: Database, clock: Clock, home: Jurisdiction, night: date) -> list[Notice]:
    issued: list[Notice] = []
    while True:
        with database.writing() as session:
            batch = deadlines.due_for_reminder(session, night, jurisdiction=home.code, limit=BATCH)
            issued += _tell(session, clock, home, batch, night)
            if len(batch) < BATCH:
                sweep_nights.mark(session, home.code, night, clock.now(), len(issued))
                return issued


def _tell(session: Session, clock: Clock, home: Jurisdiction, batch: list[Tracked], night: date) -> list[Notice]:
    known = _Known(session, home, clock.now())
    owners = headings(session, [tracked.deadline.case for tracked in batch])
    reminders: list[Notice] = []
    marks = []
    for tracked in batch:
        owner = owners[tracked.deadline.case]
        calendar = known.calendar(owner.region)
        due = tracked.deadline.due(calendar)
        if due is not None:
            reminders += [
                _notice(known, owner, tracked.deadline, due, reminder, reached_on)
                for reached_on, reminder in reminders_reached(due, calendar, tracked.swept_on, night)
            ]
        following = next_reminder(due, calendar, night) if due else None
        marks.append((tracked.deadline.id, night, following))
    new = notices.add_untold(session, reminders)
    deadlines.swept(session, marks)
    return new


class _Known:
    """The jurisdiction and time of a batch, with its calendars and units, each read once."""

    def __init__(self, session: Session, home: Jurisdiction, now: datetime) -> None:
        self.now = now
        self.home = home
        self._session = session
        self._calendars: dict[str, Calendar] = {}
        self._units: dict[str, str] | None = None

    def calendar(self, region: str) -> Calendar:
        """The calendar of a region."""
        if region not in self._calendars:
            self._calendars[region] = holiday_notices.calendar(self._session, region)
        return self._calendars[region]

    def unit(self, code: str | None) -> str:
        """The name of a unit; the joint office where no unit owes."""
        if code is None:
            return self.office(Role.COORDINATOR)
        if self._units is None:
            self._units = successions.names(self._session, [self.home.code])[self.home.code]
        return self._units.get(code, code)

    @cached_property
    def became(self) -> Successions:
        """What became of the units of the jurisdiction."""
        return successions.load(self._session, self.home.code)

    def office(self, role: Role) -> str:
        """What the office of this role is called there, in Chinese."""
        return office_name(role, self.home, "zh")


@lru_cache(maxsize=256)
def _named(name: str, article: str, regulation: str) -> tuple[str, str]:
    """Title and citation of a term in Chinese; cached, since thousands of messages name the same term."""
    return term_title(name, regulation, "zh"), regulations.by_key(regulation).short(article, "zh")


def _notice(
    known: _Known, owner: Heading, deadline: Deadline, due: Due, reminder: ReminderStep, reached_on: date
) -> Notice:
    """A reminder; its text is always Chinese, whatever the language of the sweep."""
    term, citation = _named(deadline.name, deadline.article, owner.regulation)
    day = due.latest if reminder.distance >= 0 else due.earliest
    params = {
        "case": owner.id,
        "title": owner.title,
        "term": term,
        "unit": known.unit(deadline.unit),
        "due": day,
        "days": abs(reminder.distance),
        "citation": citation,
        "supervision_office": known.office(Role.SUPERVISION_OFFICE),
        "authority": known.office(Role.AUTHORITY),
    }
    roles = pack_of(owner.regulation).recipients(reminder, deadline.name, owed_by_office=deadline.unit is None)
    recipients = [role for role in roles if role is not Role.TARGET_OFFICER or deadline.unit]
    return Notice(
        key=f"{deadline.id}:{day}:{reminder.value}",
        jurisdiction=owner.jurisdiction,
        kind="deadline",
        dated_on=reached_on,
        recipient_role=",".join(recipients),
        recipient=known.became.bearer(deadline.unit) if deadline.unit else None,
        subject=messages.text(f"notice.{reminder.value}_subject", "zh", **params),
        text=messages.text(f"notice.{reminder.value}", "zh", **params),
        created_at=known.now,
        case_id=owner.id,
        root=owner.root or owner.id,
        deadline_id=deadline.id,
        rung=reminder.value,
        mail_state="queued",
    )
