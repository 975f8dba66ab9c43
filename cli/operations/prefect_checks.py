"""Looking Prefect over through its API, without loading Prefect."""

from __future__ import annotations

import base64
import json
import os
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any, Final
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from operations.health_checks.health_models import HealthFinding
from operations.health_checks.installation import good, skipped, wrong
from operations.running_service import AUTH, running_service

SECONDS: Final = 5.0
"""How long to wait for an answer."""
LONGEST_RUN: Final = timedelta(hours=1)
"""A stage takes seconds, a sweep of a million deadlines minutes: whatever runs longer and cannot be seen is gone."""
_OPENER: Final = build_opener(ProxyHandler({}))


@dataclass(frozen=True, slots=True)
class Api:
    """Where Prefect's server is, and who we are there."""

    url: str
    auth: str = field(default="", repr=False)

    def ask(self, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """The answer. Raises OSError (HTTPError when it is refused), HTTPException, ValueError."""
        headers = {"Content-Type": "application/json"}
        if self.auth:
            headers["Authorization"] = f"Basic {base64.b64encode(self.auth.encode()).decode()}"
        data = None if body is None else json.dumps(body).encode()
        with _OPENER.open(Request(f"{self.url}{path}", data, headers), timeout=SECONDS) as answer:
            return json.load(answer)


def configured(environ: Mapping[str, str], home: Path) -> Api | None:
    """The server that the environment names, or the one of the service that runs in this folder, whatever its port."""
    auth, service = home / AUTH, running_service(home)
    secret = environ.get("PREFECT_API_AUTH_STRING") or (auth.read_text().strip() if auth.is_file() else "")
    url = environ.get("PREFECT_API_URL") or (f"{service.url}/api" if service else "")
    return Api(url.rstrip("/"), secret) if url else None


def findings(api: Api | None, now: datetime) -> Iterator[HealthFinding]:
    """Whether Prefect answers, its schedules make runs, and the processes of running runs exist."""
    if api is None:
        yield skipped("prefect", "prefect_unconfigured")
        return
    try:
        api.ask("/health")
        yield from (_schedules(api, now), _runs_under_way(api, now))
        yield good("prefect", "prefect_answers", url=api.url)
    except HTTPError as error:
        if error.code in (401, 403):
            yield wrong("prefect", "prefect_denied", url=api.url)
        else:
            yield wrong("prefect", "prefect_silent", url=api.url, detail=str(error))
    except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
        yield wrong("prefect", "prefect_silent", url=api.url, detail=str(error) or type(error).__name__)


def _schedules(api: Api, now: datetime) -> HealthFinding:
    """Prefect's scheduler has been seen to make no runs without a word: look for the runs themselves."""
    deployments = api.ask("/deployments/filter", {"limit": 200})
    active = [
        one for one in deployments if not one.get("paused") and any(each["active"] for each in one.get("schedules", ()))
    ]
    idle = [one["name"] for one in active if not _planned(api, one["id"], now)]
    if idle:
        return wrong("schedules", "schedules_idle", names=", ".join(idle))
    return good("schedules", "schedules_work" if active else "schedules_none", count=len(active))


def _planned(api: Api, deployment: str, now: datetime) -> bool:
    runs = {
        "deployment_id": {"any_": [deployment]},
        "state": {"type": {"any_": ["SCHEDULED"]}},
        "expected_start_time": {"after_": now.isoformat()},
    }
    return bool(api.ask("/flow_runs/filter", {"flow_runs": runs, "limit": 1}))


def _runs_under_way(api: Api, now: datetime) -> HealthFinding:
    runs = api.ask("/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["RUNNING"]}}}, "limit": 200})
    gone = [str(run["name"]) for run in runs if _is_gone(run, now)]
    if gone:
        return wrong("runs", "runs_gone", names=", ".join(gone))
    return good("runs", "runs_alive", count=len(runs))


def _is_gone(run: Mapping[str, Any], now: datetime) -> bool:
    """Its process on this machine has ended; where that cannot be seen, it has run for too long."""
    host, _, pid = str(run.get("infrastructure_pid") or "").rpartition(":")
    if host == socket.gethostname() and pid.isdecimal():
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return False
    started = run.get("start_time")
    return started is not None and now - datetime.fromisoformat(started) > LONGEST_RUN
