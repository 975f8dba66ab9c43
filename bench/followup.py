"""A stage's follow-up as a Prefect run, beside a bare async flow of as many tasks, on four settings of Prefect.

``python -m bench.followup [RUNS]``: back to back, one of each in turn, as the clock of the service runs them.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.results import record, table
from flows.service.environment import HOST, SQLITE_TUNING, environment
from flows.service.health import answers_within
from flows.service.paths import ServicePaths

SECTION = "Follow-up"
AUTHORITIES = "PREFECT_API_SSL_CERT_FILE"
PREFECT, OURS = "prefect.server.api.server:create_app", "flows.service.server:create_app"
SERVERS: Mapping[str, tuple[str, frozenset[str]]] = {
    "as Prefect ships it": (PREFECT, frozenset({*SQLITE_TUNING, AUTHORITIES})),
    "fewer background writers": (PREFECT, frozenset({AUTHORITIES})),
    "and transactions begun immediate": (OURS, frozenset({AUTHORITIES})),
    "and one authority to read": (OURS, frozenset()),
}
"""The server and the settings of ours that are left out, each a step from Prefect's to the service's own."""
ROUNDS = 3
FLOWS = ("bare", "dressed", "stage", "alone")
NOTE = """Back to back, one of each in turn: a bare async flow of three empty tasks; the same with a name, tags and two
artifacts ("dressed"); the follow-up of an application (two acts, three tasks, name, tags, two artifacts). Medians in
ms. "Alone" is the same follow-up without Prefect. "Locked" counts the requests the server refused with 503 because its
database was locked; the client then sleeps for two seconds. The service runs as the last row does (decision 0140)."""


def main() -> None:
    """Measure on each server in turn, several rounds, so that a busy machine is busy for all; record the table."""
    runs = sys.argv[1] if len(sys.argv) > 1 else "15"
    times: dict[str, dict[str, list[float]]] = {name: {one: [] for one in FLOWS} for name in SERVERS}
    with ExitStack() as stack:
        folders = {name: Path(stack.enter_context(tempfile.TemporaryDirectory())) for name in SERVERS}
        environs = {name: stack.enter_context(_server(folders[name], *SERVERS[name])) for name in SERVERS}
        for _ in range(ROUNDS):
            for name, environ in environs.items():
                for one, spent in _measured(environ, runs).items():
                    times[name][one] += spent
        locked = {name: _locked(folder) for name, folder in folders.items()}
    heads = ["server", "bare", "dressed", "follow-up", "p95", "to bare", "to dressed", "alone", "locked"]
    record(SECTION, f"{NOTE}\n\n{table(heads, [[name, *_row(times[name]), locked[name]] for name in SERVERS])}")


def _measured(environ: Mapping[str, str], runs: str) -> dict[str, list[float]]:
    command = [sys.executable, "-m", "bench.followup", "--measure", runs]
    made = subprocess.run(command, env=environ, stdout=subprocess.PIPE, text=True, check=True)
    times: dict[str, list[float]] = json.loads(made.stdout.splitlines()[-1])
    return times


def _row(measured: Mapping[str, list[float]]) -> list[object]:
    bare, dressed, stage, alone = (statistics.median(measured[name]) * 1000 for name in FLOWS)
    slow = statistics.quantiles(measured["stage"], n=20)[-1] * 1000
    return [bare, dressed, stage, slow, stage / bare, stage / dressed, alone]


def _locked(folder: Path) -> int:
    """The answers 503 in the server's log."""
    lines = ServicePaths(folder / "var").log("server").read_text(encoding="utf-8", errors="replace").splitlines()
    return sum(" 503 " in f"{line} " for line in lines)


