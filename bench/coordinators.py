"""Coordinators who ask for special inspections, one by one or two of them for the same target at the same moment."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from multiprocessing.synchronize import Barrier
from typing import Final

from casework import do_act
from casework.acts.act_models import ActRequest
from casework.clock import SystemClock, today
from states.engine.refusals import ActRefused
from storage.cases import cases
from storage.engine import Database, open_database

COORDINATORS: Final = ("联席办协调员甲", "联席办协调员乙")
PATIENCE: Final = 60.0
"""Seconds one of them waits for the other."""

_together: Barrier


def opened(database: Database, target: str, actor: str = COORDINATORS[0]) -> str:
    """A special inspection of this target, drafted."""
    data = {"kind": "special", "year": today(SystemClock()).year, "title": "专项督察", "targets": [target]}
    data |= {"reason": "群众反映"}
    with database.writing() as session:
        return str(do_act.open_inspection(session, SystemClock(), ActRequest(actor), data).case)


def submit(database: Database, case: str, actor: str = COORDINATORS[0]) -> bool:
    """Submit a request for approval; False when it is refused."""
    try:
        with database.writing() as session:
            found = cases.load(session, case)
            assert found is not None
            beside = cases.overlapping(session, found.jurisdiction, found.targets, case)
            form = {"contents": ["9(3)"], "not_duplicate": "、".join(other.id for other in beside)}
            do_act.do_act(session, SystemClock(), ActRequest(actor), case, "submit", form)
    except ActRefused:
        return False
    return True


def race(database: Database, url: str, targets: Sequence[str]) -> list[list[bool]]:
    """Each coordinator, in a process of its own, submits a request about each target; who of them got which."""
    asked = [[opened(database, target, name) for target in targets] for name in COORDINATORS]
    start = multiprocessing.get_context("spawn")
    together = start.Barrier(len(COORDINATORS))
    with start.Pool(len(COORDINATORS), _meet, (together,)) as pool:
        work = [(url, name, drafts) for name, drafts in zip(COORDINATORS, asked, strict=True)]
        return pool.starmap(_submit_all, work, chunksize=1)


def _meet(together: Barrier) -> None:
    global _together
    _together = together


def _submit_all(url: str, actor: str, drafts: Sequence[str]) -> list[bool]:
    database, won = open_database(url), []
    for case in drafts:
        _together.wait(PATIENCE)
        won.append(submit(database, case, actor))
    database.close()
    return won
