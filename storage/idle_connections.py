"""Whether a connection from the pool is still alive is asked after a pause only: to ask is a trip to the server.

A server that went away within the pause is met by the first statement instead, as a lost connection.
"""

from __future__ import annotations

from time import monotonic
from typing import Any, Final

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

IDLE_SECONDS: Final = 1.0
_RETURNED_AT: Final = "returned_at"
"""Under this name a connection remembers when it went back to the pool."""


def ping_after_pause(engine: Engine) -> None:
    """Let the pool of this engine ask a connection that lay idle for more than ``IDLE_SECONDS`` whether it is alive."""

    def returned(_connection: object, entry: ConnectionPoolEntry) -> None:
        entry.info[_RETURNED_AT] = monotonic()

    def taken(connection: Any, entry: ConnectionPoolEntry, _proxy: object) -> None:
        if monotonic() - entry.info.get(_RETURNED_AT, monotonic()) <= IDLE_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            # The pool drops it and opens another one.
            raise DisconnectionError from error

    event.listen(engine, "checkin", returned)
    event.listen(engine, "checkout", taken)
