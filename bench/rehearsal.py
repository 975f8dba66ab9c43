"""What a rehearsal of several machines does and notes: asking the database and Prefect, waiting, checking."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar
from urllib.parse import quote

from sqlalchemy import text

from bench.machines import Machine
from cli.operations.prefect_checks import Api
from storage.engine import Database

SECONDS: Final = 480.0
"""Everything is over by then, one way or the other."""

_Found = TypeVar("_Found")


@dataclass
class Rehearsal:
    """The machines, and what was seen of them."""

    environ: dict[str, str]
    database: Database
    api: Api
    began: float
    workers: list[Machine] = field(default_factory=list)
    seen: list[tuple[str, str, bool]] = field(default_factory=list)

    def check(self, what: str, found: str, holds: bool = True) -> None:
        """Note what was checked, what was found, and whether that is as it has to be."""
        spent = time.monotonic() - self.began
        print(f"{spent:4.0f} s  {'' if holds else 'NOT as it has to be: '}{what}: {found}", file=sys.stderr, flush=True)
        self.seen.append((what, found, holds))

    def until(self, what: str, look: Callable[[], _Found | None]) -> _Found:
        """What is found by looking until it is there. Raises TimeoutError."""
        while not (found := look()):
            if time.monotonic() > self.began + SECONDS:
                raise TimeoutError("\n".join([what, *(one.said()[-2000:] for one in self.workers)]))
            time.sleep(0.1)
        return found

    def ask(self, query: str, **values: object) -> list[Any]:
        """The rows of a query on the database of cases; of a single column its values."""
        with self.database.reading() as session:
            rows = [tuple(row) for row in session.execute(text(query), values)]
        return [row[0] if len(row) == 1 else row for row in rows]

    def start(self, deployment: str, **parameters: object) -> str:
        """Ask Prefect for a run of a deployment; says its id."""
        found = self.api.ask(f"/deployments/name/{quote(deployment)}/{quote(deployment)}")
        asked = {"parameters": parameters, "state": {"type": "SCHEDULED"}}
        return str(self.api.ask(f"/deployments/{found['id']}/create_flow_run", asked)["id"])

    def state(self, run_id: str) -> str:
        """How a run stands."""
        return str(self.api.ask(f"/flow_runs/{run_id}")["state"]["type"])

    def machine(self, run_id: str) -> Machine:
        """The machine that took a run, by itself or within another."""
        while parent := self.api.ask(f"/flow_runs/{run_id}")["parent_task_run_id"]:
            run_id = self.api.ask(f"/task_runs/{parent}")["flow_run_id"]
        return next(one for one in self.workers if run_id in taken(one))


def taken(machine: Machine) -> set[str]:
    """The runs that a worker took."""
    return set(re.findall(r"submitting flow run '([0-9a-f-]{36})'", machine.said()))
