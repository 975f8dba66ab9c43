"""Runs a simulation to its last day or the first violation, and replays one from its script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from calendars import year_later
from casework.clock import SHANGHAI
from simulation import random_steps
from simulation.random_steps import Planner
from simulation.result_models import SimulationResult
from simulation.sandbox_db import FIRST_DAY, JURISDICTION, REGION, offices
from simulation.script import Script, Step
from simulation.step_runner import Player
from simulation.violations import Violation, ViolationFound
from storage.calendar import holiday_notices
from storage.engine import Database
from storage.people import units

"""The first working day on which the Tongliang measures apply for a whole year."""
MOST_YEARS: Final = 3
BURST: Final = 8
"""The most acts on one inspection on one day."""
NIGHT_MISSED: Final = 0.15
SUCCESSION: Final = 0.01
"""How often a unit goes on as another one, after the acts of a day."""
EVERYTHING: Final = 10
"""How many times everything is checked during a run."""

Listener = Callable[[int, Player, date], None]
"""Called after each step with the number of acts, the player and the day."""


@dataclass
class Result:
    """The result of a simulation."""

    script: Script
    player: Player
    steps: list[Step] = field(default_factory=list)
    checked: int = 0
    breach: Violation | None = None

    def view(self) -> SimulationResult:
        """The result as it is returned, with the script where there was a violation."""
        last = self.steps[-1].at.astimezone(SHANGHAI).date() if self.steps else None
        script = Script(self.script.units, self.script.seed, self.steps)
        return SimulationResult(
            units=self.script.units,
            seed=self.script.seed,
            steps=len(self.steps),
            last_day=last,
            counts=self.player.counts,
            faults=self.player.faults,
            checked_whole=self.checked,
            breach=self.breach.view() if self.breach else None,
            script=script.view() if self.breach else None,
        )


def simulate(database: Database, size: int, years: int, seed: int, acts: int, audience: Listener) -> Result:
    """Run random activity in a district of ``size`` units for these years and acts, up to the first violation."""
    return _run(database, Script(size, seed, ()), lambda result: _drawn(database, result, years, acts), acts, audience)


def replay(database: Database, script: Script, audience: Listener) -> Result:
    """Replay a script, up to the first violation."""
    return _run(database, script, lambda result: iter(script.steps), len(script.steps), audience)


def _run(
    database: Database, script: Script, steps: Callable[[Result], Iterator[Step]], expected: int, audience: Listener
) -> Result:
    with database.reading() as session:
        people, calendar = random_steps.people(session), holiday_notices.calendar(session, REGION)
    result = Result(script, Player.of(database, people, calendar))
    interval, whole = max(1, expected // EVERYTHING), 0
    try:
        for step in steps(result):
            result.steps.append(step)
            result.player.play(step)
            audience(_acts(result), result.player, step.at.astimezone(SHANGHAI).date())
            if _acts(result) // interval > whole:
                whole = _acts(result) // interval
                _check_everything(database, result)
        _check_everything(database, result)
    except ViolationFound as found:
        result.breach = found.breach
    return result


def _acts(result: Result) -> int:
    """The acts requested so far, done or refused."""
    return result.player.counts.get("acts", 0) + result.player.counts.get("refused", 0)


def _check_everything(database: Database, result: Result) -> None:
    result.checked += 1
    last = max((step.at for step in result.steps), default=datetime.combine(FIRST_DAY, time(9), SHANGHAI))
    if (breach := next(result.player.watch.everything(database, last + timedelta(seconds=1)), None)) is not None:
        raise ViolationFound(breach)


def _drawn(database: Database, result: Result, years: int, acts: int) -> Iterator[Step]:
    """The steps of the years, each drawn after the one before it was played."""
    chance, elsewhere = Random(result.script.seed), Random(result.script.seed + 1)
    with database.reading() as session:
        bodies = {unit.code for unit in offices()}
        codes = [unit.code for unit in units.roster(session, JURISDICTION) if unit.code not in bodies]
        planner = Planner(chance, codes, random_steps.people(session), FIRST_DAY)
    last = FIRST_DAY
    for _ in range(years):
        last = year_later(last)
    days = (last - FIRST_DAY).days
    while (done := _acts(result)) < acts:
        day = FIRST_DAY + timedelta(days=min(days - 1, days * done // acts))
        if day > planner.day or not done:
            planner.morning(day)
            if chance.random() >= NIGHT_MISSED:
                yield planner.night()
        yield from _burst(database, planner, result, acts)
        if chance.random() < NIGHT_MISSED:
            yield planner.evening()
        if elsewhere.random() < SUCCESSION:
            yield planner.succession()
            with database.reading() as session:
                planner.look_around(session)


def _burst(database: Database, planner: Planner, result: Result, acts: int) -> Iterator[Step]:
    """Several acts on one inspection; where none is possible, another inspection is opened."""
    with database.reading() as session:
        found = random_steps.ongoing(session)
        wanted = max(3, len(planner.units) // 6)
        more = not found or (len(found) < wanted and planner.chance.random() < 0.4)
        step = None if more else planner.act(session, family := planner.chance.choice(found))
        step = step or planner.opening(session)
    yield step
    if step.do == "open":
        with database.reading() as session:
            family = next(iter(set(random_steps.ongoing(session)) - set(found)), "")
    for _ in range(BURST if family else 0):
        with database.reading() as session:
            step = planner.act(session, family) if _acts(result) < acts else None
        if step is None:
            return
        yield step
