"""What ``prefect.yaml`` deploys: every flow, described, with an enforced form, and the sweep with its schedule."""

from __future__ import annotations

from typing import Any

import pytest
from prefect.utilities.callables import parameter_schema
from prefect.utilities.importtools import import_object

from flows.acts import STAGES
from flows.service.deploying import deployments
from flows.service.environment import WORK_POOL

DEPLOYMENTS = {deployment["name"]: deployment for deployment in deployments()}
SWEEP = DEPLOYMENTS["夜间逾期巡查"]


def schema(deployment: dict[str, Any]) -> dict[str, Any]:
    return parameter_schema(import_object(deployment["entrypoint"])).model_dump()


def test_there_is_one_for_every_stage_and_for_opening_sweeping_and_the_backlog() -> None:
    entrypoints = {deployment["entrypoint"] for deployment in DEPLOYMENTS.values()}
    others = {"flows.opening.open_inspection", "flows.sweeping.sweep", "flows.backlog.work"}
    assert entrypoints == {f"flows.stages.{stage}" for stage in STAGES} | others


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_each_is_named_like_its_flow_and_described(name: str) -> None:
    deployment = DEPLOYMENTS[name]
    flow = import_object(deployment["entrypoint"])
    assert flow.name == name
    assert flow.description and deployment["description"]
    assert deployment["work_pool"] == {"name": WORK_POOL}
    assert deployment["enforce_parameter_schema"] is True


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_every_parameter_is_described_and_typed(name: str) -> None:
    parameters = schema(DEPLOYMENTS[name])["properties"]
    assert {parameter for parameter, told in parameters.items() if not told.get("description")} == set()
    typed = {"type", "anyOf", "$ref", "allOf"}
    assert {parameter for parameter, told in parameters.items() if not typed & told.keys()} == set()


def test_no_parameter_is_a_secret_or_an_address() -> None:
    names = {parameter for deployment in DEPLOYMENTS.values() for parameter in schema(deployment)["properties"]}
    assert not [name for name in names if any(word in name for word in ("url", "database", "password", "token", "key"))]


def test_the_sweep_runs_at_half_past_midnight_in_shanghai_one_at_a_time() -> None:
    nightly = next(schedule for schedule in SWEEP["schedules"] if schedule["slug"] == "nightly")
    assert nightly == {"cron": "30 0 * * *", "timezone": "Asia/Shanghai", "slug": "nightly", "active": True}
    assert SWEEP["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}


def test_the_form_of_a_stage_offers_its_acts() -> None:
    told = schema(DEPLOYMENTS["07 督察通报"])
    assert "publish 通报" in told["definitions"]["BulletinAct"]["enum"]
    assert told["required"] == ["case"]
