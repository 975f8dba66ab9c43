"""Following up what waits for an inspection in a stage: its documents, its notices, and the tables that show it.

Each act waits in the outbox and is leased while a run is at it. Documents and notices are keyed by the act, so a run
that dies half way is done again without doubling anything; the tables are only a view, made after the work is done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from prefect import runtime, task
from prefect.artifacts import acreate_markdown_artifact, acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from pydantic import Field

import messages
from casework.acts.request_context import case_of
from casework.nightly import follow_ups
from casework.views import case_queries
from casework.views.case_models import CaseView
from flows import artifacts
from flows.run_tags import tag
from flows.runtime import artifact_prefix, clock, database, reading_as_service, settings
from messages.answers import Answer
from storage.messages.outbox import OutboxItem

AT_ONCE = 50
"""Acts that one run follows up: as many as fit well within their lease."""


class Followed(Answer):
    """What a run followed up."""

    acts: tuple[str, ...] = Field((), description="case and act of each")
    documents: tuple[str, ...] = Field((), description="titles of the documents made")
    notices: int = Field(0, description="number of new notices")


async def follow_up(root: str, stage: str) -> Followed:
    """Follow up what waits for an inspection in this stage, then bring its tables up to date."""
    items = await asyncio.to_thread(_lease, root, stage)
    followed = await _work(items) if items else Followed()
    await pictures(root, stage)
    return followed


async def _work(items: Sequence[OutboxItem]) -> Followed:
    with follow_ups.recorded(*items):
        try:
            titles = await documents(items)
            told = await notices(items)
        except Exception as error:
            for item in items:
                follow_ups.give_back(database(), clock(), item, repr(error))
            raise
        for item in items:
            await asyncio.to_thread(follow_ups.finish, database(), clock(), item)
    return Followed(acts=tuple(f"{item.case_id} {item.act}" for item in items), documents=tuple(titles), notices=told)


@task(name="documents", task_run_name=messages.text("flows.documents_task", "zh"), cache_policy=NO_CACHE)
async def documents(items: Sequence[OutboxItem]) -> list[str]:
    """Write the documents of these acts; says their titles."""
    return [title for item in items for title in await asyncio.to_thread(follow_ups.compose, database(), clock(), item)]


@task(name="notices", task_run_name=messages.text("flows.notices_task", "zh"), cache_policy=NO_CACHE)
async def notices(items: Sequence[OutboxItem]) -> int:
    """Send messages to those who act next; returns the number of new ones."""
    told = [await asyncio.to_thread(follow_ups.notify, database(), clock(), item) for item in items]
    return sum(told)


@task(name="pictures", task_run_name=messages.text("flows.pictures_task", "zh"), cache_policy=NO_CACHE)
async def pictures(root: str, stage: str) -> None:
    """Show the inspection as it stands now, and tag the run with what it is about."""
    shown = await asyncio.to_thread(_shown, root)
    rows, about = artifacts.timeline(shown)
    at = clock().now().isoformat(" ", "minutes")[:16]
    await asyncio.gather(
        acreate_table_artifact(rows, key=artifacts.artifact_key(artifact_prefix("case"), root), description=about),
        acreate_markdown_artifact(
            artifacts.summary(shown, at), key=artifacts.artifact_key(artifact_prefix("summary"), root)
        ),
        tag(*artifacts.tags(shown, stage)),
    )


def _lease(root: str, stage: str) -> list[OutboxItem]:
    now, owner, seconds = clock().now(), f"flow-run:{runtime.flow_run.id}", settings().lease_seconds
    waiting = follow_ups.pending(database(), 1000, ready_at=now)
    wanted = [row.id for row in waiting if row.root == root and row.stage == stage][:AT_ONCE]
    return [
        item
        for one in wanted
        for item in follow_ups.lease(database(), clock(), owner, only_id=one, for_seconds=seconds)
    ]


def _shown(root: str) -> CaseView:
    with database().reading() as session:
        jurisdiction = case_of(session, root).jurisdiction
    with reading_as_service(jurisdiction) as (session, reader):
        return case_queries.show(session, clock(), reader, root)
