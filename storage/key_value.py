"""Small values kept by name, such as when the clock last ran."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from storage.engine import Session
from storage.rows import Setting, table
from storage.upsert import upsert

_SETTINGS = table(Setting)
_PUT = upsert(_SETTINGS, keys=("name",))
_GET = select(_SETTINGS.c.value).where(_SETTINGS.c.name == bindparam("of_name"))


def get(session: Session, name: str) -> str | None:
    """The value of this name."""
    found: str | None = session.execute(_GET, {"of_name": name}).scalar()
    return found


def put(session: Session, name: str, value: str) -> None:
    """Keep the value under this name."""
    session.execute(_PUT, {"name": name, "value": value})
