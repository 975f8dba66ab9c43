"""The journal in spans: cases that follow each other and all their entries, few enough to be held at once.

A span is read in the order of the database itself, whatever that is, so that its index serves. Rows come as the driver
gives them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, select, true
from sqlalchemy.exc import DBAPIError

from storage.cases.case_rows import CASES
from storage.engine import Session
from storage.journal import stored_digest
from storage.journal.journal import JOURNAL
from storage.sqlite_driver import driver

ENTRIES: Final = 2000
"""About so many to a span."""

TOLD: Final = ("targets", "hands", "dossier")
"""Columns of a case that are JSON."""
OF_CASE: Final = (
    "id", "version", "head_hash",
    "procedure", "jurisdiction", "region", "regulation", "title", "year", "opened_on", "acted_on", "opened_by",
    "state", "kind", "unit", "parent", "root", "suspended", *TOLD,
)  # fmt: skip
"""What is read of a case; all but the first three is what ``journal.picture`` shows."""

Stored: TypeAlias = tuple[Any, ...]
"""A row as the driver gives it."""


@dataclass(frozen=True, slots=True)
class Span:
    """The cases from one id on, up to another that is not among them; without a bound, from or to the very end."""

    first: str | None = None
    until: str | None = None
    cases: int = 0
    entries: int = 0

    def within(self, case_id: ColumnElement[str]) -> ColumnElement[bool]:
        """Whether a case belongs to it."""
        bounds = [] if self.first is None else [case_id >= self.first]
        return and_(true(), *bounds, *([] if self.until is None else [case_id < self.until]))


@dataclass(frozen=True, slots=True)
class Only:
    """One case alone."""

    case_id: str

    def within(self, case_id: ColumnElement[str]) -> ColumnElement[bool]:
        """Whether a case is this one."""
        return case_id == self.case_id


def spans(session: Session) -> tuple[list[str], list[Span]]:
    """The id of every case, and the spans that hold them all and whatever lies between, in the same order."""
    ids: list[str] = []
    found: list[Span] = []
    cases, entries = 0, 0
    for case_id, version in _all(session, select(CASES.c.id, CASES.c.version).order_by(CASES.c.id)):
        if entries >= ENTRIES:
            found.append(Span(found[-1].until if found else None, case_id, cases, entries))
            cases, entries = 0, 0
        ids.append(case_id)
        cases += 1
        entries += max(1, min(version, ENTRIES))
    return ids, [*found, Span(found[-1].until if found else None, None, cases, entries)]


def cases(session: Session, span: Span | Only) -> list[Stored]:
    """The cases of a span: ``OF_CASE``."""
    wanted = [stored_digest.read(CASES.c[name], session.dialect.name) for name in OF_CASE]
    return _all(session, select(*wanted).select_from(CASES).where(span.within(CASES.c.id)))


def entries(session: Session, span: Span | Only) -> list[Stored]:
    """The entries of a span, case by case in their order: ``hashed.COLUMNS`` and the hash."""
    wanted = [stored_digest.read(JOURNAL.c[name], session.dialect.name) for name in (*stored_digest.COLUMNS, "hash")]
    query = (
        select(*wanted)
        .select_from(JOURNAL)
        .where(span.within(JOURNAL.c.case_id))
        .order_by(JOURNAL.c.case_id, JOURNAL.c.seq)
    )
    return _all(session, query)


def _all(session: Session, query: Select[Any]) -> list[Stored]:
    """Every row; on SQLite also those in which bytes were changed so that they are no longer text."""
    try:
        return _fetched(session, query)
    except (DBAPIError, driver().OperationalError) as error:
        if session.dialect.name != "sqlite" or "decode" not in str(error):
            raise
    connection: Any = session.connection.driver_connection
    connection.text_factory = _anything
    try:
        return _fetched(session, query)
    finally:
        connection.text_factory = str


def _fetched(session: Session, query: Select[Any]) -> list[Stored]:
    """Without SQLAlchemy's own rows, which take longer to make than the driver's."""
    found = session.execute(query)
    assert found.cursor is not None
    rows = list(found.cursor.fetchall())
    found.close()
    return rows


def _anything(stored: bytes) -> str:
    """Text that can be read but not hashed, where it is none."""
    return stored.decode(errors="surrogateescape")
