"""The clock: sweep and anchor at half past midnight, at every start and each hour, the outbox every few seconds.

Everything it starts is harmless when done twice, so nothing is kept of what it started: a second service, Prefect's own
schedule or a restart change nothing. What Prefect does not answer for is done without it.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Final, ParamSpec

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from prefect.events.worker import EventsWorker
from prefect.logging.handlers import APILogHandler

import telemetry
from casework.clock import SHANGHAI
from casework.errors import UpkeepFailed
from casework.nightly import follow_ups, mailing, sweeping
from casework.nightly.mailing import MailSettings
from flows import backlog
from flows import sweeping as sweeping_flow
from flows.reconciling import reconcile
from flows.runtime import clock, database, recorded, settings
from flows.service.clock_jumps import ClockWatch
from flows.service.health import answers
from flows.stages import STAGE_FLOWS
from flows.sweeping import sweep
from operations.anchors import anchoring
from operations.anchors.anchor_files import AnchorSettings

FOLLOW_UP_SECONDS: Final = 3
MAIL_SECONDS: Final = 30
RECONCILE_SECONDS: Final = 300
RENEW_SECONDS: Final = 60
LOOK_SECONDS: Final = 5
AT_ONCE: Final = 100
PATIENCE: Final = 10.0
"""Seconds a run that is under way is given to end when the service is stopped."""

DEFAULTS: Final = {"misfire_grace_time": None, "coalesce": True, "max_instances": 2}
"""Of every job; of two at once, one only sees that the other is still at it (``alone``)."""

TURN: Final = asyncio.Lock()
"""Runs take turns: side by side they would only wait for each other."""

log = logging.getLogger(__name__)
P = ParamSpec("P")


def scheduler(watch: ClockWatch | None = None) -> AsyncIOScheduler:
    """The scheduler with its jobs, not yet started; ``watch`` says whether the time may be believed.

    Kept in memory; a time that was missed, however long ago, is made up for once (the default of one second would let
    a missed night pass). Raises SettingRefused.
    """
    # A wrong lease would otherwise be found by the first act to be followed up.
    _ = settings().lease_seconds
    made = AsyncIOScheduler(timezone=SHANGHAI, job_defaults=DEFAULTS)
    _add_jobs(made, watch)
    return made


def _add_jobs(made: AsyncIOScheduler, watch: ClockWatch | None) -> None:
    now = datetime.now(SHANGHAI)
    settled = now + timedelta(seconds=watch.seconds_to_settle() if watch and not watch.is_settled() else 0)
    made.add_job(sweep_now, CronTrigger(hour=0, minute=30, timezone=SHANGHAI), args=[watch], id="nightly")
    made.add_job(sweep_now, IntervalTrigger(hours=1), args=[watch], id="hourly", next_run_time=settled)
    made.add_job(follow_up_now, IntervalTrigger(seconds=FOLLOW_UP_SECONDS), id="follow-up", next_run_time=now)
    made.add_job(
        renew_overdue_table, IntervalTrigger(seconds=RENEW_SECONDS), args=[watch], id="overdue", next_run_time=settled
    )
    made.add_job(reconcile_now, IntervalTrigger(seconds=RECONCILE_SECONDS), id="reconcile", next_run_time=now)
    if server := MailSettings.from_settings(settings()):
        made.add_job(send_mail, IntervalTrigger(seconds=MAIL_SECONDS), args=[server], id="mail", next_run_time=now)


async def watch_clock(ticking: AsyncIOScheduler, watch: ClockWatch) -> None:
    """Look at the clock every few seconds, whatever it shows, and give every job a new time when it jumped."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        reschedule_after_jump(ticking, watch)


def reschedule_after_jump(ticking: AsyncIOScheduler, watch: ClockWatch) -> bool:
    """Give every job a new time, counted from now, if the clock jumped; whether it did."""
    if not (jump := watch.look()):
        return False
    log.warning("the clock jumped by %.0f seconds: every job gets a new time", jump)
    telemetry.emit("clock", "warning", result="jumped", seconds=round(jump))
    ticking.remove_all_jobs()
    _add_jobs(ticking, watch)
    return True


