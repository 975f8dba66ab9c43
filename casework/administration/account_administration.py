"""Accounts: listed for everybody, entered and closed by the administrator alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from casework.acts.act_models import ActRequest
from casework.acts.request_context import open_context
from casework.clock import SHANGHAI, Clock
from casework.errors import NotFound, NotPermitted
from regulations import Jurisdiction, office_name
from states.engine.case import Actor, Role
from storage.engine import Session
from storage.people import account_journal, accounts, jurisdictions, units


def list_accounts(session: Session, jurisdiction: str | None = None) -> list[dict[str, Any]]:
    """The active accounts of one jurisdiction, or of all the database works for, by name.

    Raises regulations.UnknownJurisdiction.
    """
    rows = []
    for one in jurisdictions.asked_about(session, jurisdiction):
        names = {unit.code: unit.name for unit in units.roster(session, one.code)}
        rows += [_picture(actor, one, names) for actor in accounts.active(session, one.code)]
    return rows


def add_account(
    session: Session, clock: Clock, asked: ActRequest, name: str, roles: Sequence[Role], unit: str | None = None
) -> dict[str, Any]:
    """Enter an account of the administrator's jurisdiction, or give the one of the same name exactly these roles.

    The service's own account stays as it is. Raises NotPermitted, NotFound, regulations.UnknownJurisdiction.
    """
    administrator = _administrator(session, clock, asked)
    home = jurisdictions.load(session, administrator.jurisdiction)
    known = accounts.entered(session, home.code).get(name)
    if known is not None and known.automation:
        raise NotPermitted("service_account_fixed", name=name)
    found = units.load(session, home.code, unit) if unit else None
    if unit and found is None:
        raise NotFound("unit_unknown", unit=unit)
    if Role.TARGET_OFFICER in roles and unit is None:
        raise NotFound("officer_without_unit", name=name)
    actor = Actor(name, frozenset(roles), home.code, unit)
    account_journal.enter(session, [actor], administrator.name, clock.now())
    return _picture(actor, home, {unit: found.name} if unit and found else {})


def close_account(session: Session, clock: Clock, asked: ActRequest, name: str) -> dict[str, Any]:
    """Close an account of the administrator's jurisdiction: it acts no more, and what it did stays.

    Raises NotPermitted, NotFound, regulations.UnknownJurisdiction.
    """
    administrator = _administrator(session, clock, asked)
    actor = accounts.load(session, administrator.jurisdiction, name)
    if actor is None:
        raise NotFound("account_missing", name=name)
    account_journal.close(session, actor, administrator.name, clock.now())
    return {"name": name, "active": False}


def account_history(session: Session, jurisdiction: str, name: str | None = None) -> list[dict[str, Any]]:
    """Every change of the accounts of a jurisdiction, or of one of them: when, by whom, what it was and became.

    Raises NotFound for a name that no account ever had, regulations.UnknownJurisdiction.
    """
    jurisdictions.load(session, jurisdiction)
    found = account_journal.changes(session, jurisdiction, name)
    if name is not None and not found:
        raise NotFound("account_missing", name=name)
    return [
        {**asdict(change), "recorded_at": change.recorded_at.astimezone(SHANGHAI).isoformat(timespec="seconds")}
        for change in found
    ]


def _administrator(session: Session, clock: Clock, asked: ActRequest) -> Actor:
    """Who asks: an administrator of the jurisdiction that is meant, or of their own where none is named."""
    desk = open_context(session, clock, asked.actor, asked.on, jurisdiction=asked.jurisdiction)
    actor = desk.acting_for(asked.jurisdiction)
    if not actor.holds(Role.ADMINISTRATOR):
        raise NotPermitted("administrator_only", name=actor.name)
    return actor


def _picture(actor: Actor, home: Jurisdiction, names: dict[str, str]) -> dict[str, Any]:
    return {
        "name": actor.name,
        "roles": sorted(role.value for role in actor.roles),
        "role_names": [office_name(role, home) for role in sorted(actor.roles)],
        "unit": actor.unit,
        "unit_name": names.get(actor.unit, actor.unit) if actor.unit else "",
        "jurisdiction": actor.jurisdiction,
        "automation": actor.automation,
    }
