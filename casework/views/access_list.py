"""Who read what, for the auditor of a jurisdiction and the machine's operator."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from pydantic import Field
from sqlalchemy import ColumnElement, or_, true

from access.policy import Read
from access.reader import Reader
from casework.acts.names_in_data import unit_code
from casework.clock import SHANGHAI
from casework.errors import NotFound, NotPermitted
from messages.answers import Answer
from storage.cases import cases
from storage.engine import Session
from storage.people import access_records
from storage.people.access_records import ACCESS, RecordedRead


class AccessView(Answer):
    """A read, as it was recorded."""

    recorded_at: datetime = Field(description="time of the read, in Asia/Shanghai")
    account: str | None = Field(description="account that read; null for the machine's operator")
    jurisdiction: str | None = Field(description="jurisdiction that was read; null for a read of all of them")
    kind: str = Field(description="code of the kind of read")
    case: str | None = Field(description="id of the case that was asked for")
    unit: str | None = Field(description="code of the unit the read was about")
    found: bool = Field(description="whether anything was shown; false where it is not there, or not for this reader")
    request: str | None = Field(description="request id, where the read came with one")


def list_reads(
    session: Session,
    reader: Reader,
    *,
    account: str | None = None,
    kind: str | None = None,
    case_id: str | None = None,
    unit: str | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int = 200,
) -> list[AccessView]:
    """The reads that match, newest first; ``since`` and ``until`` are days in Shanghai, both included.

    An auditor sees the reads of their jurisdiction, and the operator's of all jurisdictions. Raises NotPermitted for
    every other account.
    """
    where = _visible(reader)
    unit = None if unit is None else unit_code(session, unit, reader.jurisdiction)
    if case_id is not None and cases.load(session, case_id) is None:
        raise NotFound("case_unknown", case=case_id)
    reader.note(Read.ACCESS_RECORD, case=case_id, unit=unit)
    found = access_records.find(
        session,
        where=where,
        account=account,
        kind=kind,
        case_id=case_id,
        unit=unit,
        since=_midnight(since) if since else None,
        until=_midnight(until + timedelta(days=1)) if until else None,
        limit=limit,
    )
    return [_view(one) for one in found]


def _visible(reader: Reader) -> ColumnElement[bool]:
    if reader.account is None:
        return true()
    jurisdiction = reader.account.jurisdiction
    if not reader.sees_jurisdiction(Read.ACCESS_RECORD, jurisdiction):
        reader.note(Read.ACCESS_RECORD, found=False)
        raise NotPermitted("auditor_only", name=reader.account.name)
    return or_(ACCESS.c.jurisdiction == jurisdiction, ACCESS.c.jurisdiction.is_(None))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def _view(one: RecordedRead) -> AccessView:
    return AccessView(
        recorded_at=one.recorded_at.astimezone(SHANGHAI).replace(microsecond=0),
        account=one.account,
        jurisdiction=one.jurisdiction,
        kind=one.kind,
        case=one.case_id,
        unit=one.unit,
        found=one.found,
        request=one.request,
    )
