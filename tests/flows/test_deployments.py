"""What is deployed: every flow, described, with an enforced form, and the sweep with its schedule."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml
from prefect.utilities.callables import parameter_schema
from prefect.utilities.importtools import import_object

import regulations
from flows.deployments import prefect_yaml
from flows.root_opening import ROOT_FLOWS
from flows.service import deploying
from flows.service.environment import WORK_POOL
from flows.stage_names import INSTRUMENT_OF_STAGE, STAGES
from states.packs import newest_packs
from tests.house.repository import ROOT

DEPLOYMENTS = {deployment["name"]: deployment for deployment in yaml.safe_load(prefect_yaml())["deployments"]}
SWEEP = DEPLOYMENTS["夜间逾期巡查"]


def schema(deployment: dict[str, Any]) -> dict[str, Any]:
    return parameter_schema(import_object(deployment["entrypoint"])).model_dump()


def test_there_is_one_for_every_stage_and_for_opening_sweeping_and_the_backlog() -> None:
    entrypoints = {deployment["entrypoint"] for deployment in DEPLOYMENTS.values()}
    others = {"flows.opening.open_inspection", "flows.sweeping.sweep", "flows.backlog.work"}
    stages = {f"flows.stages.{stage}" for stage in STAGES}
    assert entrypoints == stages | {f"flows.root_opening.{procedure}" for procedure in ROOT_FLOWS} | others


def test_prefect_yaml_is_written_from_the_tables() -> None:
    assert (ROOT / "prefect.yaml").read_text(encoding="utf-8") == prefect_yaml(), "make deployments"


def test_a_stage_belongs_to_one_instrument() -> None:
    pairs = {(stage, one.name) for pack in newest_packs() for one in pack.instruments for stage in one.stages}
    assert pairs == {*INSTRUMENT_OF_STAGE.items()}


def test_only_the_work_that_a_jurisdiction_does_is_deployed(monkeypatch: pytest.MonkeyPatch) -> None:
    home = regulations.jurisdiction("TL")
    monkeypatch.setattr(deploying, "offered_jurisdictions", lambda: (home,))
    stages = {one["entrypoint"].removeprefix("flows.stages.") for one in deploying.deployments()} & {*STAGES}
    assert stages == {stage for stage, instrument in INSTRUMENT_OF_STAGE.items() if instrument in home.instruments}
    monkeypatch.setattr(deploying, "offered_jurisdictions", lambda: (replace(home, instruments={}),))
    assert not any("flows.stages." in one["entrypoint"] for one in deploying.deployments())


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
