"""A clock that jumps is noticed: it is logged, every job gets a new time, and no sweep relies on a wrong time."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from casework.clock import SHANGHAI
from flows.service import clock
from flows.service.clock_jumps import SETTLE_SECONDS, ClockWatch

DAYS = 40 * 24 * 3600.0


@dataclass
class Machine:
    """A machine whose time of day is set by hand."""

    wall: float = 1_000_000.0
    steady: float = 500.0

    def watch(self) -> ClockWatch:
        return ClockWatch(lambda: self.wall, lambda: self.steady)

    def passes(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_time_that_passes_is_no_jump(machine: Machine) -> None:
    watch = machine.watch()
    for seconds in (5, 600, 40 * 24 * 3600):
        machine.passes(seconds)
        assert watch.look() == 0.0 and watch.is_settled()


def test_a_jump_ahead_is_believed_only_after_it_has_been_kept_for_a_while(machine: Machine) -> None:
    watch = machine.watch()
    machine.wall += DAYS
    assert not watch.is_settled()
    machine.passes(SETTLE_SECONDS - 1)
    assert not watch.is_settled()
    machine.passes(1)
    assert watch.is_settled()


def test_a_clock_that_is_set_right_again_is_believed_at_once(machine: Machine) -> None:
    watch = machine.watch()
    machine.wall += DAYS
    assert not watch.is_settled() and watch.look() == DAYS and watch.look() == 0.0
    machine.passes(60)
    machine.wall -= DAYS
    assert watch.look() == -DAYS and watch.is_settled()


def test_every_job_gets_a_new_time_when_the_clock_has_jumped(
    machine: Machine, caplog: pytest.LogCaptureFixture
) -> None:
    async def jumped() -> tuple[bool, list[datetime]]:
        watch = machine.watch()
        ticking = clock.scheduler(watch)
        ticking.start(paused=True)
        for job in ticking.get_jobs():
            job.modify(next_run_time=datetime.now(SHANGHAI) + timedelta(days=40))
        machine.wall -= DAYS
        done = clock.reschedule_after_jump(ticking, watch)
        times = [job.next_run_time for job in ticking.get_jobs()]
        ticking.shutdown(wait=False)
        return done, times

    with caplog.at_level(logging.WARNING):
        done, times = asyncio.run(jumped())
    assert done and len(times) >= 4
    assert max(times) < datetime.now(SHANGHAI) + timedelta(days=1, minutes=1)
    assert "the clock jumped by -3456000 seconds" in caplog.text


def test_no_night_is_swept_while_the_clock_may_be_ahead(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    swept: list[int] = []

    async def sweep() -> None:
        swept.append(1)

    monkeypatch.setattr(clock, "_sweep_and_anchor", sweep)
    watch = machine.watch()
    asyncio.run(clock.sweep_now(watch))
    machine.wall += DAYS
    with caplog.at_level(logging.WARNING):
        asyncio.run(clock.sweep_now(watch))
    assert swept == [1] and "no sweep for 600 seconds" in caplog.text
    machine.wall -= DAYS
    asyncio.run(clock.sweep_now(watch))
    assert swept == [1, 1]
