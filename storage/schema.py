"""Which version of the schema a database has, answered without loading the migrations."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, inspect, text

from storage.errors import DatabaseError

REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011")
"""The revisions of ``storage.migrations`` in their order; the last is the one this program works with."""

VERSION_TABLE = "alembic_version"


def revision(session: Connection) -> str | None:
    """The revision the database is at; None when it was never initialised."""
    if not inspect(session).has_table(VERSION_TABLE):
        return None
    found = session.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    return None if found is None else str(found)


def require_current(session: Connection, where: str) -> None:
    """Raises DatabaseTrouble unless the database has exactly the schema of this program."""
    found = revision(session)
    if found == REVISIONS[-1]:
        return
    if found is None:
        raise DatabaseError("foreign" if inspect(session).get_table_names() else "empty", where)
    raise DatabaseError(
        "older_schema" if found in REVISIONS else "newer_schema", where, found=found, known=REVISIONS[-1]
    )
