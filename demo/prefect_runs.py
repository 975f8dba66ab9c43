"""The stages of the year as flow runs in the service, where one is running.

Prefect stays out of this process: a rehearsal is one of its own, ``python -m flows.demo_runs``, asked by lines.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Any, Final

import messages
from casework.clock import FixedClock
from casework.nightly import follow_ups
from demo.evening_follow_up import CLOSING, Directly
from demo.run_year import at
from demo.summary_models import FollowUpSummary
from settings import Settings
from storage.engine import Database

PATIENCE: Final = 60.0
"""Seconds to wait for one answer; a service that takes longer is given up."""
BUDGET: Final = 65.0
"""Seconds that all runs together may take, so that the year is over within two minutes."""


@dataclass
class Rehearsal:
    """A process that runs stages as flows. Once it has failed it is not asked again."""

    process: subprocess.Popen[bytes]
    failed: bool = False

    def ask(self, **line: str) -> dict[str, Any] | None:
        """Its answer to a line (or its greeting, to none); None when it gives none in time."""
        assert self.process.stdin is not None and self.process.stdout is not None
        try:
            if line:
                self.process.stdin.write(f"{json.dumps(line)}\n".encode())
                self.process.stdin.flush()
            answered = select.select([self.process.stdout], [], [], PATIENCE)[0]
            said = self.process.stdout.readline() if answered else b""
        except OSError:
            said = b""
        self.failed = not said
        return dict(json.loads(said)) if said else None


class InStages(Directly):
    """Follows up what was done on the inspections themselves as runs of their stages' flows, the rest directly."""

    def __init__(self, database: Database, rehearsal: Rehearsal, lease_seconds: int = follow_ups.LEASE_SECONDS) -> None:
        super().__init__(database, lease_seconds=lease_seconds)
        self._rehearsal = rehearsal
        self._greeting: dict[str, Any] | None = None
        self._left = BUDGET
        self._runs = 0

    def __call__(self, day: date) -> None:
        """Run the stages of this day, then follow up what is left."""
        if self._greeting is None:
            self._greeting = self._rehearsal.ask() or {"ready": False}
        if self._greeting["ready"]:
            self._run_stages(at(day, CLOSING))
        super().__call__(day)

    def told(self) -> FollowUpSummary:
        """What this came to, and where the runs are to be seen."""
        if not self._runs or self._greeting is None:
            return super().told()
        return FollowUpSummary(**self._greeting, by="prefect", runs=self._runs, acts=self.acts)

    def _run_stages(self, clock: FixedClock) -> None:
        waiting = follow_ups.pending(self.database, 1000)
        for root, stage in dict.fromkeys((row.root, row.stage) for row in waiting if row.case == row.root):
            begun = monotonic()
            if self._left < 0 or self._rehearsal.failed:
                return
            answer = self._rehearsal.ask(root=root, stage=stage, at=clock.now().isoformat())
            self._left -= monotonic() - begun
            self._runs += answer is not None


@contextmanager
def rehearsed(database: Database, url: str, port: int, lease_seconds: int) -> Iterator[InStages]:
    """An evening that runs the stages in the service on this port, if it answers."""
    command = [
        sys.executable,
        "-m",
        "flows.demo_runs",
        "--port",
        str(port),
        "--lang",
        messages.current_language(),
    ]
    pipe = subprocess.PIPE
    # By the environment: the address may hold a password, and arguments are seen by everybody.
    environ = {**os.environ, Settings.database_url.name: url}
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environ) as process:
        try:
            yield InStages(database, Rehearsal(process), lease_seconds)
        finally:
            process.kill()
