"""Record who read what, after the read and in a separate transaction."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final

from access.reader import Reader
from storage.engine import Database
from storage.errors import DatabaseError
from storage.people import access_records
from storage.people.access_records import RecordedRead

_LOG: Final = logging.getLogger(__name__)
_READ_ONLY: Final = ("read_only", "denied")
"""Error codes of databases that keep no access record: opened read-only, or by a database account without writes."""


def record(database: Database, reader: Reader, at: datetime, *, request: str | None = None) -> bool:
    """Write the reader's events since the last call, in one statement. False when they could not be written.

    A read never fails because of its record: a read-only database keeps none, and any other database error only logs
    a warning.
    """
    reads = [
        RecordedRead(
            at,
            reader.name_in(event.jurisdiction),
            event.jurisdiction,
            event.read.value,
            event.case,
            event.unit,
            event.found,
            request,
        )
        for event in reader.events
    ]
    reader.events.clear()
    if not reads:
        return True
    try:
        with database.writing() as session:
            access_records.add_all(session, reads)
    except DatabaseError as error:
        if error.code not in _READ_ONLY:
            _LOG.warning("access record not written: %s (%d reads)", error.code, len(reads))
        return False
    return True
