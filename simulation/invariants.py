"""Invariants of every case after every act, derived from the tables and not from the guards."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, func, literal, select

from calendars import Calendar
from casework.clock import SHANGHAI
from simulation.day_checks import of_days
from simulation.inspection import correction_checks, plan_checks, presence_checks
from simulation.inspection.likelihoods import DECIDED_BY_ANOTHER, EXCEPTION, TEAM, TOPIC_KEYS, VISIT
from simulation.inspection.people import group_people
from simulation.sandbox_db import JURISDICTION
from simulation.unit_steps import unborne, under_each_unit
from simulation.violations import Violation
from states.engine.case import Actor, Case, Role
from states.engine.deadlines import Pause
from states.engine.successions import SUCCEEDING, Successions
from states.packs import procedure_of
from storage.cases import cases, deadlines, frequency
from storage.cases.deadlines import Tracked
from storage.cases.frequency import USES
from storage.engine import Session
from storage.journal import journal, verification
from storage.journal.journal import Entry
from storage.messages.outbox import OUTBOX
from storage.people import successions


@dataclass(frozen=True, slots=True)
class Known:
    """What the checks are made with: the people by name, and the calendar."""

    people: Mapping[str, Actor]
    calendar: Calendar


def of_cases(
    session: Session, known: Known, found: Mapping[str, Case], tracked: Iterable[Tracked]
) -> Iterator[Violation]:
    """Violations in these cases, their acts, deadlines and keys."""
    inspections = cases.load_many(session, {case.family for case in found.values()})
    entries = journal.of_cases(session, found)
    for case in found.values():
        yield from _of_history(case, entries[case.id], known)
        if case.procedure == VISIT:
            yield from plan_checks.of_visit(case, entries[case.id], inspections[case.family])
        if case.procedure == TEAM:
            yield from presence_checks.of_group(case, cases.children(session, case.id, VISIT))
        if case.family == case.id:
            yield from plan_checks.wrongly_drawn(case, entries[case.id])
    yield from of_days(session, found, entries)
    yield from unborne(session, [case for case in found.values() if procedure_of(case).is_open(case.state)])
    for inspection in inspections.values():
        yield from group_people(session, inspection)
        yield from correction_checks.of_inspection(session, inspection)
    for one in tracked:
        case = found[one.deadline.case]
        yield from _of_deadline(one, case, inspections[case.family].suspended or case.suspended, known.calendar)
    if inspections:
        yield from _of_windows(session, USES.c.case_id.in_(sorted(inspections)))


def _of_history(case: Case, entries: list[Entry], known: Known) -> Iterator[Violation]:
    days = [entry.acted_on for entry in entries]
    late = [entry for entry in entries if entry.acted_on > entry.recorded_at.astimezone(SHANGHAI).date()]
    if days != sorted(days) or late:
        yield Violation("dates", case.id, ", ".join(map(str, days)))
    for at, entry in enumerate(entries):
        yield from _of_entry(case, entry, known)
        others = DECIDED_BY_ANOTHER.get((case.procedure, entry.act), frozenset())
        theirs = {earlier.act for earlier in entries[:at] if earlier.actor == entry.actor}
        if others & theirs:
            yield Violation("own_decision", case.id, f"{entry.actor}: {entry.act}")


def _of_entry(case: Case, entry: Entry, known: Known) -> Iterator[Violation]:
    """The act has a row from that state, and its actor held a role for it."""
    person = known.people[entry.actor]
    rows = [row for row in procedure_of(case).rows(entry.act) if entry.from_state in row.from_]
    late = "late_entry" in entry.form
    held = [
        row
        for row in rows
        if any(role == entry.role and person.holds(role) for role in ((*row.by, Role.COORDINATOR) if late else row.by))
    ]
    if not held or (person.automation and all(row.in_person for row in held)):
        yield Violation("unlawful", case.id, f"{entry.actor} ({entry.role}): {entry.act} <- {entry.from_state}")
    brought_about = all(row.consequence_only for row in rows)
    if case.unit is not None and person.unit == case.unit and entry.role != Role.TARGET_OFFICER and not brought_about:
        yield Violation("own_unit", case.id, f"{entry.actor}: {entry.act}")


def _of_deadline(one: Tracked, case: Case, suspended: bool, calendar: Calendar) -> Iterator[Violation]:
    if not one.deadline.running:
        return
    if procedure_of(case).is_open(case.state):
        yield from _of_running(one, suspended, calendar)
    else:
        yield Violation("ended", one.deadline.id, case.state)


def _of_running(one: Tracked, suspended: bool, calendar: Calendar) -> Iterator[Violation]:
    if one.deadline.paused != suspended:
        yield Violation("suspended", one.deadline.id, str(one.deadline.pauses))
    elif (wanted := _counted(one, calendar)) != (one.due_on, one.latest_on):
        yield Violation("deadline", one.deadline.id, f"{one.due_on}-{one.latest_on}, {wanted}")
    elif one != (indexed := deadlines.track(one.deadline, calendar, one.swept_on, one.next_rung_on)):
        yield Violation("deadline", one.deadline.id, f"{one.next_rung_on}, {indexed.next_rung_on}")


def _counted(one: Tracked, calendar: Calendar) -> tuple[date | None, date | None]:
    """The due dates agree with the calendar."""
    deadline = one.deadline
    if deadline.paused:
        return None, None
    spans = [_span(pause) for pause in deadline.pauses]
    if deadline.term is None:
        assert deadline.fixed is not None
        more = deadline.extension + sum(calendar.working_days_after(since, until) for since, until in spans)
        moved = calendar.add_working_days(deadline.fixed, more) if more else None
        return (moved.earliest, moved.latest) if moved else (deadline.fixed, deadline.fixed)
    if deadline.extension or spans or deadline.term.unit != "working_days":
        due = deadline.due(calendar)
        return (due.earliest, due.latest) if due else (None, None)
    due = calendar.add_working_days(deadline.start, deadline.term.length)
    return due.earliest, due.latest


def _span(pause: Pause) -> tuple[date, date]:
    assert pause.until is not None
    return pause.since, pause.until


def chains(session: Session, ids: Collection[str] | None = None) -> Iterator[Violation]:
    """The journals of these cases or of all: each entry compared with its hash, all with the case."""
    found = (
        verification.breaks(session)
        if ids is None
        else filter(None, (verification.verify(session, one) for one in sorted(ids)))
    )
    yield from (Violation("chain", one.case_id, f"{one.flaw} {one.seq}") for one in found)


def windows(session: Session) -> Iterator[Violation]:
    """Every key of the district: no two windows overlap without a granted exception, and no exception is ungranted."""
    yield from _of_windows(session, USES.c.released_at.is_(None))


def _of_windows(session: Session, which: ColumnElement[bool]) -> Iterator[Violation]:
    became = successions.load(session, JURISDICTION)
    keys = select(USES.c.key_kind, USES.c.key_value).where(which).distinct().subquery()
    kinds = (USES.c.key_kind == keys.c.key_kind) | (_is_topic(USES.c.key_kind) & _is_topic(keys.c.key_kind))
    units = USES.c.key_kind == frequency.UNIT_KEY
    # What counts for a unit under another code is looked up here, not asked of the guards.
    line = units & literal(any(one.change in SUCCEEDING for one in became.changes))
    same = kinds & ((USES.c.key_value == keys.c.key_value) | line)
    query = select(USES).join(keys, same).where(USES.c.released_at.is_(None))
    rows = session.execute(query.distinct()).all()
    plain = sorted(
        {
            (_kind(row.key_kind), value, row.since, row.until or date.max, row.case_id, row.key_value)
            for row in rows
            if row.fenced
            for value in _values(row, became)
        }
    )
    joined_on = max((one.on for one in became.changes if one.change in SUCCEEDING), default=date.min)
    for (*key, _, until, case, unit), (*following, since, _, other, another) in pairwise(plain):
        # Units that became one while both were being inspected: neither was asked for after the change.
        apart = unit != another and since <= joined_on
        if key == following and since <= until and case != other and not apart:
            yield Violation("windows", f"{key[0]} {key[1]}", f"{case}, {other}: {since} <= {until}")
    excepted = sorted({row.case_id for row in rows if row.exception and row.until is not None})
    for case in excepted:
        procedure, granted = EXCEPTION
        if not any(child.state == granted for child in cases.children(session, case, procedure)):
            yield Violation("ungranted", case)


def _values(row: Any, became: Successions) -> Iterator[str]:
    """What a use of a key bars: of a unit, every unit for which it counts."""
    if row.key_kind == frequency.UNIT_KEY:
        yield from under_each_unit(became, row.key_kind, row)
    else:
        yield row.key_value


def _is_topic(kind: ColumnElement[str]) -> ColumnElement[bool]:
    return kind.in_(sorted(TOPIC_KEYS))


def _kind(kind: str) -> str:
    """The kind of key, one for all that hold topics."""
    return min(TOPIC_KEYS) if kind in TOPIC_KEYS else kind


def followed_up_later(session: Session, case_id: str, version: int) -> Iterator[Violation]:
    """An act asked for is in the outbox, once."""
    query = select(func.count()).select_from(OUTBOX).where(OUTBOX.c.case_id == case_id, OUTBOX.c.seq == version)
    if session.execute(query).scalar_one() != 1:
        yield Violation("outbox", case_id, str(version))
