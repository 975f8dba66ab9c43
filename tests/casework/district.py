"""A small district left to chance, for Hypothesis: every step is something a person does, or the night."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import ClassVar, Final

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from simulation import random_steps
from simulation.random_steps import Planner
from simulation.sandbox_db import REGION
from simulation.script import Step
from simulation.step_runner import Player
from simulation.violations import ViolationFound
from states.engine.case import Role
from storage.calendar import holiday_notices
from storage.cases.case_rows import CASES
from storage.engine import Session
from storage.journal.journal import JOURNAL
from tests.casework.grounds import GROUNDS, ROSTER, Ground, Prepared

LAST_DAY: Final = date(2026, 12, 31)
AT_ONCE: Final = 4
"""Inspections that go on beside each other."""
RARELY: Final = 0.15
"""How often an act that turns the work aside is thought of: more often than in life."""
SEEDS: Final = st.integers(0, 2**32)
PERFORMED: Final = select(CASES.c.procedure, JOURNAL.c.act).join(CASES, CASES.c.id == JOURNAL.c.case_id)


def performed(session: Session) -> Counter[str]:
    """The acts in the journal, by procedure and name."""
    return Counter(f"{row.procedure}: {row.act}" for row in session.execute(PERFORMED))


@dataclass
class Tally:
    """What several runs came to, taken together."""

    runs: int = 0
    performed: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    days: int = 0
    """From the first day of each run to its last."""


class District(RuleBasedStateMachine):
    """Five units, the people of Tongliang, and a clock that only goes forward, over at most three years."""

    ground: ClassVar[Ground]
    prepared: ClassVar[Mapping[str, Prepared]]
    tally: ClassVar[Tally]

    @initialize(name=st.sampled_from(sorted(GROUNDS)), idle=st.sampled_from([0, 0, 0, 30, 300]))
    def somewhere(self, name: str, idle: int) -> None:
        """The work has come so far, and nobody touched it for a while."""
        self.ground.put(self.prepared[name])
        self.database = self.ground.database
        with self.database.reading() as session:
            self.before = performed(session)
            self.people, calendar = random_steps.people(session), holiday_notices.calendar(session, REGION)
        day = self.prepared[name].day + timedelta(days=idle)
        self.planner = Planner(Random(0), [unit.code for unit in ROSTER], self.people, day, rarely=RARELY)
        self.player = Player.of(self.database, self.people, calendar, lambda _: self.ground.footprint())
        self.player.evening = 2
        self.first = day

    def play(self, step: Step | None) -> None:
        """Play a step, if there is one, and see that what had to hold of it holds."""
        if step is not None:
            note(str(step.view()))
            self.player.play(step)

    def ongoing(self) -> list[str]:
        """The inspections that go on."""
        with self.database.reading() as session:
            return random_steps.ongoing(session)

    def work(self, seed: int, acts: int, *roles: Role) -> None:
        """People of these roles do what they may, one act after the other, on an inspection that goes on."""
        self.planner.chance = Random(seed)
        self.planner.at_work = [one for one in self.people if any(map(one.holds, roles))]
        for family in [self.planner.chance.choice(found)] * acts if (found := self.ongoing()) else []:
            self.play(self.next_act(family))
        self.planner.at_work = None

    def about_one(self, draw: Callable[[Session, str], Step | None]) -> Step | None:
        """A step about an inspection, whether it goes on or has ended."""
        with self.database.reading() as session:
            found = random_steps.inspections(session)
            return draw(session, self.planner.chance.choice(found)) if found else None

    def next_act(self, family: str) -> Step | None:
        """Something that may be done now on this inspection."""
        with self.database.reading() as session:
            return self.planner.act(session, family)

    # what may happen

    @precondition(lambda self: self.planner.day < LAST_DAY)
    @rule(days=st.sampled_from([1, 3, 10, 30, 90]), swept=st.booleans())
    def time_passes(self, days: int, swept: bool) -> None:
        self.planner.morning(min(LAST_DAY, self.planner.day + timedelta(days=days)))
        if swept:
            self.play(self.planner.night())

    @rule(seed=SEEDS)
    def somebody_opens_an_inspection(self, seed: int) -> None:
        if len(self.ongoing()) < AT_ONCE:
            self.planner.chance = Random(seed)
            with self.database.reading() as session:
                step = self.planner.opening(session)
            self.play(step)

    @rule(seed=SEEDS)
    def a_coordinator_works(self, seed: int) -> None:
        self.work(seed, 1, Role.COORDINATOR)

    @rule(seed=SEEDS)
    def somebody_decides(self, seed: int) -> None:
        self.work(seed, 1, Role.AUTHORITY, Role.RESPONSIBLE_LEADER, Role.SUPERVISION_OFFICE)

    @rule(seed=SEEDS)
    def a_group_inspects(self, seed: int) -> None:
        self.work(seed, 1, Role.GROUP_LEADER, Role.GROUP_MEMBER)

    @rule(seed=SEEDS)
    def a_unit_answers(self, seed: int) -> None:
        self.work(seed, 1, Role.TARGET_OFFICER)

    @rule(seed=SEEDS, acts=st.integers(2, 3))
    def an_inspection_moves_on(self, seed: int, acts: int) -> None:
        self.work(seed, acts, *Role)

    @rule(seed=SEEDS, act=st.sampled_from(random_steps.ACTS), days=st.integers(-40, 2))
    def somebody_meddles(self, seed: int, act: str, days: int) -> None:
        self.planner.chance = Random(seed)
        self.play(self.about_one(lambda session, one: self.planner.meddling(session, one, act, days)))

    @rule(seed=SEEDS, days=st.integers(-10, 3))
    def somebody_writes_another_day(self, seed: int, days: int) -> None:
        self.planner.chance = Random(seed)
        if (found := self.ongoing()) and (step := self.next_act(self.planner.chance.choice(found))):
            self.play(
                replace(step, on=(self.planner.day + timedelta(days=days)).isoformat(), beside=None, fault="none")
            )

    @rule(seed=SEEDS)
    def something_is_opened_beside_an_inspection(self, seed: int) -> None:
        self.planner.chance = Random(seed)
        self.play(self.about_one(self.planner.beside))

    @rule(seed=SEEDS, rarely=st.integers(0, 3))
    def a_unit_goes_on_as_another(self, seed: int, rarely: int) -> None:
        if rarely:
            return
        self.planner.chance = Random(seed)
        self.play(self.planner.succession())
        with self.database.reading() as session:
            self.planner.look_around(session)
            self.people = random_steps.people(session)

    @rule()
    def what_waits_is_followed_up(self) -> None:
        self.play(self.planner.evening())

    # what must always hold

    @invariant()
    def nothing_that_changed_is_wrong(self) -> None:
        with self.database.reading() as session:
            for breach in self.player.watch.changes(session, self.planner.day):
                raise ViolationFound(breach)

    def teardown(self) -> None:
        """Everything is looked at once more, changed or not, when a run has come to its end."""
        if not hasattr(self, "player"):
            return
        for breach in self.player.watch.everything(self.database, self.planner.at()):
            raise ViolationFound(breach)
        self._counted()

    def _counted(self) -> None:
        with self.database.reading() as session:
            self.tally.performed += performed(session) - self.before
        self.tally.runs += 1
        self.tally.counts += Counter(self.player.counts) + Counter(self.player.faults)
        self.tally.days += (self.planner.day - self.first).days
