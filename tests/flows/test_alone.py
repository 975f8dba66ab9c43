"""A job that takes longer than the time between its times lets them pass, and nobody is warned of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from flows.service import clock

LONG: float = 0.5


def warned(wrapped: bool, defaults: dict[str, Any], caplog: pytest.LogCaptureFixture) -> tuple[int, int, int]:
    """Begin some work ten times while it takes: how often it was done, how often at once, how many warnings."""
    begun, at_once = [0], [0]

    async def slow() -> None:
        begun[0] += 1
        at_once[0] = max(at_once[0], begun[0] - ended[0])
        await asyncio.sleep(LONG)
        ended[0] += 1

    ended = [0]
    work: Callable[[], Awaitable[None]] = clock.skip_if_running(slow) if wrapped else slow

    async def tick() -> None:
        scheduler = AsyncIOScheduler(job_defaults=defaults)
        scheduler.add_job(work, IntervalTrigger(seconds=LONG / 10))
        scheduler.start()
        await asyncio.sleep(LONG * 3)
        scheduler.shutdown(wait=False)

    with caplog.at_level(logging.WARNING):
        asyncio.run(tick())
    return begun[0], at_once[0], sum("maximum number of running instances" in one.message for one in caplog.records)


def test_a_time_that_comes_too_early_passes_in_silence(caplog: pytest.LogCaptureFixture) -> None:
    begun, at_once, warnings = warned(True, dict(clock.DEFAULTS), caplog)
    assert (begun >= 2, at_once, warnings) == (True, 1, 0)


def test_without_it_the_scheduler_warns_of_each(caplog: pytest.LogCaptureFixture) -> None:
    assert warned(False, {**clock.DEFAULTS, "max_instances": 1}, caplog)[2] > 2


def test_work_that_fails_is_done_again_at_its_next_time() -> None:
    tried: list[int] = []

    @clock.skip_if_running
    async def fails() -> None:
        tried.append(1)
        raise OSError

    async def twice() -> None:
        for _ in range(2):
            with pytest.raises(OSError):
                await fails()

    asyncio.run(twice())
    assert len(tried) == 2


def test_what_the_clock_does_every_few_seconds_is_done_alone() -> None:
    often = [job for job in clock.scheduler().get_jobs() if job.id in ("follow-up", "reconcile")]
    assert [job.func for job in often] == [clock.follow_up_now, clock.reconcile_now]
    assert all(hasattr(job.func, "__wrapped__") for job in often)
