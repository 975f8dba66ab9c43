"""Records: written at once, or once the transaction they belong to is committed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final, Literal

from telemetry.requests import request_id

if TYPE_CHECKING:
    from telemetry.handler import DailyLog

Level = Literal["info", "warning", "error"]
Process = Literal["cli", "service", "worker"]
_RANK: Final = {"info": 0, "warning": 1, "error": 2, "off": 3}


@dataclass
class Log:
    """Where and how seriously to record. The file is opened at the first record, since most commands write none.

    ``directory`` is asked then, for a command line names its database late; None keeps no log.
    """

    process: Process
    directory: Callable[[], Path | None]
    level: str = "info"
    days: int = 30
    _opened: DailyLog | None = None

    def takes(self, level: Level) -> bool:
        """Whether records of this level are written."""
        return _RANK[level] >= _RANK[self.level]

    def write(self, event: str, level: Level, fields: dict[str, object]) -> None:
        """Write one record."""
        if self._opened is None:
            from telemetry.handler import DailyLog

            self._opened = DailyLog(self.process, self.directory(), self.days)
        self._opened.record(event, level, {"request": request_id(), **fields})

    def close(self) -> None:
        """Close the file; the next record opens it again."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None


_log: Log | None = None
_waiting: ContextVar[list[Callable[[], None]] | None] = ContextVar("ducha_uncommitted", default=None)


def open_log(log: Log) -> None:
    """Record to this log from now on, for the rest of the process."""
    global _log
    _log = log


@contextmanager
def logging_to(log: Log | None) -> Iterator[None]:
    """Record to this log within, to none when it is None; afterwards as before."""
    global _log
    before, _log = _log, log
    try:
        yield
    finally:
        if log is not None:
            log.close()
        _log = before


def is_logging() -> bool:
    """Whether a log is open."""
    return _log is not None


def emit(event: str, level: Level, /, **fields: object) -> None:
    """Record at once: what happened, whatever becomes of the transaction around it."""
    if _log is not None and _log.takes(level):
        _log.write(event, level, fields)


def emit_on_commit(event: str, level: Level, /, *, began: float, **fields: object) -> None:
    """Record once the transaction is committed; nothing if it is not. Outside of a transaction, at once.

    ``began`` is the ``perf_counter`` at which the work started: the record says how long it took, commit included.
    """
    if _log is None or not _log.takes(level):
        return

    def write() -> None:
        emit(event, level, **fields, ms=milliseconds(began))

    waiting = _waiting.get()
    if waiting is None:
        write()
    else:
        waiting.append(write)


@contextmanager
def on_commit() -> Iterator[None]:
    """A transaction: what waits for its commit is recorded when the block ends, and dropped when it raises."""
    waiting: list[Callable[[], None]] = []
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    for write in waiting:
        write()


def milliseconds(began: float) -> float:
    """Since ``began``, to a hundredth."""
    return round((perf_counter() - began) * 1000, 2)
