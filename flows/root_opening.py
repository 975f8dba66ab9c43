"""Opening a root case other than an inspection from the Prefect UI: one flow for each such procedure."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from prefect import flow, get_client, runtime
from prefect.client.schemas.objects import State

import messages
from casework import do_act
from casework.acts.act_models import ActRequest, ActResult
from flows import acts
from flows.acts import Choice
from flows.follow_up import follow_up
from flows.forms import about_form, said, with_choices, with_docs
from flows.refusal_results import refused
from flows.results import acted
from flows.runtime import REFUSALS, clock, database, recorded, service_account
from flows.stages import StageFlow
from regulations.jurisdictions import INSPECTION
from states.packs import instrument_named, newest_packs, root_procedures


def root_flow(procedure: str) -> StageFlow:
    """The flow that opens a case of this procedure, its form made from the form of the first act."""
    named = messages.text(f"procedure.{procedure}", "zh")
    found = next(pack.procedures[procedure] for pack in newest_packs() if procedure in pack.procedures)
    opening = found.rows(found.first_act)[0]
    stage, homes = opening.stage or "", acts.jurisdictions(instrument_named(procedure))
    first = next(iter(homes))

    @flow(
        name=said("open_root", procedure=named),
        description=said("about_open_root", procedure=named),
        flow_run_name=said("open_root", procedure=named),
    )
    @with_docs(
        said("about_open_root", procedure=named),
        data=about_form(opening.form),
        on=said("about_on"),
        note=said("about_note"),
        jurisdiction=said("about_jurisdiction"),
    )
    @with_choices(jurisdiction=homes)
    async def run(
        data: dict[str, Any],
        on: date | None = None,
        note: str = "",
        jurisdiction: Choice = first,
    ) -> State[Any]:
        with recorded(runtime.flow_run.id, stage=stage):
            application = {**data, "note": note} if note else data
            try:
                opened = await asyncio.to_thread(_open, procedure, jurisdiction.code, on, application)
            except REFUSALS as error:
                return await refused(jurisdiction.code, stage, messages.text("act.open"), error)
            name = messages.text("flows.case_run", case=opened.case, what=messages.text("act.open"))
            async with get_client() as client:
                await client.update_flow_run(runtime.flow_run.id, name=name)
            return acted(opened, await follow_up(opened.case, stage))

    return run


def _open(procedure: str, jurisdiction: str, on: date | None, application: Mapping[str, Any]) -> ActResult:
    key = f"flow-run:{runtime.flow_run.id}"
    with database().writing() as session:
        asked = ActRequest(service_account(session, jurisdiction), on, key, jurisdiction)
        return do_act.open_root(session, clock(), asked, procedure, application)


ROOT_FLOWS: Final[Mapping[str, StageFlow]] = {
    name: root_flow(name) for name in root_procedures() if instrument_named(name) != INSPECTION
}
"""The flow that opens a case, by the procedure of the case. Prefect finds each as an attribute of this module."""

globals().update(ROOT_FLOWS)
