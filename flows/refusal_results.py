"""How a run ends whose act was refused: with every reason, and never as a crash."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from prefect import task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State

import messages
from flows.artifacts import artifact_key
from flows.results import refusal
from flows.run_tags import tag
from messages.answers import RefusalView
from messages.errors import DuchaError


async def refused(case: str, stage: str, what: str, error: DuchaError) -> State[Any]:
    """The final state of a run whose act was refused: cancelled, with every reason on its page and in a table."""
    found = error.refusal_views()
    await asyncio.gather(tabulate(case, what, found), tag(case, messages.text(f"stage.{stage}")))
    facts = "；".join(reason.fact.rstrip("。.") for reason in found)
    more = [f"{number}. {reason.fact} {reason.cure}" for number, reason in enumerate(found, 1)]
    message = messages.text("flows.refused", count=len(found), facts=facts)
    return refusal(message, error, more)


@task(name="refusals", task_run_name="{case} · {what}", cache_policy=NO_CACHE)
async def tabulate(case: str, what: str, found: Sequence[RefusalView]) -> None:
    """The reasons as a table in the run."""
    table = [
        {
            messages.text("flows.column_fact"): reason.fact,
            messages.text("flows.column_cure"): reason.cure,
            messages.text("flows.column_article"): reason.citation,
            messages.text("flows.column_who"): "、".join(reason.who_names),
            messages.text("flows.column_earliest"): str(reason.earliest or ""),
        }
        for reason in found
    ]
    about = messages.text("flows.refusals_about", case=case, act=what)
    await acreate_table_artifact(table, key=artifact_key("refused", case), description=about)
