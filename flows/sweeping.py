"""The nightly sweep, and the table of what is overdue or due soon."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date
from typing import Any

from prefect import flow, runtime, task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State

import messages
from casework.clock import today
from casework.nightly import sweeping
from casework.views import overdue_deadlines
from casework.views.overdue_deadlines import OverdueTable
from flows import acts, artifacts
from flows.acts import Choice
from flows.forms import said, with_choices, with_docs
from flows.results import result
from flows.runtime import clock, database, reading_as_service, recorded
from storage.people import jurisdictions


def _run_name() -> str:
    return messages.text("flows.sweep_run", as_of=runtime.flow_run.parameters["as_of"] or today(clock()))


@flow(name=said("sweep"), description=said("about_sweep"), flow_run_name=_run_name)
@with_docs(said("about_sweep"), as_of=said("about_as_of"), jurisdiction=said("about_every_jurisdiction"))
@with_choices(jurisdiction=acts.jurisdictions() | None)
async def sweep(as_of: date | None = None, jurisdiction: Choice | None = None) -> State[Any]:
    """Issue what is due to be told, each notice once, and show the overdue table as of that day."""
    where = jurisdiction.code if jurisdiction else None
    with recorded(runtime.flow_run.id):
        swept = await asyncio.to_thread(sweeping.sweep, database(), clock(), as_of=as_of, jurisdiction=where)
        counts = await show_overdue(as_of, where)
    message = messages.text(
        "flows.swept", nights=len(swept.nights), issued=swept.issued, red=counts["red"], yellow=counts["yellow"]
    )
    return result(message, {**swept.model_dump(mode="json"), "counts": counts})


@task(name="overdue", task_run_name=said("overdue_task"), cache_policy=NO_CACHE)
async def show_overdue(as_of: date | None, jurisdiction: str | None) -> dict[str, int]:
    """Show what is overdue or due soon; says how many deadlines have which light."""
    table = await asyncio.to_thread(_table, as_of, jurisdiction)
    rows, about = artifacts.overdue(table)
    await acreate_table_artifact(rows, key="overdue", description=about)
    return table.counts


def _table(as_of: date | None, jurisdiction: str | None) -> OverdueTable:
    """What is overdue in a jurisdiction, or in each as its own service account reads it."""
    with database().reading() as session:
        homes = jurisdictions.asked_about(session, jurisdiction)
    tables = [_table_of(as_of, home.code) for home in homes]
    counts: Counter[str] = Counter()
    for table in tables:
        counts.update(table.counts)
    rows = tuple(row for table in tables for row in table.rows)
    return OverdueTable(as_of=as_of or today(clock()), rows=rows, counts=dict(counts))


def _table_of(as_of: date | None, jurisdiction: str) -> OverdueTable:
    with reading_as_service(jurisdiction) as (session, reader):
        return overdue_deadlines.overdue_deadlines(
            session, clock(), reader, as_of=as_of, jurisdiction=jurisdiction, every=True
        )
