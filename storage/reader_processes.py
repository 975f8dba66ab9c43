"""Processes that read one state of the database together, each with a connection of its own.

On PostgreSQL they share the snapshot of a session. SQLite shares none: there they begin to read while this process
holds the write lock, so that nobody can commit in between. The lock is held for some milliseconds.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any, Final

from sqlalchemy import text

from storage.engine import Database, Session, connect
from storage.errors import DatabaseError

START: Final = 60.0
"""Seconds within which a process has to be ready to read."""
PATIENCE: Final = 5.0
"""Seconds that others may have to wait for the write lock; a process that has not begun by then is not waited for."""
_FIRST_READ: Final = text("SELECT count(*) FROM sqlite_master")
"""A transaction of SQLite sees the state at its first read, not at its BEGIN."""

Work = Callable[[Session, Any], Iterable[Any]]
"""What a process does with what it is sent: every result is sent back. A function of a module."""


def start(
    stack: ExitStack, database: Database, session: Session, number: int, work: Work
) -> tuple[Session, Sequence[Connection]]:
    """Connections to processes that read one state of the database, and the session here that sees the same state.

    They end with the stack. Each waits to be sent what it is to do, once. There may be fewer than asked for, or none.
    """
    url = database.engine.url.render_as_string(hide_password=False)
    busy = database.busy_seconds
    started = _answering([_started(stack, url, busy, work) for _ in range(number)], START)
    if not database.is_sqlite:
        return session, _begun(started, session.execute(text("SELECT pg_export_snapshot()")).scalar_one())
    try:
        with database.writing() as writer:
            session = stack.enter_context(database.reading())
            session.execute(_FIRST_READ)
            begun = _begun(started, "")
            # With a rollback journal even an empty commit would wait for these readers to end.
            writer.rollback()
            return session, begun
    except DatabaseError:
        # Where nothing may be written, or somebody writes for too long, one process is enough.
        return session, []


def _started(stack: ExitStack, url: str, busy_seconds: float, work: Work) -> Connection:
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=_work, args=(url, busy_seconds, work, there), daemon=True)
    process.start()
    there.close()
    stack.callback(process.join)
    stack.callback(process.terminate)
    return stack.enter_context(here)


def _begun(started: Sequence[Connection], snapshot: str) -> Sequence[Connection]:
    """Those that have begun to read."""
    for one in started:
        with suppress(OSError):
            one.send(snapshot)
    return _answering(started, PATIENCE)


def _answering(started: Sequence[Connection], seconds: float) -> Sequence[Connection]:
    """Those that say within these seconds that they have come so far."""
    answered, until = [], monotonic() + seconds
    for one in started:
        with suppress(EOFError, OSError):
            if one.poll(max(0.0, until - monotonic())):
                one.recv()
                answered.append(one)
    return answered


def _work(url: str, busy_seconds: float, work: Work, told: Connection) -> None:
    """What a process of its own does. The process that started it decides when to stop, and is told when it dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whatever goes wrong here goes wrong there as well, where it is said.
    with suppress(Exception), told:
        database = connect(url, busy_seconds=busy_seconds)
        with database.reading() as session:
            told.send("ready")
            snapshot = told.recv()
            session.execute(text(f"SET TRANSACTION SNAPSHOT '{snapshot}'") if snapshot else _FIRST_READ)
            told.send("begun")
            for found in work(session, told.recv()):
                told.send(found)
