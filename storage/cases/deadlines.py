"""Deadlines: the budget and ledger are stored; due dates beside them are an index, computed anew at every change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select, update

from calendars import Calendar, Term
from states.engine.deadlines import Deadline, Extension, Pause, next_reminder
from storage import canonical
from storage.cases.case_rows import CASES
from storage.cases.cases import FAMILY_IDS
from storage.engine import Session
from storage.rows import DeadlineRow, table
from storage.statements import Statement
from storage.upsert import upsert

DEADLINES = table(DeadlineRow)
_RUNNING = (DEADLINES.c.met_on.is_(None), DEADLINES.c.closed_on.is_(None))
_PUT = Statement(upsert(DEADLINES, keys=("id",), keep=("case_id", "name", "round")))
_LOAD = select(DEADLINES).where(DEADLINES.c.id == bindparam("deadline_id"))
_BY_CASE = select(DEADLINES).where(DEADLINES.c.case_id == bindparam("of_case")).order_by(DEADLINES.c.id)
_OF_CASE = Statement(_BY_CASE)
_OF_CASE_RUNNING = Statement(_BY_CASE.where(*_RUNNING))
_OF_FAMILY = select(DEADLINES).where(DEADLINES.c.case_id.in_(FAMILY_IDS)).order_by(DEADLINES.c.id)
_ALL = select(DEADLINES).order_by(DEADLINES.c.case_id, DEADLINES.c.id)
_OF_CASES = _ALL.where(DEADLINES.c.case_id.in_(bindparam("ids", expanding=True)))
_SWEPT = (
    update(DEADLINES)
    .where(DEADLINES.c.id.in_(bindparam("ids", expanding=True)))
    .values(swept_on=bindparam("night"), next_rung_on=bindparam("rung_night"))
)


@dataclass(frozen=True, slots=True)
class Tracked:
    """A deadline with its index: when it is due, under which calendar, and what the sweep does next.

    ``due_on`` is the earliest and ``latest_on`` the latest possible due date; they differ while it is provisional, and
    are None while the deadline is paused or the calendar refuses to say.
    """

    deadline: Deadline
    due_status: str | None
    due_on: date | None
    latest_on: date | None
    calendar_version: str | None
    next_rung_on: date | None
    swept_on: date | None


def track(
    deadline: Deadline, calendar: Calendar, swept_on: date | None = None, not_before: date | None = None
) -> Tracked:
    """The deadline with its index computed; ``swept_on`` is the last night whose rungs it has had.

    ``not_before`` is the first night that may tell them: nights missed before it knew another due date.
    """
    due = deadline.due(calendar)
    if due is None:
        return Tracked(deadline, None, None, None, calendar.version, None, swept_on)
    night = next_reminder(due, calendar, swept_on)
    night = max(night, not_before) if night and not_before else night
    return Tracked(deadline, due.status, due.earliest, due.latest, due.calendar_version, night, swept_on)


def put(
    session: Session,
    deadline: Deadline,
    calendar: Calendar,
    swept_on: date | None = None,
    not_before: date | None = None,
) -> Tracked:
    """Store a new or changed deadline; hand in the ``swept_on`` of the one it was changed from."""
    tracked = track(deadline, calendar, swept_on, not_before)
    _PUT.execute_later(session, _columns(tracked))
    return tracked


def load(session: Session, deadline_id: str) -> Tracked | None:
    """The deadline of this id."""
    row = session.execute(_LOAD, {"deadline_id": deadline_id}).first()
    return None if row is None else _tracked(row)


def of_case(session: Session, case_id: str, *, running: bool = False) -> list[Tracked]:
    """The deadlines of a case, or only those that run."""
    statement = _OF_CASE_RUNNING if running else _OF_CASE
    return [_tracked(row) for row in statement.fetch_all(session, {"of_case": case_id})]


def of_family(session: Session, root: str) -> list[Tracked]:
    """The deadlines of an inspection and of the cases that belong to it."""
    return [_tracked(row) for row in session.execute(_OF_FAMILY, {"of_root": root})]


def of_cases(session: Session, ids: Iterable[str] | None = None) -> list[Tracked]:
    """The deadlines of these cases, or every one there is, case by case."""
    rows = session.execute(_ALL) if ids is None else session.execute(_OF_CASES, {"ids": sorted(set(ids))})
    return [_tracked(row) for row in rows]


def running(
    session: Session,
    *,
    jurisdiction: str | None = None,
    before: date | None = None,
    outdated: str | None = None,
    of_cases: ColumnElement[bool] | None = None,
) -> list[Tracked]:
    """Running deadlines by due date.

    ``before`` leaves only those surely overdue on that day; ``outdated`` only those computed under another version of
    the calendar than this; ``of_cases`` only those of cases that meet this condition.
    """
    query = _narrowed(select(DEADLINES).where(*_RUNNING), jurisdiction)
    if before is not None:
        query = query.where(DEADLINES.c.latest_on < before)
    if outdated is not None:
        query = query.where(DEADLINES.c.calendar_version.is_distinct_from(outdated))
    if of_cases is not None:
        query = query.where(DEADLINES.c.case_id.in_(select(CASES.c.id).where(of_cases)))
    return [_tracked(row) for row in session.execute(query.order_by(DEADLINES.c.latest_on, DEADLINES.c.id))]


def standing(
    session: Session,
    since: date,
    *,
    jurisdiction: str | None = None,
    of_cases: ColumnElement[bool] | None = None,
) -> list[Tracked]:
    """The deadlines that run, or that ended on this day or later, by due date."""
    ended = func.coalesce(DEADLINES.c.met_on, DEADLINES.c.closed_on)
    query = _narrowed(select(DEADLINES).where(or_(and_(*_RUNNING), ended >= since)), jurisdiction)
    if of_cases is not None:
        query = query.where(DEADLINES.c.case_id.in_(select(CASES.c.id).where(of_cases)))
    return [_tracked(row) for row in session.execute(query.order_by(DEADLINES.c.latest_on, DEADLINES.c.id))]


def due_for_reminder(
    session: Session, night: date, *, jurisdiction: str | None = None, limit: int = 1000
) -> list[Tracked]:
    """Running deadlines with a rung on or before this night, kept from other sweeps until the transaction ends."""
    query = _narrowed(select(DEADLINES).where(*_RUNNING, DEADLINES.c.next_rung_on <= night), jurisdiction)
    rows = session.execute(query.order_by(DEADLINES.c.id).limit(limit).with_for_update())
    return [_tracked(row) for row in rows]


def swept_after(session: Session, jurisdiction: str, night: date) -> list[Tracked]:
    """Running deadlines that were swept for later nights than this one, kept until the transaction ends."""
    query = _narrowed(select(DEADLINES).where(*_RUNNING, DEADLINES.c.swept_on > night), jurisdiction)
    return [_tracked(row) for row in session.execute(query.order_by(DEADLINES.c.id).with_for_update())]


def swept(session: Session, nights: Iterable[tuple[str, date, date | None]]) -> None:
    """Record for each deadline (id, night, next rung) that its rungs up to the night were given."""
    alike: dict[tuple[date, date | None], list[str]] = {}
    for id_, night, rung in nights:
        alike.setdefault((night, rung), []).append(id_)
    for (night, rung), ids in alike.items():
        session.execute(_SWEPT, {"ids": ids, "night": night, "rung_night": rung})


def _narrowed(query: Select[Any], jurisdiction: str | None) -> Select[Any]:
    return query if jurisdiction is None else query.where(DEADLINES.c.jurisdiction == jurisdiction)


def _columns(tracked: Tracked) -> dict[str, Any]:
    deadline, term = tracked.deadline, tracked.deadline.term
    return {
        "id": deadline.id,
        "case_id": deadline.case,
        "name": deadline.name,
        "round": deadline.round,
        "jurisdiction": deadline.jurisdiction,
        "article": deadline.article,
        "start": deadline.start,
        "unit": deadline.unit,
        "term_length": term.length if term else None,
        "term_unit": term.unit if term else None,
        "term_rollover": term.rollover if term else None,
        "term_article": term.article if term else None,
        "fixed": deadline.fixed,
        "extension": deadline.extension,
        "pauses": canonical.dumps([[_text(pause.since), _text(pause.until)] for pause in deadline.pauses]),
        "met_on": deadline.met_on,
        "closed_on": deadline.closed_on,
        "due_status": tracked.due_status,
        "due_on": tracked.due_on,
        "latest_on": tracked.latest_on,
        "calendar_version": tracked.calendar_version,
        "next_rung_on": tracked.next_rung_on,
        "swept_on": tracked.swept_on,
        "extensions": canonical.dumps([[_text(one.on), one.more] for one in deadline.extensions]),
        "recorded_on": deadline.recorded_on,
    }


def _tracked(row: Sequence[Any]) -> Tracked:
    """The deadline of a row, whose columns come in the order of ``DeadlineRow``: a sweep reads thousands."""
    _, case, name, round_, jurisdiction, article, start, unit, *rest = row
    length, term_unit, rollover, term_article, fixed, extension, pauses, met_on, closed_on, *index = rest
    *index, extensions, recorded = index
    term = None if length is None else Term(length, term_unit, rollover, term_article)
    stood = () if pauses == "[]" else _pauses(pauses)
    granted = _extensions(extensions, extension, start) if extension else ()
    deadline = Deadline(
        case,
        name,
        round_,
        jurisdiction,
        article,
        start,
        unit,
        term,
        fixed,
        granted,
        stood,
        met_on,
        closed_on,
        recorded,
    )
    return Tracked(deadline, *index)


def _pauses(text: str) -> tuple[Pause, ...]:
    return tuple(Pause(date.fromisoformat(since), _day(until)) for since, until in canonical.loads(text))


def _extensions(text: str, extension: int, start: date) -> tuple[Extension, ...]:
    """The ledger of extensions; before it was kept, only their sum was known."""
    kept = tuple(Extension(date.fromisoformat(on), more) for on, more in canonical.loads(text))
    return kept or (Extension(start, extension),)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
