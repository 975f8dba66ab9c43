"""Jurisdictions of a database: entered from TOML with units and accounts, listed and shown."""

from __future__ import annotations

from hashlib import sha256

import calendars
import regulations
from casework.administration.jurisdiction_models import JurisdictionEntry, JurisdictionRow, JurisdictionView
from casework.administration.jurisdiction_setup import set_up
from casework.clock import SHANGHAI, Clock
from casework.errors import NotFound
from regulations import Jurisdiction, Roster
from storage.engine import Session
from storage.people import accounts, jurisdictions, successions
from storage.people.jurisdictions import StoredJurisdiction


def enter(
    session: Session, clock: Clock, by: str, data: str, name: str, roster: Roster | None = None, *, dry: bool = False
) -> JurisdictionEntry:
    """Enter a jurisdiction from its TOML text; one with the same code is replaced and keeps its units and accounts.

    ``name`` is the source file, ``by`` the person who enters it; ``dry`` returns the same result and changes nothing.
    Raises JurisdictionRefused, calendars.CalendarRefused for an unknown region, and NotFound when there is no roster.
    """
    new = regulations.read_jurisdiction(data, name)
    calendars.load(new.region)
    listed = roster if roster is not None else new.roster()
    there = tuple(successions.standing(session, new.code))
    if not listed and not there:
        raise NotFound("roster_missing", jurisdiction=new.code)
    regulations.read_jurisdiction(data, name, (*there, *listed))
    before = {one.jurisdiction.code: one for one in jurisdictions.stored(session)}
    digest = sha256(data.encode()).hexdigest()
    unchanged = new.code in before and before[new.code].sha256 == digest
    with session.begin_nested() as savepoint:
        if not unchanged:
            jurisdictions.put(session, new.code, data, clock.now(), by)
        done = set_up(session, new.code, listed, clock=clock)
        view = _view(session, _stored(session, new.code))
        if dry:
            savepoint.rollback()
    others = [one.jurisdiction for one in before.values() if one.jurisdiction.code != new.code]
    return JurisdictionEntry(
        **dict(view),
        dry_run=dry,
        unchanged=unchanged,
        units_added=view.units - len(there),
        accounts_added=done["accounts"],
        replaces=None if unchanged or new.code not in before else before[new.code].source,
        same_prefix=tuple(other.code for other in others if other.case_prefix == new.case_prefix),
    )


def list_jurisdictions(session: Session) -> list[JurisdictionRow]:
    """Every jurisdiction of the package and of the database, with its source and its number of units and accounts."""
    return [_view(session, one) for one in jurisdictions.stored(session)]


def show_jurisdiction(session: Session, code: str) -> JurisdictionView:
    """A jurisdiction with its offices. Raises regulations.UnknownJurisdiction."""
    found = _stored(session, code)
    home = found.jurisdiction
    return JurisdictionView(
        **dict(_view(session, found)),
        national=home.national,
        division_code=home.division_code,
        roster_note=home.roster_note,
        offices=dict(home.offices),
        offices_en=dict(home.offices_en),
    )


def _stored(session: Session, code: str) -> StoredJurisdiction:
    home: Jurisdiction = jurisdictions.load(session, code)
    return next(one for one in jurisdictions.stored(session) if one.jurisdiction.code == home.code)


def _view(session: Session, found: StoredJurisdiction) -> JurisdictionRow:
    home = found.jurisdiction
    entered_at = found.entered_at.astimezone(SHANGHAI).replace(microsecond=0) if found.entered_at else None
    return JurisdictionRow(
        jurisdiction=home.code,
        name=home.name,
        instruments=dict(home.instruments),
        region=home.region,
        case_prefix=home.case_prefix,
        units=len(successions.standing(session, home.code)),
        accounts=len(accounts.active(session, home.code)),
        source=found.source,
        sha256=found.sha256,
        entered_at=entered_at,
        entered_by=found.entered_by,
    )
