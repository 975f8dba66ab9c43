"""The nightly sweep, and the table of what is overdue or due soon."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date, datetime
from typing import Any, Final

from prefect import flow, runtime, task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State

import messages
from casework.clock import SHANGHAI, today
from casework.errors import CaseworkError
from casework.nightly import sweeping
from casework.views import overdue_deadlines
from casework.views.overdue_deadlines import OverdueTable
from flows import acts, artifacts
from flows.acts import Choice
from flows.forms import said, with_choices, with_docs
from flows.results import refusal, result
from flows.runtime import artifact_prefix, clock, database, reading_as_service, recorded
from storage import key_value
from storage.calendar import sweep_nights
from storage.people import jurisdictions

SHOWN_AT: Final = "overdue.shown_at"
"""Key of the moment at which the overdue table was shown last."""


def _run_name() -> str:
    return messages.text("flows.sweep_run", as_of=runtime.flow_run.parameters["as_of"] or today(clock()))


@flow(name=said("sweep"), description=said("about_sweep"), flow_run_name=_run_name)
@with_docs(said("about_sweep"), as_of=said("about_as_of"), jurisdiction=said("about_every_jurisdiction"))
@with_choices(jurisdiction=acts.jurisdictions() | None)
async def sweep(as_of: date | None = None, jurisdiction: Choice | None = None) -> State[Any]:
    """Issue what is due to be told, each notice once, and show the overdue table as it stands now."""
    where = jurisdiction.code if jurisdiction else None
    with recorded(runtime.flow_run.id):
        try:
            swept = await asyncio.to_thread(sweeping.sweep, database(), clock(), as_of=as_of, jurisdiction=where)
        except CaseworkError as error:
            return refusal(error.fact, error, [error.cure])
        counts = await show_overdue()
    message = messages.text(
        "flows.swept", nights=len(swept.nights), issued=swept.issued, red=counts["red"], yellow=counts["yellow"]
    )
    return result(message, {**swept.model_dump(mode="json"), "counts": counts})


@task(name="overdue", task_run_name=said("overdue_task"), cache_policy=NO_CACHE)
async def show_overdue() -> dict[str, int]:
    """Show what is overdue or due soon today, everywhere, and since when; how many deadlines have which light.

    There is one such table, so it is never that of another day or of one jurisdiction, whatever was swept.
    """
    now = clock().now().astimezone(SHANGHAI)
    table = await asyncio.to_thread(_table)
    rows, about = artifacts.overdue(table, now.strftime("%Y-%m-%d %H:%M"))
    await acreate_table_artifact(rows, key=artifact_prefix("overdue"), description=about)
    await asyncio.to_thread(_keep_moment, now)
    return table.counts


def is_outdated() -> bool:
    """Whether a night was swept since the overdue table was shown, as from the command line."""
    with database().reading() as session:
        shown, swept = key_value.get(session, artifact_prefix(SHOWN_AT)), sweep_nights.last_swept_at(session)
    return swept is not None and (shown is None or datetime.fromisoformat(shown) < swept)


def _keep_moment(now: datetime) -> None:
    with database().writing() as session:
        key_value.put(session, artifact_prefix(SHOWN_AT), now.isoformat())


def _table() -> OverdueTable:
    """What is overdue in each jurisdiction, as its own service account reads it."""
    with database().reading() as session:
        homes = jurisdictions.asked_about(session, None)
    tables = [_table_of(home.code) for home in homes]
    counts: Counter[str] = Counter()
    for table in tables:
        counts.update(table.counts)
    rows = tuple(row for table in tables for row in table.rows)
    late = tuple(row for table in tables for row in table.late)
    return OverdueTable(as_of=today(clock()), rows=rows, counts=dict(counts), late=late)


def _table_of(jurisdiction: str) -> OverdueTable:
    with reading_as_service(jurisdiction) as (session, reader):
        return overdue_deadlines.overdue_deadlines(session, clock(), reader, jurisdiction=jurisdiction, every=True)
