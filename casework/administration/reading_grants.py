"""Reading several jurisdictions: granted by the authority of the one that is read, on record there, and revocable.

The account reads the other jurisdiction as far as its roles let it read all of its own; it acts in its own alone.
"""

from __future__ import annotations

from pydantic import Field

from access.policy import Read
from access.reader import Reader
from casework.acts.act_models import ActRequest
from casework.acts.request_context import account_named, open_context
from casework.clock import Clock
from casework.errors import NotFound, NotPermitted, RefusedByRule
from messages.answers import Answer
from states.engine.case import Actor, Role
from storage.engine import Session
from storage.journal import account_journal
from storage.people import jurisdictions, reading_grants
from storage.people.reading_grants import ReadingGrant


class ReadingGrantView(Answer):
    """An account of another jurisdiction that may read this one, or might."""

    jurisdiction: str = Field(description="code of the jurisdiction that is read")
    home: str = Field(description="code of the jurisdiction of the account")
    account: str = Field(description="name of the account")
    active: bool = Field(description="whether the account may read now")
    reason: str = Field(description="why it was granted, or revoked")


def grant_reading(session: Session, clock: Clock, asked: ActRequest, reader: str, reason: str) -> ReadingGrantView:
    """Let an account of another jurisdiction, written CODE:NAME, read the authority's jurisdiction.

    Raises NotPermitted for all but the authority and for an account that is not there, RefusedByRule for an account of
    the same jurisdiction and where it may read already, NotFound without a reason.
    """
    authority, account = _authority(session, clock, asked, reason), account_named(session, reader)
    if account.jurisdiction == authority.jurisdiction:
        raise RefusedByRule("reads_its_own", name=account.name)
    if authority.jurisdiction in reading_grants.granted(session, account.jurisdiction, account.name):
        raise RefusedByRule("reads_already", name=reader)
    return _change(session, clock, authority, account, reason, active=True)


def revoke_reading(session: Session, clock: Clock, asked: ActRequest, reader: str, reason: str) -> ReadingGrantView:
    """End such a grant. Raises NotPermitted, NotFound where there is none or no reason."""
    authority, account = _authority(session, clock, asked, reason), account_named(session, reader)
    if authority.jurisdiction not in reading_grants.granted(session, account.jurisdiction, account.name):
        raise NotFound("no_reading_grant", name=reader)
    return _change(session, clock, authority, account, reason, active=False)


def list_grants(session: Session, reader: Reader, jurisdiction: str | None = None) -> list[ReadingGrantView]:
    """Who of other jurisdictions may read this one or might, for readers who may see the accounts of all of it.

    Raises regulations.UnknownJurisdiction.
    """
    reader.note(Read.ACCOUNTS, jurisdiction=jurisdiction)
    asked = {one.code for one in jurisdictions.asked_about(session, jurisdiction)}
    return [
        _view(one)
        for one in reading_grants.grants(session)
        if one.jurisdiction in asked and reader.sees_jurisdiction(Read.ACCOUNTS, one.jurisdiction)
    ]


def _authority(session: Session, clock: Clock, asked: ActRequest, reason: str) -> Actor:
    """The authority of the jurisdiction that is to be read."""
    actor = open_context(session, clock, asked.actor, asked.on, jurisdiction=asked.jurisdiction).acting_for(
        asked.jurisdiction
    )
    if not actor.holds(Role.AUTHORITY):
        raise NotPermitted("authority_only", name=actor.name)
    if not reason.strip():
        raise NotFound("reason_missing")
    return actor


def _change(
    session: Session, clock: Clock, authority: Actor, account: Actor, reason: str, *, active: bool
) -> ReadingGrantView:
    grant = ReadingGrant(authority.jurisdiction, account.jurisdiction, account.name, active, reason.strip())
    account_journal.grant(session, grant, authority.name, clock.now())
    return _view(grant)


def _view(grant: ReadingGrant) -> ReadingGrantView:
    return ReadingGrantView(**{name: getattr(grant, name) for name in ReadingGrant.__slots__})