@contextmanager
def _server(folder: Path, app: str, left_out: frozenset[str]) -> Iterator[dict[str, str]]:
    """A server with an empty database of its own, and the environment of its clients."""
    places = ServicePaths(folder / "var")
    places.prepare()
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    url = f"sqlite:///{folder / 'ducha.db'}"
    environ = {
        name: value for name, value in environment(os.environ, places, port, url).items() if name not in left_out
    }
    command = [sys.executable, "-m", "uvicorn", "--factory", app, "--host", HOST, "--port", str(port)]
    with places.log("server").open("wb") as output:
        told = {**environ, "PREFECT_SERVER_LOGGING_LEVEL": "INFO"}
        server = subprocess.Popen(command, env=told, stdout=output, stderr=output)
    os.environ["PREFECT_API_URL"] = environ["PREFECT_API_URL"]
    try:
        if not asyncio.run(answers_within(120)):
            raise SystemExit(places.log("server").read_text(encoding="utf-8"))
        yield environ
    finally:
        server.terminate()
        server.wait()


def measure(runs: int) -> dict[str, list[float]]:
    """In a process of the server's clients: how long each run took, in seconds."""
    from prefect import flow, task
    from prefect.artifacts import acreate_markdown_artifact, acreate_table_artifact

    from flows.run_tags import tag
    from flows.runtime import settings
    from flows.service import first_start
    from flows.stages import STAGE_FLOWS

    application = STAGE_FLOWS["application"]

    @task
    async def nothing() -> None: ...

    @flow
    async def bare() -> None:
        for _ in range(3):
            await nothing()

    @task
    async def showing() -> None:
        await asyncio.gather(
            acreate_table_artifact([{"a": 1}], key="bench"), acreate_markdown_artifact("#", key="bench"), tag("bench")
        )

    @flow(flow_run_name="bench")
    async def dressed() -> None:
        await nothing()
        await nothing()
        await showing()

    first_start.found(settings().database_url, settings().busy_seconds)
    applications = _applications(2 * runs + 1)
    waiting, again = applications[:runs], applications[runs:]
    times: dict[str, list[float]] = {name: [] for name in FLOWS}

    async def back_to_back() -> None:
        await bare()
        await dressed()
        await application(case=again.pop())
        for case in waiting:
            times["bare"].append(await _spent(bare))
            times["dressed"].append(await _spent(dressed))
            times["stage"].append(await _spent(application, case=case))

    asyncio.run(back_to_back())
    times["alone"] = [_followed_up(case) for case in again]
    return times


def _applications(many: int) -> list[str]:
    """So many special inspections, each opened and submitted, each of a unit of its own."""
    from casework import do_act
    from casework.acts.act_models import ActRequest
    from casework.administration import jurisdiction_setup
    from casework.clock import SystemClock, today
    from flows.runtime import database
    from regulations import Unit

    units = [Unit(f"B{os.getpid()}-{n}", f"单位{n}", "镇（街道）", "", "bench") for n in range(many)]
    clock, asked, opened = SystemClock(), ActRequest("联席办协调员甲"), []
    with database().writing() as session:
        jurisdiction_setup.set_up(session, roster=units, clock=clock)
        for unit in units:
            form = {"kind": "special", "year": today(clock).year, "title": "专项督察", "problem": f"问题 {unit.code}"}
            form |= {"targets": [unit.code], "reason": "群众反映"}
            case = do_act.open_inspection(session, clock, asked, form).case
            do_act.do_act(session, clock, asked, case, "submit", {"contents": ["9(3)"]})
            opened.append(case)
    return opened


async def _spent(work: Callable[..., Awaitable[Any]], **parameters: Any) -> float:
    began = time.perf_counter()
    await work(**parameters)
    return time.perf_counter() - began


def _followed_up(case: str) -> float:
    from casework.clock import SystemClock
    from casework.nightly import follow_ups
    from flows.runtime import database

    began = time.perf_counter()
    follow_ups.follow_up(database(), SystemClock(), "bench", only_case=case, limit=10)
    return time.perf_counter() - began


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(int(sys.argv[2]))))
    else:
        main()
