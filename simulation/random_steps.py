"""Draws random steps from the possible acts of a district, with realistic faults."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from sqlalchemy import select

import regulations
from casework.acts.request_context import RequestContext, open_context
from casework.clock import SHANGHAI, FixedClock
from simulation import unit_steps
from simulation.inspection import likelihoods
from simulation.inspection.random_forms import Situation, random_form
from simulation.sandbox_db import JURISDICTION
from simulation.script import Fault, Step
from states.engine.case import NEW, Actor, Case, Role
from states.engine.evaluate import evaluate, possible_acts
from states.engine.table import SAME
from states.engine.table import Step as Row
from states.packs import pack_of, procedure_of, root_procedures
from storage.cases import cases
from storage.cases.case_rows import CASES
from storage.engine import Session
from storage.people import accounts, successions

RARELY: Final = 0.04
AHEAD: Final = 4
"""Before one in how many sweeps the clock is ahead."""
FAULTY: Final[tuple[tuple[Fault, float], ...]] = (
    ("crash", 0.04), ("repeat", 0.06), ("two_at_once", 0.06), ("late_clock", 0.04), ("meddling", 0.05),
    ("dated_back", 0.08),
)  # fmt: skip
TOPICS: Final = 40

PACK: Final = pack_of(regulations.load(regulations.jurisdiction(JURISDICTION).regulation).key)
"""The pack whose acts are drawn."""


@dataclass
class Planner:
    """Draws the next step. The same seed on the same district draws the same steps."""

    chance: Random
    units: Sequence[str]
    people: Sequence[Actor]
    day: date
    at_work: Sequence[Actor] | None = None
    """The people who act; None for everybody."""
    rarely: float = RARELY
    """The probability that a possible act that sets the work back is considered."""
    seconds: int = 0
    keys: int = 0
    nights: int = 0
    changes: int = 0

    def morning(self, day: date) -> None:
        """Begin another day."""
        self.day, self.seconds = day, 0

    def at(self) -> datetime:
        """A second after the last request, in office hours of the day."""
        self.seconds += 1
        return datetime.combine(self.day, time(9), SHANGHAI) + timedelta(seconds=self.seconds)

    def night(self) -> Step:
        """The sweep of the night before office hours; now and then the clock was ahead for a minute before it."""
        self.nights += 1
        fault: Fault = "clock_ahead" if self.nights % AHEAD == 2 else "none"
        return Step(datetime.combine(self.day, time(0, 30), SHANGHAI), "sweep", fault=fault)

    def evening(self) -> Step:
        """Follow up some of the queued acts."""
        return Step(self.at(), "follow_up")

    def succession(self) -> Step:
        """A coordinator records what becomes of a unit."""
        self.changes += 1
        who = self.chance.choice([one.name for one in self.people if one.holds(Role.COORDINATOR)])
        data = unit_steps.draw(self.chance, self.units, self.changes)
        return Step(self.at(), "change_units", who, data=data)

    def look_around(self, session: Session) -> None:
        """Units and people as they are by now."""
        self.people = people(session)
        known = set(self.units) | {one.unit for one in self.people if one.holds(Role.TARGET_OFFICER)}
        self.units = [unit.code for unit in successions.standing(session, JURISDICTION) if unit.code in known]

    def opening(self, session: Session) -> Step:
        """Somebody applies for an inspection."""
        kind = self.chance.choice(likelihoods.KINDS)
        targets = self.chance.sample(list(self.units), min(len(self.units), self.chance.choice([1, 1, 2, 3])))
        about = likelihoods.topic(kind, self.chance.randrange(TOPICS)) if kind == likelihoods.WITHOUT_EARLIER else {}
        if kind == likelihoods.FOLLOWS_EARLIER:
            published = (CASES.c.procedure.in_(root_procedures()), CASES.c.state.in_(likelihoods.PUBLISHED))
            earlier = session.execute(select(CASES.c.id).where(*published).order_by(CASES.c.id)).scalars().all()
            parent = cases.load(session, self.chance.choice(earlier)) if earlier else None
            if parent is None:
                kind, about = likelihoods.WITHOUT_EARLIER, {"problem": "无证经营"}
            else:
                about, targets = (
                    {"parent": parent.id},
                    self._present(session, likelihoods.units_with_findings(session, parent)[:2]),
                )
        data = {"kind": kind, "year": self.day.year, "title": "督察", "targets": targets, "reason": "年度计划", **about}
        who = self.chance.choice([one.name for one in self.people if one.holds(Role.COORDINATOR)])
        return self._faulted(Step(self.at(), "open", who, data=data, key=self._key()))

    def _present(self, session: Session, codes: Sequence[str]) -> list[str]:
        """The units that have the duties of these by now."""
        became = successions.load(session, JURISDICTION)
        return list(dict.fromkeys(map(became.bearer, codes)))

    def act(self, session: Session, family: str) -> Step | None:
        """A possible act on an inspection or one of its parts; None where there is none."""
        request = open_context(session, FixedClock(self.at()), None)
        inspection = cases.load(session, family)
        assert inspection is not None
        around = [inspection, *cases.find(session, root=family, open=True)]
        self.chance.shuffle(around)
        for case in around:
            drawn = self._drawn(request, case)
            who = self._somebody(request, case, drawn) if drawn else None
            if drawn and who:
                return self._faulted(self._step(session, case, drawn, who, inspection))
        return None

    def meddling(self, session: Session, family: str, act: str, days: int) -> Step:
        """A request for an act by a random person, possible or not, dated ``days`` from today."""
        inspection = cases.load(session, family)
        assert inspection is not None
        case = self.chance.choice([inspection, *cases.find(session, root=family)])
        rows = [row for row in (*procedure_of(case).steps, *self._openings()) if act in (row.act, _asked_as(row))]
        who, on = self.chance.choice(self.people).name, (self.day + timedelta(days=days)).isoformat()
        data = self._filled(session, self.chance.choice(rows), case, inspection) if rows else {}
        return Step(self.at(), "act", who, case.id, act, on=on, data=data, key=self._key(), fault="meddling")

    def beside(self, session: Session, family: str) -> Step | None:
        """Open a case under an inspection: a matter, a referral, a review, the passing on of results."""
        request, inspection = open_context(session, FixedClock(self.at()), None), cases.load(session, family)
        assert inspection is not None
        row = self.chance.choice(list(self._openings()))
        who = self._somebody(request, inspection, row)
        return self._faulted(self._step(session, inspection, row, who, inspection)) if who else None

    def _drawn(self, request: RequestContext, case: Case) -> Row | None:
        """A random allowed row; rows that change the state and are not done yet are more likely."""
        found: list[Row] = []
        for verdict in possible_acts(case, request.context(case)):
            row = verdict.step
            if (
                row is not None
                and verdict.allowed
                and (row.act not in likelihoods.RARE or self.chance.random() < self.rarely)
            ):
                found += [row] * (1 if row.to == SAME or row.act in case.actors_by_act else 4)
        if case.family == case.id and case.state == likelihoods.OPENING_STATE:
            found += [row for row in self._openings() if self.chance.random() < likelihoods.OPENED[_asked_as(row)]]
        return self.chance.choice(found) if found else None

    def _openings(self) -> Iterator[Row]:
        """The first rows of the procedures that are opened under an inspection."""
        for asked_as, procedure in PACK.openings.items():
            if asked_as in likelihoods.OPENED:
                yield procedure.rows(procedure.first_act)[0]

    def _somebody(self, request: RequestContext, case: Case, row: Row) -> Actor | None:
        """A person with the role whose act would not be refused."""
        at_work = self.people if self.at_work is None else self.at_work
        able = [one for one in at_work if any(one.holds(role) for role in row.by)]
        units = {case.unit} if case.unit else set(case.targets)
        became = request.facts(case).successions()
        near = [
            one
            for one in able
            if not one.holds(Role.TARGET_OFFICER) or any(became.same_bearer(one.unit, unit) for unit in units)
        ]
        self.chance.shuffle(near)
        if NEW in row.from_:
            return near[0] if near else None
        context = request.context(case)
        return next((one for one in near if not evaluate(case, row.act, replace(context, actor=one)).refusals), None)

    def _step(self, session: Session, case: Case, row: Row, who: Actor, inspection: Case) -> Step:
        act = _asked_as(row) if NEW in row.from_ else row.act
        data = self._filled(session, row, case, inspection)
        return Step(self.at(), "act", who.name, case.id, act, data=data, key=self._key())

    def _filled(self, session: Session, row: Row, case: Case, inspection: Case) -> dict[str, Any]:
        leaders = [one.name for one in self.people if one.holds(Role.GROUP_LEADER)]
        members = [one.name for one in self.people if one.holds(Role.GROUP_MEMBER)]
        others = _others(session, case) if row.act == likelihoods.NAMES_OTHERS else []
        earlier = _earlier(session, case, inspection)
        situation = Situation(case, inspection, self.day, leaders, members, self.chance, others, earlier)
        return random_form(row.form, situation)

    def _faulted(self, step: Step) -> Step:
        """The step with a random fault, mostly none."""
        drawn = self.chance.random()
        for fault, share in FAULTY:
            if drawn < share:
                return self._with(step, fault)
            drawn -= share
        return step

    def _with(self, step: Step, fault: Fault) -> Step:
        if fault == "late_clock":
            return replace(step, fault=fault, at=step.at - timedelta(hours=self.chance.choice([1, 8, 30, 80])))
        if fault == "dated_back":
            return self._dated_back(step)
        if fault == "two_at_once":
            other = self.chance.choice([one.name for one in self.people if one.name != step.who])
            colleague = self.chance.choice([step.who, other])
            return replace(step, fault=fault, beside=replace(step, who=colleague, key=self._key()))
        if fault == "meddling" and step.do == "act":
            backward = (self.day - timedelta(days=self.chance.choice([0, 0, 20, -2]))).isoformat()
            meddler = self.chance.choice(self.people).name
            return replace(step, fault=fault, who=meddler, on=backward, act=self.chance.choice(ACTS))
        return step if fault == "meddling" else replace(step, fault=fault)

    def _dated_back(self, step: Step) -> Step:
        """The step dated back; half the time as a paper that the office enters late."""
        on = (self.day - timedelta(days=self.chance.choice([1, 3, 10, 25]))).isoformat()
        if step.do != "act" or self.chance.random() < 0.5:
            return replace(step, fault="dated_back", on=on)
        office = [one.name for one in self.people if one.holds(Role.COORDINATOR)]
        late_entry = {"received_by": "收发室", "reason": "收发室积压"}
        who = self.chance.choice([step.who, *office])
        return replace(step, fault="dated_back", on=on, who=who, data={**step.data, "late_entry": late_entry})

    def _key(self) -> str:
        self.keys += 1
        return f"request-{self.keys}"


ACTS: Final = sorted(PACK.acts)


def ongoing(session: Session) -> list[str]:
    """The open inspections."""
    query = select(CASES.c.id).where(CASES.c.procedure.in_(root_procedures()), CASES.c.open).order_by(CASES.c.id)
    return list(session.execute(query).scalars())


def inspections(session: Session) -> list[str]:
    """All inspections, open and ended."""
    query = select(CASES.c.id).where(CASES.c.procedure.in_(root_procedures())).order_by(CASES.c.id)
    return list(session.execute(query).scalars())


def people(session: Session) -> list[Actor]:
    """Everybody who acts in the district."""
    return accounts.active(session, JURISDICTION)


def _others(session: Session, case: Case) -> list[str]:
    """Every other inspection of the same targets, also those that ended: in a shorter script they may not have."""
    found = {
        other.id for code in case.targets for other in cases.find(session, target=code, procedure=root_procedures())
    }
    return sorted(found - {case.id})


def _earlier(session: Session, case: Case, inspection: Case) -> list[str]:
    """The findings at the unit of a case in the inspection that its own looks back at."""
    if inspection.parent is None or case.unit is None:
        return []
    return [one.id for one in likelihoods.findings_at(session, inspection.parent, case.unit)]


def _asked_as(row: Row) -> str:
    return next(one.opened_by_act or "" for one in PACK.procedures.values() if row in one.steps)
