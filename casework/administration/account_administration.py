"""Accounts: listed for everybody, entered and closed by the administrator alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import regulations
from casework.acts.act_models import ActRequest
from casework.acts.request_context import open_context
from casework.clock import SHANGHAI, Clock
from casework.errors import NotFound, NotPermitted
from states.engine.case import Actor, Role
from storage.engine import Session
from storage.people import account_journal, accounts, units


def list_accounts(session: Session, jurisdiction: str | None = None) -> list[dict[str, Any]]:
    """The active accounts of one jurisdiction, or of all, by name."""
    codes = [jurisdiction] if jurisdiction else [one.code for one in regulations.jurisdictions()]
    rows = []
    for code in codes:
        names = {unit.code: unit.name for unit in units.roster(session, code)}
        rows += [_picture(actor, names) for actor in accounts.active(session, code)]
    return rows


def add_account(
    session: Session, clock: Clock, asked: ActRequest, name: str, roles: Sequence[Role], unit: str | None = None
) -> dict[str, Any]:
    """Enter an account, or give one of the same name exactly these roles. Raises NotPermitted, NotFound.

    Neither an account of another jurisdiction is taken over, nor the service's own, which must stay what it is.
    """
    jurisdiction = _administrator(session, clock, asked)
    known = accounts.entered(session).get(name)
    if known is not None and (known.jurisdiction != jurisdiction or known.automation):
        raise NotPermitted("account_not_yours", name=name)
    found = units.load(session, jurisdiction, unit) if unit else None
    if unit and found is None:
        raise NotFound("unit_unknown", unit=unit)
    if Role.TARGET_OFFICER in roles and unit is None:
        raise NotFound("officer_without_unit", name=name)
    actor = Actor(name, frozenset(roles), jurisdiction, unit)
    account_journal.enter(session, [actor], asked.actor, clock.now())
    return _picture(actor, {unit: found.name} if unit and found else {})


def close_account(session: Session, clock: Clock, asked: ActRequest, name: str) -> dict[str, Any]:
    """Close an account: it acts no more, and what it did stays. Raises NotPermitted, NotFound."""
    jurisdiction = _administrator(session, clock, asked)
    actor = accounts.load(session, name)
    if actor is None or actor.jurisdiction != jurisdiction:
        raise NotFound("account_missing", name=name)
    account_journal.close(session, actor, asked.actor, clock.now())
    return {"name": name, "active": False}


def account_history(session: Session, jurisdiction: str, name: str | None = None) -> list[dict[str, Any]]:
    """Every change of the accounts of a jurisdiction, or of one of them: when, by whom, what it was and became.

    Raises NotFound for a name that no account ever had.
    """
    found = account_journal.changes(session, jurisdiction, name)
    if name is not None and not found:
        raise NotFound("account_missing", name=name)
    return [
        {**asdict(change), "recorded_at": change.recorded_at.astimezone(SHANGHAI).isoformat(timespec="seconds")}
        for change in found
    ]


def _administrator(session: Session, clock: Clock, asked: ActRequest) -> str:
    actor = open_context(session, clock, asked.actor, asked.on).acting()
    if not actor.holds(Role.ADMINISTRATOR):
        raise NotPermitted("administrator_only", name=actor.name)
    return actor.jurisdiction


def _picture(actor: Actor, names: dict[str, str]) -> dict[str, Any]:
    return {
        "name": actor.name,
        "roles": sorted(role.value for role in actor.roles),
        "unit": actor.unit,
        "unit_name": names.get(actor.unit, actor.unit) if actor.unit else "",
        "jurisdiction": actor.jurisdiction,
        "automation": actor.automation,
    }
