"""Putting the deployments that the jurisdictions need on the server, when they have changed since the last time."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

import yaml
from prefect import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.utilities.callables import parameter_schema
from prefect.utilities.importtools import import_object
from prefect.workers.process import ProcessWorker

from flows.deployments import prefect_yaml
from flows.runtime import offered_jurisdictions
from flows.service.environment import WORK_POOL
from flows.service.errors import ServiceError
from flows.service.paths import ServicePaths, home

STAND_INS: Final = frozenset({"hourly", "every-minute"})
"""The schedules that do the work of the clock where there is none, by their slugs."""


def is_deployed(places: ServicePaths) -> bool:
    """Whether the server was told already what it would be told now."""
    return places.deployed.exists() and places.deployed.read_text(encoding="ascii") == fingerprint()


async def deploy(places: ServicePaths, environ: Mapping[str, str]) -> None:
    """Make the work pool and deploy everything. Raises ServiceTrouble."""
    template = ProcessWorker.get_default_base_job_template()
    pool = WorkPoolCreate(name=WORK_POOL, type=ProcessWorker.type, base_job_template=template)
    async with get_client() as client:
        await client.create_work_pool(pool, overwrite=True)
    places.deployments.write_text(offered_prefect_yaml(), encoding="utf-8")
    await _prefect(environ, "--no-prompt", "deploy", "--all", "--prefect-file", str(places.deployments))
    places.deployed.write_text(fingerprint(), encoding="ascii")


async def set_fallback_schedules(active: bool) -> None:
    """Let Prefect's schedules do the work of the clock, or leave it to the clock."""
    async with get_client() as client:
        for deployment in await client.read_deployments():
            for schedule in deployment.schedules:
                if schedule.slug in STAND_INS and schedule.active is not active:
                    await client.update_deployment_schedule(deployment.id, schedule.id, active=active)


def offered_prefect_yaml() -> str:
    """``prefect.yaml`` with the deployments of the work that the jurisdictions of the database do."""
    return prefect_yaml({instrument for home in offered_jurisdictions() for instrument in home.instruments})


def deployments() -> list[dict[str, Any]]:
    """The deployments that are put on the server."""
    found: list[dict[str, Any]] = yaml.safe_load(offered_prefect_yaml())["deployments"]
    return found


def fingerprint() -> str:
    """What the server would be told: the file, where it lies, and the form of every flow it names."""
    flows = [import_object(deployment["entrypoint"]) for deployment in deployments()]
    told = {
        "file": offered_prefect_yaml(),
        "home": str(home()),
        "forms": [[flow.name, flow.description, parameter_schema(flow.fn).model_dump()] for flow in flows],
    }
    return sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


async def _prefect(environ: Mapping[str, str], *arguments: str) -> None:
    """Run a Prefect command. Raises ServiceTrouble with what it printed when it fails."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "prefect",
        *arguments,
        env=dict(environ),
        cwd=home(),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        output, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    if process.returncode:
        command = f"prefect {' '.join(arguments)}"
        raise ServiceError("command_failed", command=command, output=output.decode(errors="replace")[-2000:])
