"""Runs that say they are running though nobody runs them any more: a killed process cannot say that it ended.

What they were doing is not lost: an act is committed or it is not, and a follow-up not finished is leased again.
"""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta
from typing import Final

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.events.filters import EventFilter, EventNameFilter, EventOccurredFilter, EventResourceFilter
from prefect.states import Crashed

import messages
from flows.runtime import settings

HEARTBEATS: Final = timedelta(seconds=60)
"""Two of the heartbeats that Prefect is asked for (``deploy/machine.env``), which it sends no more often."""


def stale_after() -> timedelta:
    """How long a run may be silent: as long as it holds what it leased, by default two minutes, four heartbeats."""
    return max(timedelta(seconds=settings().lease_seconds), HEARTBEATS)


async def reconcile(now: datetime) -> list[str]:
    """Mark the runs whose process is gone as crashed; says their names."""
    under_way = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING]))
    )
    async with get_client() as client:
        runs = await client.read_flow_runs(flow_run_filter=under_way, limit=200)
        gone = [run for run in runs if await _is_gone(client, run, now)]
        for run in gone:
            await client.set_flow_run_state(run.id, Crashed(message=messages.text("service.run_crashed")), force=True)
    return [run.name for run in gone]


async def _is_gone(client: PrefectClient, run: FlowRun, now: datetime) -> bool:
    """Its process has ended, or, where that cannot be seen from here, it has been silent for too long."""
    alive = _process_lives(run.infrastructure_pid)
    if alive is not None:
        return not alive
    if run.state is None or run.state.timestamp > now - stale_after():
        return False
    heartbeats = EventFilter(
        event=EventNameFilter(name=["prefect.flow-run.heartbeat"]),
        resource=EventResourceFilter(id=[f"prefect.flow-run.{run.id}"]),
        occurred=EventOccurredFilter(since=now - stale_after()),
    )
    return not (await client.read_events(heartbeats, limit=1)).events


def _process_lives(pid: str | None) -> bool | None:
    """Whether the process ``host:pid`` lives; None when it is on another machine, or none is named."""
    host, _, number = (pid or "").rpartition(":")
    if host != socket.gethostname() or not number.isdecimal():
        return None
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
