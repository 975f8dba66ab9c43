"""What people meet when the database cannot be used or someone else wrote first."""

from __future__ import annotations

from typing import Literal

from sqlalchemy.exc import DBAPIError

from messages.errors import DuchaError, Outcome
from storage.sqlite_driver import driver

Code = Literal[
    "bad_url", "no_database_named", "path_too_long", "no_directory", "is_directory", "missing", "empty",
    "foreign", "older_schema",
    "newer_schema", "cannot_open", "read_only", "locked", "deadlock", "not_a_database", "damaged", "disk_full",
    "disk_failed", "unreachable", "no_database", "denied", "too_many_connections",
]  # fmt: skip

_SQLITE: dict[int, Code] = {
    driver().SQLITE_BUSY: "locked",
    driver().SQLITE_LOCKED: "locked",
    driver().SQLITE_READONLY: "read_only",
    driver().SQLITE_CANTOPEN: "cannot_open",
    driver().SQLITE_NOTADB: "not_a_database",
    driver().SQLITE_CORRUPT: "damaged",
    driver().SQLITE_FULL: "disk_full",
    driver().SQLITE_IOERR: "disk_failed",
}
_POSTGRES: dict[str, Code] = {
    "55P03": "locked",
    "40P01": "deadlock",
    "40001": "deadlock",
    "25006": "read_only",
    "42501": "denied",
    "53100": "disk_full",
    "53300": "too_many_connections",
    "3D000": "no_database",
    "28P01": "denied",
    "28000": "denied",
}
_LOST = ("08", "57P")
"""SQLSTATE classes of a connection that failed or a server that went away."""


_PASSING: frozenset[Code] = frozenset({"locked", "deadlock", "too_many_connections"})
"""Troubles that pass by themselves: the request failed, but nothing has to be put right."""


class DatabaseError(DuchaError):
    """The database cannot be used as it is; ``where`` names it, without its password."""

    area = "storage"
    of_the_installation = True

    def __init__(self, code: Code, where: str, **params: object) -> None:
        super().__init__(code, where=where, **params)
        self.where = where
        self.outcome = Outcome.FAILED if code in _PASSING else Outcome.NOT_FOUND


class RowsUnreadable(DuchaError):
    """Rows of the database cannot be read; ``rows`` names them."""

    area = "storage"

    def __init__(self, rows: str, count: int) -> None:
        super().__init__("rows_unreadable", rows=rows, count=count)


class Overtaken(DuchaError):
    """Someone else wrote first; nothing was saved."""

    area = "storage"

    def __init__(self, detail: str) -> None:
        super().__init__("overtaken")
        self.detail = detail


def database_error_of(error: Exception, where: str, busy_seconds: float) -> DatabaseError | None:
    """The trouble a driver's error amounts to; None when it is a fault of the program or a constraint at work."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = _sqlite_code(cause) if isinstance(cause, driver().Error) else _postgres_code(cause)
    if code is None:
        return None
    return DatabaseError(code, where, seconds=f"{busy_seconds:g}", detail=str(cause).strip())


def _sqlite_code(error: BaseException | None) -> Code | None:
    # The low byte is the primary result code, the rest says more than the cure needs.
    return _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)


def _postgres_code(error: BaseException | None) -> Code | None:
    state = getattr(error, "sqlstate", None)
    if state is None:
        return _unreached(str(error)) if type(error).__name__ == "OperationalError" else None
    return _POSTGRES.get(state) or ("unreachable" if str(state).startswith(_LOST) else None)


def _unreached(message: str) -> Code:
    """libpq gives no SQLSTATE for a refused start of a session, only words."""
    if "password authentication failed" in message or "no pg_hba.conf entry" in message:
        return "denied"
    if 'database "' in message and "does not exist" in message:
        return "no_database"
    return "unreachable"
