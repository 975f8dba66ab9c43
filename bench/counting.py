"""What a piece of work asks of its database: statements, and trips to the server where there is one.

SQLite reports each statement it runs. On PostgreSQL the driver's library writes down every message; the client waits
for the server where a message of its own is followed by one of the server: that is a trip.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from psycopg.pq import Trace

from storage.engine import Database


@dataclass
class Count:
    """Statements and trips (0 on SQLite), complete once the work is done.

    A statement is given as SQLite ran it, or by the tag PostgreSQL answered it with (``SELECT 1``).
    """

    statements: list[str] = field(default_factory=list)
    trips: int = 0

    @property
    def queries(self) -> list[str]:
        """The statements but those that begin, end and configure the transaction."""
        return [one for one in self.statements if not one.startswith(("BEGIN", "COMMIT", "PRAGMA"))]


@contextmanager
def counted(database: Database) -> Iterator[Count]:
    """Count what is asked meanwhile, by this thread and through one connection at a time."""
    # Each pool has this one connection, and hands it out again.
    with database.engine.connect() as session:
        driver: Any = session.connection.driver_connection
    drivers = [driver]
    if database.readers is not None:
        reader = database.readers.connect()
        drivers.append(reader.driver_connection)
        reader.close()
    count = Count()
    if database.is_sqlite:
        for one in drivers:
            one.set_trace_callback(count.statements.append)
        yield count
        for one in drivers:
            one.set_trace_callback(None)
        return
    with tempfile.TemporaryFile() as trace:
        driver.pgconn.trace(trace.fileno())
        driver.pgconn.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)
        yield count
        driver.pgconn.untrace()
        trace.seek(0)
        messages = [line.split("\t") for line in trace.read().decode(errors="replace").splitlines()]
    # A line without tabs goes on with the text of the one above.
    messages = [message for message in messages if message[0] in ("F", "B") and len(message) > 2]
    count.statements += [message[3].strip(' "') for message in messages if message[2] == "CommandComplete"]
    count.trips = sum(one[0] == "F" and next_[0] == "B" for one, next_ in pairwise(messages))
