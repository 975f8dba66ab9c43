"""SQLAlchemy Core with its statements built once, and ``transitions``."""

from __future__ import annotations

import time

from sqlalchemy import bindparam, insert, select, update

from bench.peers.machine import fire
from bench.peers.tables import PeerCase, PeerHistory
from bench.peers.work import Store, Timings, run_cases

_CASES, _HISTORY = PeerCase.metadata.tables["peer_case"], PeerHistory.metadata.tables["peer_history"]
_START = insert(_CASES)
_LOAD = select(_CASES.c.state).where(_CASES.c.id == bindparam("case"))
_MOVE = (
    update(_CASES)
    .where(_CASES.c.id == bindparam("case"), _CASES.c.state == bindparam("source"))
    .values(state=bindparam("target"))
)
_APPEND = insert(_HISTORY)


def run(store: Store, cases: int) -> Timings:
    """Do the work."""
    engine = store.engine()

    def start(case: int) -> None:
        with engine.begin() as connection:
            connection.execute(_START, {"id": case, "state": "drafted"})

    def act(case: int, event: str) -> None:
        with engine.begin() as connection:
            source = connection.execute(_LOAD, {"case": case}).scalar_one()
            target = fire(event, source)
            moved = connection.execute(_MOVE, {"case": case, "source": source, "target": target})
            if moved.rowcount != 1:
                raise RuntimeError(f"case {case} was not {source}")
            entry = {"case_id": case, "event": event, "source": source, "target": target, "at": time.time()}
            connection.execute(_APPEND, entry)

    timings = run_cases(cases, start, act)
    engine.dispose()
    return timings
