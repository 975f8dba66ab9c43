"""Tags of the run that is under way: what it is about, for the lists of runs."""

from __future__ import annotations

from prefect import get_client, runtime


async def tag(*tags: str) -> None:
    """Add these to the tags of the run."""
    async with get_client() as client:
        await client.update_flow_run(runtime.flow_run.id, tags=sorted({*runtime.flow_run.tags, *tags}))
