"""Whether the service does its work: what ``/healthz`` answers."""

from __future__ import annotations

from flows.runtime import clock, database
from flows.service.health import is_answering
from operations.health_checks import data
from storage.errors import DatabaseError


def checks() -> dict[str, bool]:
    """Each check by name, and whether it holds. Without the database nothing else can be said of the data."""
    found = {"database": True, "prefect": is_answering()}
    try:
        with database().reading() as session:
            found["sweep"] = all(one.verdict != "wrong" for one in data.sweeps(session, clock()))
            found["follow_up"] = data.follow_ups(session, clock()).verdict != "wrong"
    except DatabaseError:
        found["database"] = False
    return found
