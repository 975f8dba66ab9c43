"""What a run left behind on Prefect's server."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from uuid import UUID

from prefect import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId
from prefect.client.schemas.objects import Artifact, FlowRun, State

from messages.errors import DuchaError


def final(run: Any) -> State[Any]:
    """The final state of a run started with ``return_state=True``."""
    state: State[Any] = asyncio.run(run)
    return state


def came_of(state: State[Any]) -> Any:
    """What the run says came of it."""
    return asyncio.run(state.aresult())


def refused_with(state: State[Any]) -> DuchaError:
    """Why the run was refused."""
    error = asyncio.run(state.aresult(raise_on_failure=False))
    assert isinstance(error, DuchaError)
    return error


def run_of(state: State[Any]) -> FlowRun:
    """The run that ended in this state."""
    return asyncio.run(_run(_id(state)))


def artifacts_of(state: State[Any]) -> dict[str, Artifact]:
    """The artifacts of the run, by key."""
    found = asyncio.run(_artifacts(_id(state)))
    return {artifact.key: artifact for artifact in found if artifact.key}


def rows_of(artifact: Artifact) -> list[dict[str, Any]]:
    """The rows of a table artifact."""
    assert isinstance(artifact.data, str)
    rows: list[dict[str, Any]] = json.loads(artifact.data)
    return rows


def _id(state: State[Any]) -> UUID:
    assert state.state_details.flow_run_id is not None
    return state.state_details.flow_run_id


async def _run(flow_run: UUID) -> FlowRun:
    async with get_client() as client:
        return await client.read_flow_run(flow_run)


async def _artifacts(flow_run: UUID) -> list[Artifact]:
    async with get_client() as client:
        return await client.read_artifacts(
            artifact_filter=ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[flow_run]))
        )
