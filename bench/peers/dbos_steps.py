"""DBOS: a workflow a case, a step an act; each step also commits the case and its history row by itself.

DBOS keeps its checkpoints in a file of its own, here with a write-ahead log, which it does not set itself. A workflow
runs its steps one after another, so they are timed within it.
"""

from __future__ import annotations

import time
from contextlib import closing

from dbos import DBOS, DBOSConfig

from bench.peers.bare import BareStore
from bench.peers.work import DESTINATIONS, EVENTS, WARM_UP, Store, Timings, permit


def run(store: Store, cases: int) -> Timings:
    """Do the work."""
    bare, acts = BareStore(store), list[float]()
    cpu = 0.0

    def act(case: int, event: str) -> str:
        source = bare.state(case)
        if not permit(case):
            raise PermissionError(event)
        target = DESTINATIONS[event, source]
        bare.move(case, event, source, target)
        bare.connection.commit()
        return target

    def approve(case: int) -> str:
        state = "drafted"
        for event in EVENTS:
            began = time.perf_counter()
            state = step(case, event)
            acts.append(time.perf_counter() - began)
        return state

    path = f"{store.path}.dbos"
    with closing(store.module.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    _launch(path)
    step, workflow = DBOS.step()(act), DBOS.workflow()(approve)
    for case in range(1, WARM_UP + cases + 1):
        bare.start(case)
        began = time.process_time()
        if workflow(case) != "published":
            raise RuntimeError(f"case {case} did not end")
        if case > WARM_UP:
            cpu += time.process_time() - began
    DBOS.destroy()
    return Timings(acts[WARM_UP * len(EVENTS) :], cpu)


def _launch(path: str) -> None:
    config: DBOSConfig = {
        "name": "peers",
        "system_database_url": f"sqlite:///{path}",
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
