"""Opening a read: its reader, what of a case it may show, and its entry in the access record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from access.access_record import record
from access.policy import Read
from access.reader import Reader, operator
from access.visible_cases import VisibleCase, load_visible, open_reader
from casework.acts.request_context import account_named
from casework.clock import Clock
from casework.errors import NotFound, NotPermitted
from storage.cases import cases
from storage.engine import Database, Session


@contextmanager
def reading_as(
    database: Database, clock: Clock, account: str | None, *, request: str | None = None
) -> Iterator[tuple[Session, Reader]]:
    """A read-only transaction and its reader; the reads are recorded after the transaction has ended.

    Without an account the reader is the machine's operator. Raises NotPermitted when there is no such account.
    """
    reader = operator()
    try:
        with database.reading() as session:
            reader = reader_of(session, account)
            yield session, reader
    finally:
        record(database, reader, clock.now(), request=request)


def reader_of(session: Session, account: str | None) -> Reader:
    """The reader for the account named NAME or CODE:NAME; None is the machine's operator.

    Raises NotPermitted when no account, or more than one, has this name.
    """
    return open_reader(session, None if account is None else account_named(session, account))


def require_verification(session: Session, reader: Reader, case_id: str | None) -> None:
    """Raises NotPermitted, or NotFound for a case, unless the reader may verify; anchors cover every jurisdiction."""
    if case_id is not None and cases.load(session, case_id) is not None:
        visible_case(session, reader, Read.VERIFICATION, case_id)
        return
    allowed = reader.account is None or reader.sees_jurisdiction(Read.VERIFICATION, reader.account.jurisdiction)
    reader.note(Read.VERIFICATION, case=case_id, found=allowed)
    if reader.account is not None and not allowed:
        raise NotPermitted("auditor_only", name=reader.account.name)


def visible_case(session: Session, reader: Reader, read: Read, case_id: str) -> VisibleCase:
    """The case with this id as the reader may see it. Raises NotFound when the reader sees no such case."""
    found = load_visible(session, reader, read, case_id)
    if found is None:
        reader.note(read, case=case_id, found=False)
        raise NotFound("case_unknown", case=case_id)
    reader.note(read, jurisdiction=found.case.jurisdiction, case=case_id, unit=found.case.unit)
    return found
