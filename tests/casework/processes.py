"""Real processes at work on one database: started together, or killed half way.

They are forked, which takes a hundredth of the time of a fresh start; the office's own connections are closed before,
and each process opens the database for itself. Unless told to, none waits for the disk: a killed process leaves that
to the system, though not a killed server.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple

from casework import do_act
from casework.acts.act_models import ActRequest
from states.engine.refusals import ActRefused
from storage.engine import Database
from tests.casework.office import Data, Office
from tests.databases import hurried

_FORK = multiprocessing.get_context("fork")
PATIENCE = 60.0
"""Seconds that processes are waited for."""

Job = Callable[[Database, Connection], None]
"""What a process does; it tells through the connection what has come of it."""

Opening = Callable[[str], Database]
"""How a process opens its database."""


class Wanted(NamedTuple):
    """An act to be done."""

    who: str
    act: str
    case: str
    data: Data = None
    key: str | None = None


class Outcome(NamedTuple):
    """What came of an act: its answer, the codes of its refusals, or the name of any other error."""

    answer: dict[str, Any] | None = None
    refused: tuple[str, ...] = ()
    error: str = ""


def together(office: Office, lists: Sequence[Sequence[Wanted]]) -> list[list[Outcome]]:
    """Each list of acts in a process of its own, all of them let go at the same moment."""
    clock = office.clock

    def job(wanted: Sequence[Wanted]) -> Job:
        def do(database: Database, told: Connection) -> None:
            told.send([_outcome(database, clock, office, one) for one in wanted])

        return do

    return [received[0] for received in run(office, [job(wanted) for wanted in lists])]


def run(office: Office, jobs: Sequence[Job]) -> list[list[Any]]:
    """Each job in a process of its own, all of them let go at the same moment; says what each told."""
    barrier = _FORK.Barrier(len(jobs))
    with _processes(office, jobs, barrier.wait) as started:
        return [list(_everything(told)) for _, told in started]


@contextmanager
def killed(office: Office, job: Job, opening: Opening = hurried) -> Iterator[tuple[BaseProcess, Connection]]:
    """One process that may be killed at any moment, and what it tells until then."""
    with _processes(office, [job], lambda: None, opening) as [(process, told)]:
        yield process, told


@contextmanager
def _processes(
    office: Office, jobs: Sequence[Job], ready: Callable[[], object], opening: Opening = hurried
) -> Iterator[list[tuple[BaseProcess, Connection]]]:
    office.database.close()
    url = office.database.engine.url.render_as_string(hide_password=False)
    started: list[tuple[BaseProcess, Connection]] = []
    try:
        for job in jobs:
            told, telling = _FORK.Pipe(duplex=False)
            process: BaseProcess = _FORK.Process(target=_work, args=(opening, url, job, telling, ready), daemon=True)
            process.start()
            telling.close()
            started.append((process, told))
        yield started
    finally:
        for process, told in started:
            process.join(PATIENCE if sys.exc_info()[0] is None else 0)
            process.kill()
            process.join()
            told.close()


def _work(opening: Opening, url: str, job: Job, telling: Connection, ready: Callable[[], object]) -> None:
    gc.freeze()  # Whoever collects what was forked copies it first.
    database = opening(url)
    with database.reading():
        ready()
    job(database, telling)
    telling.close()


def _everything(told: Connection) -> Iterator[Any]:
    """What a process tells until it ends."""
    until = time.monotonic() + PATIENCE
    while told.poll(max(0.0, until - time.monotonic())):
        try:
            yield told.recv()
        except EOFError:
            return
    raise TimeoutError("a process does not come to an end")


def _outcome(database: Database, clock: Any, office: Office, wanted: Wanted) -> Outcome:
    try:
        with database.writing() as session:
            asked = ActRequest(wanted.who, office.day, wanted.key)
            answer = do_act.do_act(session, clock, asked, wanted.case, wanted.act, wanted.data)
            return Outcome(answer.model_dump(mode="json"))
    except ActRefused as refused:
        return Outcome(refused=tuple(one.code for one in refused.refusals))
    except Exception as error:
        return Outcome(error=f"{type(error).__name__}: {error}")
