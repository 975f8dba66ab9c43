"""Notices, newest first: what people were told, whether or not it was mailed as well."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.sweeping import notice_picture
from storage import notices
from storage.engine import Session


def listed(
    session: Session,
    *,
    jurisdiction: str | None = None,
    recipient: str | None = None,
    role: str | None = None,
    case_id: str | None = None,
    since: date | None = None,
    limit: int = 200,
) -> list[dict[str, Any]]:
    """The notices that match: ``recipient`` is a unit, ``case_id`` an inspection or one of its parts."""
    about = {"root": case_id} if case_id and case_id.count("-") <= 2 else {"case_id": case_id}
    found = notices.find(
        session, jurisdiction=jurisdiction, recipient=recipient, role=role, since=since, limit=limit, **about
    )
    return [notice_picture(notice) for notice in found]
