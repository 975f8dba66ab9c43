"""A run whose process is gone is called crashed; one that may still be at work is left alone."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from prefect import flow, get_client
from prefect.client.schemas.objects import StateType
from prefect.states import Running

from casework.clock import SHANGHAI
from flows.reconciling import reconcile, stale_after

pytestmark = pytest.mark.usefixtures("prefect_server")


@flow
async def long() -> None: ...


def ended_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


async def running(pid: str | None) -> UUID:
    """A run that says it is running in this process."""
    async with get_client() as client:
        run = await client.create_flow_run(long, state=Running())
        if pid is not None:
            await client.update_flow_run(run.id, infrastructure_pid=pid)
        return run.id


async def state_after(pid: str | None, later: timedelta) -> StateType | None:
    """What the run is called once runs were reconciled so much later."""
    run = await running(pid)
    await reconcile(datetime.now(SHANGHAI) + later)
    async with get_client() as client:
        return (await client.read_flow_run(run)).state_type


@pytest.mark.parametrize(
    ("pid", "later", "expected"),
    [
        (f"{socket.gethostname()}:{ended_process()}", timedelta(), StateType.CRASHED),
        (f"{socket.gethostname()}:{os.getpid()}", 2 * stale_after(), StateType.RUNNING),
        ("elsewhere:1", timedelta(), StateType.RUNNING),
        ("elsewhere:1", 2 * stale_after(), StateType.CRASHED),
        (None, timedelta(), StateType.RUNNING),
        (None, 2 * stale_after(), StateType.CRASHED),
    ],
    ids=[
        "ended here",
        "lives here",
        "elsewhere, just now",
        "elsewhere, silent",
        "unknown, just now",
        "unknown, silent",
    ],
)
def test_a_run_is_crashed_when_its_process_is_gone(pid: str | None, later: timedelta, expected: StateType) -> None:
    assert asyncio.run(state_after(pid, later)) is expected


def test_a_run_may_be_silent_for_as_long_as_its_lease_but_never_less_than_two_heartbeats(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for value, seconds in (("", 120), ("300", 300), ("30", 60)):
        monkeypatch.setenv("DUCHA_LEASE_SECONDS", value)
        assert stale_after() == timedelta(seconds=seconds)
