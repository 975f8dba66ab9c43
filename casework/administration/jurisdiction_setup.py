"""Set up a jurisdiction in a database: enter its roster and its accounts, once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casework.clock import Clock
from regulations import Account, Unit
from states.engine.case import Actor, Role
from storage.engine import Session
from storage.journal import account_journal
from storage.people import accounts, jurisdictions, units

OFFICER_SUFFIX = "联络员"
"""Each unit has a liaison officer, 巴川街道联络员."""


def set_up(
    session: Session, jurisdiction: str = "TL", roster: Iterable[Unit] | None = None, *, clock: Clock
) -> dict[str, Any]:
    """Enter a jurisdiction's units and accounts; existing accounts stay unchanged, existing units are updated.

    A closed account stays closed. ``roster`` replaces the roster of the package; ``clock`` dates the account
    records. Raises regulations.UnknownJurisdiction.
    """
    ours = jurisdictions.load(session, jurisdiction)
    listed = tuple(roster) if roster is not None else tuple(ours.roster())
    units.put(session, ours.code, listed)
    known = accounts.entered(session, ours.code)
    wanted = [_actor(account, ours.code) for account in ours.seed_accounts]
    wanted += [officer(unit, ours.code) for unit in units.roster(session, ours.code)]
    fresh = [actor for actor in wanted if actor.name not in known]
    account_journal.enter(session, fresh, "", clock.now())
    return {"jurisdiction": ours.code, "name": ours.name, "units": len(listed), "accounts": len(fresh)}


def officer(unit: Unit, jurisdiction: str) -> Actor:
    """The liaison officer of a unit."""
    return Actor(f"{unit.name}{OFFICER_SUFFIX}", frozenset({Role.TARGET_OFFICER}), jurisdiction, unit.code)


def _actor(account: Account, jurisdiction: str) -> Actor:
    roles = frozenset(Role(role) for role in account.roles)
    return Actor(account.name, roles, jurisdiction, account.unit, account.automation)
