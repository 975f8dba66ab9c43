"""SQLModel's ORM and ``transitions``: a session for each act, as a web request has."""

from __future__ import annotations

import time

from sqlmodel import Session

from bench.peers.machine import fire
from bench.peers.tables import PeerCase, PeerHistory
from bench.peers.work import Store, Timings, run_cases


def run(store: Store, cases: int) -> Timings:
    """Do the work."""
    engine = store.engine()

    def start(case: int) -> None:
        with Session(engine) as session:
            session.add(PeerCase(id=case, state="drafted"))
            session.commit()

    def act(case: int, event: str) -> None:
        with Session(engine) as session:
            found = session.get_one(PeerCase, case)
            source, found.state = found.state, fire(event, found.state)
            session.add(PeerHistory(case_id=case, event=event, source=source, target=found.state, at=time.time()))
            session.commit()

    timings = run_cases(cases, start, act)
    engine.dispose()
    return timings
