"""Messages, newest first: what people were told, whether or not it was mailed as well."""

from __future__ import annotations

from datetime import date

from access.policy import Read
from access.reader import Reader
from access.visible_messages import visible_messages
from casework.views.message_models import MessageView, message_view
from storage.cases import cases
from storage.engine import Session
from storage.messages import notices
from storage.people import jurisdictions


def list_messages(
    session: Session,
    reader: Reader,
    *,
    jurisdiction: str | None = None,
    recipient: str | None = None,
    role: str | None = None,
    case_id: str | None = None,
    since: date | None = None,
    limit: int = 200,
) -> list[MessageView]:
    """The messages that match, of one jurisdiction or of all in the database.

    ``recipient`` is a unit, ``case_id`` an inspection or one of its parts. Raises regulations.UnknownJurisdiction.
    """
    reader.note(Read.MESSAGES, jurisdiction=jurisdiction, case=case_id, unit=recipient)
    homes = {one.code: one for one in jurisdictions.known(session)}
    if jurisdiction is not None:
        jurisdictions.load(session, jurisdiction)
    case = cases.load(session, case_id) if case_id else None
    whole = case is not None and case.family == case.id
    found = notices.find(
        session,
        jurisdiction=jurisdiction,
        recipient=recipient,
        role=role,
        root=case_id if whole else None,
        case_id=None if whole else case_id,
        since=since,
        limit=limit,
        where=visible_messages(reader),
    )
    return [message_view(notice, homes.get(notice.jurisdiction)) for notice in found]
