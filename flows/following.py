"""Following up what waits for an inspection in a stage: its documents, its notices, and the tables that show it.

Each act waits in the outbox and is leased while a run is at it. Documents and notices are keyed by the act, so a run
that dies half way is done again without doubling anything; the tables are only a view, made after the work is done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, TypedDict

from prefect import runtime, task
from prefect.artifacts import acreate_markdown_artifact, acreate_table_artifact
from prefect.cache_policies import NO_CACHE

import words
from casework import asking, following_up
from flows import picturing
from flows.office import album, clock, database
from flows.tagging import tag
from storage.outbox import Item

AT_ONCE = 50
"""Acts that one run follows up: as many as fit well within their lease."""


class Followed(TypedDict):
    """What a follow-up came to."""

    acts: list[str]
    documents: list[str]
    notices: int


async def follow_up(root: str, stage: str) -> Followed:
    """Follow up what waits for an inspection in this stage, then bring its tables up to date."""
    items = await asyncio.to_thread(_lease, root, stage)
    followed = await _work(items) if items else Followed(acts=[], documents=[], notices=0)
    await pictures(root, stage)
    return followed


async def _work(items: Sequence[Item]) -> Followed:
    try:
        titles = await documents(items)
        told = await notices(items)
    except Exception as error:
        for item in items:
            following_up.give_back(database(), clock(), item, repr(error))
        raise
    for item in items:
        await asyncio.to_thread(following_up.finish, database(), clock(), item)
    return Followed(acts=[f"{item.case_id} {item.act}" for item in items], documents=titles, notices=told)


@task(name="documents", task_run_name=words.say("flows.documents_task", "zh"), cache_policy=NO_CACHE)
async def documents(items: Sequence[Item]) -> list[str]:
    """Write the documents of these acts; says their titles."""
    return [
        title for item in items for title in await asyncio.to_thread(following_up.compose, database(), clock(), item)
    ]


@task(name="notices", task_run_name=words.say("flows.notices_task", "zh"), cache_policy=NO_CACHE)
async def notices(items: Sequence[Item]) -> int:
    """Tell whoever is next; says how many notices are new."""
    told = [await asyncio.to_thread(following_up.notify, database(), clock(), item) for item in items]
    return sum(told)


@task(name="pictures", task_run_name=words.say("flows.pictures_task", "zh"), cache_policy=NO_CACHE)
async def pictures(root: str, stage: str) -> None:
    """Show the inspection as it stands now, and tag the run with what it is about."""
    shown = await asyncio.to_thread(_shown, root)
    rows, about = picturing.timeline(shown)
    at = clock().now().isoformat(" ", "minutes")[:16]
    await asyncio.gather(
        acreate_table_artifact(rows, key=picturing.artifact_key(album("case"), root), description=about),
        acreate_markdown_artifact(picturing.summary(shown, at), key=picturing.artifact_key(album("summary"), root)),
        tag(*picturing.tags(shown, stage)),
    )


def _lease(root: str, stage: str) -> list[Item]:
    now, owner = clock().now(), f"flow-run:{runtime.flow_run.id}"
    waiting = following_up.pending(database(), 1000, ready_at=now)
    wanted = [row["id"] for row in waiting if row["root"] == root and row["stage"] == stage][:AT_ONCE]
    return [item for one in wanted for item in following_up.lease(database(), clock(), owner, only_id=one)]


def _shown(root: str) -> dict[str, Any]:
    with database().reading() as session:
        return asking.show(session, clock(), root)
