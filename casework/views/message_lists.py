"""Messages, newest first: what people were told, whether or not it was mailed as well."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, or_

from access.policy import Read
from access.reader import Reader
from access.visible_cases import load_visible
from access.visible_messages import visible_messages
from casework.acts.names_in_data import unit_code
from casework.errors import NotFound
from casework.views.message_models import MessageView, message_view
from storage.cases import cases
from storage.engine import Session
from storage.messages import notices
from storage.messages.notices import NOTICES
from storage.people import jurisdictions, units


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
    """The messages that match, of one jurisdiction or of all in the database; superseded ones are marked.

    ``recipient`` is a unit by its code or name, ``case_id`` an inspection or one of its parts. Raises
    regulations.UnknownJurisdiction, NotFound.
    """
    if jurisdiction is not None:
        jurisdiction = jurisdictions.load(session, jurisdiction).code
    if recipient is not None:
        recipient = unit_code(session, recipient, reader.jurisdiction or jurisdiction)
    reader.note(Read.MESSAGES, jurisdiction=jurisdiction, case=case_id, unit=recipient)
    homes = {one.code: one for one in jurisdictions.known(session)}
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
        superseded=None,
        limit=limit,
        # A task that was done says nothing any more; what was told about a date stays, and is shown as superseded.
        where=and_(visible_messages(reader), or_(NOTICES.c.kind != "task", NOTICES.c.superseded_at.is_(None))),
    )
    if case_id is not None and not found and load_visible(session, reader, Read.CASE, case_id) is None:
        raise NotFound("case_unknown", case=case_id)
    names = units.names(session, homes)
    return [message_view(one, homes.get(one.jurisdiction), names.get(one.jurisdiction, {})) for one in found]