def switch_mail() -> None:
    """Notices are mailed from now on where a server is named; before the first of them is written."""
    mailing.switch(database(), clock(), on=MailSettings.from_settings(settings()) is not None)


async def wind_down(ticking: AsyncIOScheduler) -> None:
    """Let the run that is under way end, start no other, and let the server know of it before it goes as well."""
    ticking.pause()
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE), TURN:
            ticking.shutdown(wait=False)
    for told in (APILogHandler.aflush(), EventsWorker.drain_all()):
        if isinstance(told, Awaitable):
            await told


def skip_if_running(work: Callable[P, Awaitable[None]]) -> Callable[P, Coroutine[Any, Any, None]]:
    """Work that lets a time pass when it is still at it, as it may well be that begins every few seconds.

    The scheduler itself would warn of each such time, and an operator would look for what is wrong.
    """
    at_work = asyncio.Lock()

    @wraps(work)
    async def unless_at_it(*args: P.args, **kwargs: P.kwargs) -> None:
        if not at_work.locked():
            async with at_work:
                await work(*args, **kwargs)

    return unless_at_it


async def sweep_now(watch: ClockWatch | None = None) -> None:
    """Sweep, as a run that can be seen when Prefect answers; then anchor, once a day.

    Not while the clock may be ahead: reminders would be told that are not due.
    """
    if watch is not None and not watch.is_settled():
        log.warning("the clock jumped ahead: no sweep for %.0f seconds", watch.seconds_to_settle())
        telemetry.emit("clock", "warning", result="unsettled", seconds=round(watch.seconds_to_settle()))
        return
    with recorded(job="sweep"):
        await _sweep_and_anchor()


async def _sweep_and_anchor() -> None:
    async with TURN:
        if await answers():
            await sweep()
        else:
            await asyncio.to_thread(sweeping.sweep, database(), clock())
        try:
            await asyncio.to_thread(anchoring.nightly, database(), clock(), AnchorSettings.from_settings(settings()))
        except UpkeepFailed as error:
            log.error("%s %s", error.fact, error.cure)
            telemetry.failed(error, codes=[error.code], job="anchor")


@skip_if_running
async def follow_up_now() -> None:
    """Follow up what waits, an inspection and a stage at a time."""
    with recorded(job="follow-up"):
        for root, stage in await asyncio.to_thread(backlog.waiting, AT_ONCE):
            async with TURN:
                if await answers():
                    await STAGE_FLOWS[stage](case=root)
                else:
                    await asyncio.to_thread(_follow_up, root)


def _follow_up(root: str) -> None:
    owner, seconds = f"service:{os.getpid()}", settings().lease_seconds
    follow_ups.follow_up(database(), clock(), owner, only_case=root, limit=AT_ONCE, for_seconds=seconds)


@skip_if_running
async def renew_overdue_table(watch: ClockWatch | None = None) -> None:
    """Show the overdue table anew after a sweep that Prefect knows nothing of, such as one from the command line."""
    with recorded(job="overdue"):
        if await answers() and await asyncio.to_thread(sweeping_flow.is_outdated):
            await sweep_now(watch)


@skip_if_running
async def reconcile_now() -> None:
    """Mark runs as crashed whose process is gone."""
    with recorded(job="reconcile"):
        if await answers() and (gone := await reconcile(datetime.now(SHANGHAI))):
            log.warning("runs whose process was gone: %s", ", ".join(gone))


@skip_if_running
async def send_mail(server: MailSettings) -> None:
    """Send the notices that wait to be sent."""
    owner = f"service:{os.getpid()}"
    with recorded(job="mail"):
        await asyncio.to_thread(mailing.send_queued, database(), clock(), server, owner)
