"""One flow for each stage, so that the list of flows reads as the procedure in order.

Each does an act of its stage and follows it up; asked for no act it follows up what waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from datetime import date
from typing import Any, Final, TypeAlias

from prefect import Flow, flow, runtime
from prefect.client.schemas.objects import State

import messages
from casework import do_act
from casework.acts.act_models import ActRequest, ActResult
from casework.acts.request_context import case_of
from flows import acts
from flows.acts import FOLLOW_UP, Choice
from flows.follow_up import follow_up
from flows.forms import about_data, about_stage, said, with_choices, with_docs
from flows.refusal_results import refused
from flows.results import acted, followed_up
from flows.runtime import REFUSALS, clock, database, recorded, service_account
from flows.stage_names import STAGES, flow_name

StageFlow: TypeAlias = Flow[..., Coroutine[Any, Any, Any]]


def stage_flow(stage: str) -> StageFlow:
    """The flow of a stage, its form made from the stage's rows in the procedures' tables."""
    offered = acts.acts(stage)

    def run_name() -> str:
        given = runtime.flow_run.parameters
        return messages.text("flows.case_run", case=given["case"], what=_what(stage, offered(given["act"]).code))

    @flow(name=flow_name(stage), description=about_stage(stage), flow_run_name=run_name)
    @with_docs(
        about_stage(stage),
        case=said("about_case"),
        act=said("about_act"),
        on=said("about_on"),
        data=about_data(stage),
        note=said("about_note"),
    )
    @with_choices(act=offered)
    async def run(
        case: str,
        act: Choice = offered[FOLLOW_UP],
        on: date | None = None,
        data: dict[str, Any] = {},  # noqa: B006 - never changed; a run form shows it as it is
        note: str = "",
    ) -> State[Any]:
        with recorded(runtime.flow_run.id, stage=stage):
            try:
                if act.code == FOLLOW_UP:
                    return followed_up(await follow_up(await asyncio.to_thread(_root, case), stage))
                done = await asyncio.to_thread(_do, case, act, on, data, note)
            except REFUSALS as error:
                return await refused(case, stage, _what(stage, act.code), error)
            return acted(done, await follow_up(done.inspection.case, stage))

    return run


STAGE_FLOWS: Final[Mapping[str, StageFlow]] = {stage: stage_flow(stage) for stage in STAGES}
"""The flow of each stage. Prefect finds each as an attribute of this module."""

globals().update(STAGE_FLOWS)


def _what(stage: str, act: str) -> str:
    """What a run is about, in a word: its act, otherwise its stage."""
    return messages.text(f"stage.{stage}" if act == FOLLOW_UP else f"act.{act}")


def _root(case: str) -> str:
    with database().reading() as session:
        return case_of(session, case).family


def _do(case: str, act: Choice, on: date | None, data: Mapping[str, Any], note: str) -> ActResult:
    """Do the act as the service account; a run that is tried again does it once, by its request key."""
    key = f"flow-run:{runtime.flow_run.id}"
    filled_in = {**data, "note": note} if note else data
    with database().writing() as session:
        home = case_of(session, case).jurisdiction
        asked = ActRequest(service_account(session, home), on, key)
        return do_act.do_act(session, clock(), asked, case, act.code, filled_in)
