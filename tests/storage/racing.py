"""Eight processes let go at the same moment, each with a connection of its own.

They are forked, which takes a hundredth of the time of a fresh start, and do not wait for the disk: what is tried here
is who waits for whom.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, Protocol

from storage.engine import Database
from tests.databases import hurried

PROCESSES = 8
_FORK = get_context("fork")


class Line(Protocol):
    """Where the racers of one race wait for each other."""

    def wait(self) -> int: ...


@dataclass
class Racer:
    """One process of a race."""

    database: Database
    number: int
    line: Line
    attempts: int

    @property
    def name(self) -> str:
        """Who this is, to the others."""
        return f"racer-{self.number}"


def race(run: Callable[[Racer], Any], database: Database, attempts: int = 15) -> list[Any]:
    """Run the same in several processes at once; what each returned. Raises the first error of any."""
    database.close()
    url = database.engine.url.render_as_string(hide_password=False)
    line, results = _FORK.Barrier(PROCESSES, timeout=120), _FORK.SimpleQueue()
    racers = [
        _FORK.Process(target=_run, args=(run, url, number, line, attempts, results)) for number in range(PROCESSES)
    ]
    for racer in racers:
        racer.start()
    found = [results.get() for _ in racers]
    for racer in racers:
        racer.join()
    for result in found:
        if isinstance(result, BaseException):
            raise result
    return found


def _run(run: Callable[[Racer], Any], url: str, number: int, line: Any, attempts: int, results: Any) -> None:
    gc.freeze()  # Whoever collects what was forked copies it first.
    try:
        database = hurried(url)
        line.wait()
        results.put(run(Racer(database, number, line, attempts)))
        database.close()
    except Exception as error:
        line.abort()
        results.put(error)
