"""Answers about messages to people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from pydantic import Field

from messages.answers import Answer
from regulations import Jurisdiction, office_name
from storage.messages.notices import Notice

NO_UNITS: Final[Mapping[str, str]] = MappingProxyType({})


class MessageView(Answer):
    """A message to one recipient, whether or not it was mailed as well."""

    key: str = Field(description="key that makes it the only one of its kind")
    kind: str = Field(description="`task`, `deadline`, `moved` (a new due date) or `retraction`")
    dated_on: date = Field(description="date it bears")
    case: str | None = Field(description="id of the case it is about")
    root: str | None = Field(description="id of the inspection that case belongs to")
    rung: str | None = Field(description="code of the reminder; null for a task")
    jurisdiction: str = Field(description="code of the jurisdiction")
    recipient_roles: tuple[str, ...] = Field(description="codes of the roles it is addressed to")
    recipient_names: tuple[str, ...] = Field(description="what the jurisdiction calls the offices that hold them")
    recipient: str | None = Field(description="code of the unit it is addressed to; null for every holder of the role")
    recipient_unit: str | None = Field(None, description="name of that unit, where messages are listed")
    subject: str = Field(description="subject")
    text: str = Field(description="text")
    superseded: bool = Field(description="whether it no longer holds: its date has moved, or it was withdrawn")
    mail: str = Field(description="`none`, `queued`, `sent` or `failed`")


def message_view(notice: Notice, home: Jurisdiction | None, units: Mapping[str, str] = NO_UNITS) -> MessageView:
    """A message as it is answered; the roles it goes to are called what the jurisdiction calls their offices.

    ``units`` are the names of units by code.
    """
    roles = tuple(notice.recipient_role.split(","))
    return MessageView(
        key=notice.key,
        kind=notice.kind,
        dated_on=notice.dated_on,
        case=notice.case_id,
        root=notice.root,
        rung=notice.rung,
        jurisdiction=notice.jurisdiction,
        recipient_roles=roles,
        recipient_names=tuple(office_name(role, home) for role in roles),
        recipient=notice.recipient,
        recipient_unit=units.get(notice.recipient) if notice.recipient else None,
        subject=notice.subject,
        text=notice.text,
        superseded=notice.superseded_at is not None,
        mail=notice.mail_state,
    )
