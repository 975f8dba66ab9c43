"""Opening an inspection from the Prefect UI or ``prefect deployment run``."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import Any

from prefect import flow, get_client, runtime
from prefect.client.schemas.objects import State

import messages
from casework import do_act
from casework.acts.act_models import ActRequest, ActResult
from flows import acts
from flows.acts import Choice
from flows.follow_up import follow_up
from flows.forms import said, with_choices, with_docs
from flows.refusal_results import refused
from flows.results import acted
from flows.runtime import REFUSALS, clock, database, recorded, service_account
from regulations.jurisdictions import INSPECTION

InspectionKind = acts.kinds()
Jurisdiction = acts.jurisdictions(INSPECTION)
FIRST = next(iter(Jurisdiction))


def _run_name() -> str:
    given = runtime.flow_run.parameters
    kind = messages.text(f"kind.{InspectionKind(given['kind']).code}")
    return messages.text("flows.open_run", year=given["year"], kind=kind)


@flow(name=said("open"), description=said("about_open"), flow_run_name=_run_name)
@with_docs(
    said("about_open"),
    kind=said("about_kind"),
    year=said("about_year"),
    title=said("about_title"),
    targets=said("about_targets"),
    problem=said("about_problem"),
    domain=said("about_domain"),
    reason=said("about_reason"),
    not_duplicate=said("about_not_duplicate"),
    parent=said("about_parent"),
    on=said("about_on"),
    jurisdiction=said("about_jurisdiction"),
)
@with_choices(kind=InspectionKind, jurisdiction=Jurisdiction)
async def open_inspection(
    kind: Choice,
    year: int,
    title: str,
    targets: list[str] = [],  # noqa: B006 - never changed; a run form shows it as it is
    problem: str = "",
    domain: str = "",
    reason: str = "",
    not_duplicate: str = "",
    parent: str = "",
    on: date | None = None,
    jurisdiction: Choice = FIRST,
) -> State[Any]:
    """Open an inspection and follow that up."""
    application = {
        "kind": kind.code,
        "year": year,
        "title": title,
        "targets": targets,
        "problem": problem or None,
        "domain": domain or None,
        "reason": reason,
        "not_duplicate": not_duplicate,
        "parent": parent or None,
    }
    with recorded(runtime.flow_run.id, stage="application"):
        try:
            opened = await asyncio.to_thread(_open, jurisdiction.code, on, application)
        except REFUSALS as error:
            return await refused(f"{jurisdiction.code}-{year}", "application", messages.text("act.open"), error)
        name = messages.text("flows.case_run", case=opened.case, what=messages.text("act.open"))
        async with get_client() as client:
            await client.update_flow_run(runtime.flow_run.id, name=name)
        return acted(opened, await follow_up(opened.case, "application"))


def _open(jurisdiction: str, on: date | None, application: Mapping[str, Any]) -> ActResult:
    key = f"flow-run:{runtime.flow_run.id}"
    with database().writing() as session:
        asked = ActRequest(service_account(session, jurisdiction), on, key, jurisdiction)
        return do_act.open_inspection(session, clock(), asked, application)
