"""Every contestant in turn, several rounds, so that a machine that slows down slows all of them."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from typing import Any, Final

from bench.databases import POSTGRES
from bench.peers.__main__ import CONTESTANTS

HEADS: Final = (
    "database", "contestant", "acts", "acts/s", "slowest to fastest run", "act, ms", "p95", "CPU, ms", "to ORM",
    "settings",
)  # fmt: skip
BASIS: Final = "orm"
"""Whose speed the others are compared with."""

Run = dict[str, Any]


def compare(rounds: int, cases: int) -> list[list[object]]:
    """A row for each contestant on each database."""
    kinds = ["SQLite", *(["PostgreSQL"] if os.environ.get(POSTGRES) else [])]
    entrants = [(kind, name) for kind in kinds for name, one in CONTESTANTS.items() if kind in one.databases]
    runs: dict[tuple[str, str], list[Run]] = {entrant: [] for entrant in entrants}
    for number in range(1, rounds + 1):
        for kind, name in entrants:
            runs[kind, name].append(_run(name, kind, cases))
        print(f"round {number} of {rounds}", file=sys.stderr)
    return [_row(kind, name, runs[kind, name], runs[kind, BASIS]) for kind, name in entrants]


def _run(name: str, kind: str, cases: int) -> Run:
    """One run in a process of its own."""
    command = [sys.executable, "-m", "bench.peers", name, kind, str(cases)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        raise SystemExit(f"{name} on {kind} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    run: Run = json.loads(done.stdout.splitlines()[-1])
    return run


def _row(kind: str, name: str, runs: list[Run], basis: list[Run]) -> list[object]:
    rates = sorted(map(_rate, runs))
    acts = sorted(act * 1000 for run in runs for act in run["acts"])
    cpu = statistics.median(run["cpu"] / len(run["acts"]) for run in runs) * 1000
    return [
        kind,
        CONTESTANTS[name].name,
        len(acts),
        statistics.median(rates),
        f"{rates[0]:,.0f}–{rates[-1]:,.0f}",
        statistics.median(acts),
        acts[int(len(acts) * 0.95)],
        cpu,
        # Within a round both met the same machine.
        f"{statistics.median(_rate(one) / _rate(other) for one, other in zip(runs, basis, strict=True)):.2f}",
        runs[-1]["settings"],
    ]


def _rate(run: Run) -> float:
    """Acts in a second."""
    return len(run["acts"]) / sum(run["acts"])
