"""Working the outbox: the flow of each stage follows up what waits there, one inspection after the other."""

import asyncio
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

import words
from casework import following_up
from casework.clock import SystemClock
from flows.forms import documented, said
from flows.office import database
from flows.results import result
from flows.stages import STAGE_FLOWS


@flow(name=said("backlog"), description=said("about_backlog"), flow_run_name=said("backlog_run", limit="{limit}"))
@documented(said("about_backlog"), limit=said("about_limit"))
async def work(limit: int = 100) -> State[Any]:
    """Follow up what waits, oldest first."""
    acts = 0
    for root, stage in await asyncio.to_thread(waiting, limit):
        followed = await STAGE_FLOWS[stage](case=root)
        acts += len(followed["acts"])
    return result(words.say("flows.worked", acts=acts), {"acts": acts})


def waiting(limit: int) -> list[tuple[str, str]]:
    """The inspections and stages in which something can be followed up now, the longest waiting first."""
    rows = following_up.pending(database(), limit, ready_at=SystemClock().now())
    return list(dict.fromkeys((row["root"], row["stage"]) for row in rows))
