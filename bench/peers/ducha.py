"""ducha itself on the main line of special inspections of one township each, from submission to publication.

14 acts an inspection: those of the other contestants and the visit on site that the feedback needs. An act is one
transaction asked for through ``casework`` by the account that may do it, with all that it brings about: five of them
also open or move other cases, and every one keeps its journal entry, its deadlines and its place in the outbox.
"""

from __future__ import annotations

import time

from sqlalchemy import func, select

from bench.acts import works
from bench.peers.work import WARM_UP, Store, Timings
from casework.administration.jurisdiction_setup import set_up
from casework.clock import SystemClock
from storage.cases.case_rows import CASES
from storage.journal import verification
from storage.messages.outbox import OUTBOX

ACTS = 14
"""In an inspection, after its opening."""


def run(store: Store, cases: int) -> Timings:
    """Do the work, and check that it was done."""
    database, acts = store.database, list[float]()
    with database.writing() as session:
        set_up(session, clock=SystemClock())
    cpu = 0.0
    for number, work in enumerate(works(database, WARM_UP + cases)):
        inspection, act = divmod(number, 1 + ACTS)
        began, began_cpu = time.perf_counter(), time.process_time()
        work()
        if inspection >= WARM_UP and act > 0:
            acts.append(time.perf_counter() - began)
            cpu += time.process_time() - began_cpu
    _verify(store, WARM_UP + cases)
    return Timings(acts, cpu)


def _verify(store: Store, total: int) -> None:
    """Raises SystemExit unless every inspection is published, every act to be followed up and every chain whole."""
    published = select(func.count()).where(CASES.c.procedure == "inspection", CASES.c.state == "published")
    with store.database.reading() as session:
        done = [session.execute(one).scalar_one() for one in (published, select(func.count()).select_from(OUTBOX))]
        if done != [total, total * (1 + ACTS)] or any(verification.breaks(session)):
            raise SystemExit(f"inspections published, acts in the outbox: {done} for {total} inspections")
