"""Plays one step in a district, with its fault, and checks the invariants afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, literal, select, union_all

from access.reader import operator
from calendars import Calendar
from casework import do_act
from casework.acts.act_models import ActRequest, ActResult
from casework.clock import SHANGHAI, FixedClock
from casework.errors import Conflict, NotFound, NotPermitted
from casework.nightly import follow_ups, sweeping
from casework.views import case_queries
from simulation import invariants, unit_steps
from simulation.incremental_checks import Watch
from simulation.invariants import Known
from simulation.reminder_checks import overdue_reminders_missing
from simulation.sandbox_db import JURISDICTION
from simulation.script import Step
from simulation.violations import Violation, ViolationFound
from states.engine.case import Actor
from states.engine.forms.reading import FormRefused
from states.engine.refusals import ActRefused
from storage.engine import Database, Session
from storage.people import accounts
from storage.rows import Row

REFUSED = (ActRefused, FormRefused, NotFound, NotPermitted)
AHEAD = timedelta(days=40)
"""How far the clock is ahead where it is."""
EVENING = 5
"""Acts followed up at a time."""


class Crash(Exception):
    """The process died before its transaction was committed."""


# Rows per table, and acts over all cases: every change changes one of these numbers.
_FOOTPRINT = union_all(
    *(
        select(
            func.count() if name != "case_file" else func.coalesce(func.sum(table.c.version), literal(0))
        ).select_from(table)
        for name, table in sorted(Row.metadata.tables.items())
    )
)


def sizes(session: Session) -> tuple[int, ...]:
    """The number of rows of each table, and of acts."""
    return tuple(session.execute(_FOOTPRINT).scalars())


@dataclass
class Player:
    """Plays steps in one district and counts their outcomes."""

    database: Database
    watch: Watch
    footprint: Callable[[Session], object]
    evening: int = EVENING
    counts: dict[str, int] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        database: Database,
        people: list[Actor],
        calendar: Calendar,
        footprint: Callable[[Session], object] = sizes,
    ) -> Player:
        """A player with the people and calendar of the district; ``footprint`` detects changes."""
        return cls(database, Watch(Known({one.name: one for one in people}, calendar)), footprint)

    def play(self, step: Step) -> None:
        """Play a step. Raises ViolationFound."""
        try:
            self._played(step)
        except ViolationFound:
            raise
        except Exception as error:
            raise ViolationFound(
                Violation("unexpected", step.case or step.do, f"{type(error).__name__}: {error}")
            ) from error
        if step.fault != "none":
            self.faults[step.fault] = self.faults.get(step.fault, 0) + 1

    def _played(self, step: Step) -> None:
        if step.do == "sweep":
            self._sweep(step)
            return
        if step.do == "change_units":
            self._change_units(step)
            return
        if step.do == "follow_up":
            done = follow_ups.follow_up(self.database, FixedClock(step.at), "worker", limit=self.evening)
            self._count("followed_up", len(done))
            return
        if step.beside is not None:
            self._look(step)
            self._look(step.beside)
            self._asked(replace(step.beside, beside=None))
        if step.fault == "crash":
            self._crash(step)
        answer = self._asked(step)
        if step.fault == "repeat" and answer is not None:
            self._repeat(step, answer)

    def _sweep(self, step: Step) -> None:
        clock = FixedClock(step.at)
        if step.fault == "clock_ahead":
            sweeping.sweep(self.database, FixedClock(step.at + AHEAD), jurisdiction=JURISDICTION, clock_confirmed=True)
        done = sweeping.sweep(self.database, clock, jurisdiction=JURISDICTION)
        if (again := sweeping.sweep(self.database, clock, jurisdiction=JURISDICTION)).issued:
            raise ViolationFound(Violation("second_sweep", done.as_of.isoformat(), str(again.issued)))
        with self.database.reading() as session:
            self._hold(overdue_reminders_missing(session, self.watch.known.calendar, done.as_of))
        self._count("notices", done.issued)
        self._count("nights", len(done.nights))

    def _change_units(self, step: Step) -> None:
        """Record what becomes of a unit: a refused change changes nothing."""
        before = self._footprint()
        with self.database.writing() as session:
            done = unit_steps.play(session, step)
        if not done:
            self._unchanged(before, "refused_changed", step)
            self._count("refused")
            return
        with self.database.reading() as session:
            people = {one.name: one for one in accounts.active(session, JURISDICTION)}
            self.watch.known = Known({**self.watch.known.people, **people}, self.watch.known.calendar)
        self._count("units_changed")

    def _look(self, step: Step) -> None:
        """Ask whether the act is possible; a later act must not rely on the answer."""
        if step.do == "act":
            with self.database.reading() as session, suppress(*REFUSED):
                case_queries.why(session, FixedClock(step.at), operator(), step.case, step.act, actor=step.who)

    def _asked(self, step: Step) -> ActResult | None:
        """Request once: a refused request changes nothing, a completed one is complete."""
        before = self._footprint()
        try:
            with self.database.writing() as session:
                answer = _request(session, step)
        except REFUSED:
            self._unchanged(before, "refused_changed", step)
            self._count("refused")
            return None
        touched = {answer.case, answer.inspection.case, *(one.case for one in answer.followed)}
        with self.database.reading() as session:
            self._hold(self.watch.cases(session, touched))
            self._hold(invariants.followed_up_later(session, answer.case, _version_asked_for(answer)))
        self._count("acts")
        return answer

    def _crash(self, step: Step) -> None:
        """Crash before the commit: the request leaves no trace."""
        before = self._footprint()
        with suppress(Crash, *REFUSED), self.database.writing() as session:
            _request(session, step)
            raise Crash
        self._unchanged(before, "not_whole", step)

    def _repeat(self, step: Step, answer: ActResult) -> None:
        """Repeating a request gives the same answer; another request under its key conflicts; neither has effect."""
        before = self._footprint()
        with self.database.writing() as session:
            again = _request(session, step)
        if again != answer.model_copy(update={"repeated": True}):
            raise ViolationFound(Violation("repeated", step.case or answer.case, str(again)))
        with suppress(Conflict), self.database.writing() as session:
            _request(session, replace(step, data={**step.data, "note": "另一内容"}))
            raise ViolationFound(Violation("repeated", step.case or answer.case, str(step.key)))
        self._unchanged(before, "repeated", step)

    def _footprint(self) -> object:
        with self.database.reading() as session:
            return self.footprint(session)

    def _unchanged(self, before: object, name: Any, step: Step) -> None:
        if (after := self._footprint()) != before:
            raise ViolationFound(Violation(name, step.case or step.do, f"{before} {after}"[:200]))

    def _count(self, what: str, number: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + number

    def _hold(self, breaches: Iterator[Violation]) -> None:
        if (found := next(breaches, None)) is not None:
            raise ViolationFound(found)


def _version_asked_for(answer: ActResult) -> int:
    """The version the act itself left its case at, without what followed on the same case."""
    return answer.version - sum(one.case == answer.case for one in answer.followed)


def _request(session: Session, step: Step) -> ActResult:
    clock = FixedClock(step.at.astimezone(SHANGHAI))
    asked = ActRequest(step.who, date.fromisoformat(step.on) if step.on else None, step.key)
    if step.do == "open":
        return do_act.open_inspection(session, clock, asked, step.data)
    return do_act.do_act(session, clock, asked, step.case, step.act, step.data)
