"""``python -m flows.demo_runs``: the stages of a demo as flow runs, seen in the service that is running.

Says first where its runs are to be seen, or that no service answers. Then each line it reads names an inspection, a
stage and a simulated moment; the stage's flow follows up what waits there, and a line says how many acts that were.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from contextlib import redirect_stdout
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TextIO

import messages
import telemetry
from casework.clock import FixedClock
from flows.runtime import simulated_clock
from flows.service.environment import environment
from flows.service.health import answers
from flows.service.paths import ServicePaths
from settings import Settings

TAG: Final = "demo"


def main() -> None:
    """Rehearse until there is nothing more to read."""
    parser = ArgumentParser(prog="flows.demo_runs")
    parser.add_argument("--db")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--lang", choices=messages.LANGUAGES, default="zh")
    given = parser.parse_args()
    messages.set_language(given.lang)
    # The demo's follow-ups are not what the log of an office is for.
    telemetry.open_log(telemetry.Log("worker", lambda: None))
    answer = sys.stdout
    with redirect_stdout(sys.stderr):
        if _served(ServicePaths(Path("var").absolute()), given.port, given.db or Settings(os.environ).database_url):
            asyncio.run(rehearse(sys.stdin, answer))
        else:
            _say(answer, {"ready": False})


def _served(places: ServicePaths, port: int, url: str) -> bool:
    """Whether a service answers; from here on this process is one of its own, but for the database."""
    if not places.has_served:
        return False
    os.environ.update(environment(os.environ, places, port, url))
    return asyncio.run(answers())


async def rehearse(lines: TextIO, answer: TextIO) -> None:
    """Run the stage each line names, and answer it. The environment names the service."""
    # Prefect reads its environment when it is imported.
    from prefect import tags

    from flows.stages import STAGE_FLOWS

    _say(answer, {"ready": True, "ui": os.environ["PREFECT_UI_URL"], "tag": TAG})
    while line := await asyncio.to_thread(lines.readline):
        asked = json.loads(line)
        with tags(TAG), simulated_clock(FixedClock(datetime.fromisoformat(asked["at"]))):
            followed: Mapping[str, Any] = await STAGE_FLOWS[asked["stage"]](case=asked["root"])
        _say(answer, {"acts": len(followed["acts"])})


def _say(answer: TextIO, what: Mapping[str, Any]) -> None:
    print(json.dumps(what), file=answer, flush=True)


if __name__ == "__main__":
    main()
