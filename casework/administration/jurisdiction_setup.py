"""Set up a jurisdiction in a database: enter its roster and its accounts, once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casework.clock import Clock, today
from messages.names import lookalike_key
from regulations import Account, Unit
from regulations.rosters import officer_name, officer_names
from states.engine.case import Actor, Role
from storage.engine import Session
from storage.journal import account_journal, unit_journal
from storage.people import accounts, jurisdictions, successions, units


def set_up(
    session: Session, jurisdiction: str = "TL", roster: Iterable[Unit] | None = None, *, clock: Clock, by: str = ""
) -> dict[str, Any]:
    """Enter a jurisdiction's units and accounts; existing units and accounts stay as they are.

    A closed account stays closed. ``roster`` replaces the roster of the package; ``clock`` dates the records, ``by``
    is who is named in that of the units. Raises regulations.UnknownJurisdiction.
    """
    ours = jurisdictions.load(session, jurisdiction)
    listed = tuple(roster) if roster is not None else tuple(ours.roster())
    there = {unit.code for unit in units.roster(session, ours.code)}
    new = [unit for unit in listed if unit.code not in there]
    unit_journal.add(session, ours.code, new, today(clock), by, clock.now(), "")
    known = accounts.entered(session, ours.code)
    seeds = [_actor(account, ours.code) for account in ours.seed_accounts if account.name not in known]
    account_journal.enter(session, seeds, "", clock.now())
    officers = new_officers(session, ours.code, successions.standing(session, ours.code))
    account_journal.enter(session, officers, "", clock.now())
    return {
        "jurisdiction": ours.code,
        "name": ours.name,
        "units": len(listed),
        "accounts": len(seeds) + len(officers),
    }


def new_officers(
    session: Session, jurisdiction: str, of_units: Iterable[Unit], *, renamed: bool = False
) -> list[Actor]:
    """A liaison officer for each of these units that never had one, under a name that no other account has.

    ``renamed``: for a unit that has one as well, under its present name.
    """
    known = accounts.entered(session, jurisdiction)
    served = {actor.unit for actor in known.values() if actor.holds(Role.TARGET_OFFICER)}
    called = officer_names(successions.standing(session, jurisdiction))
    taken, found = set(map(lookalike_key, known)), list[Actor]()
    for unit in of_units:
        wanted = called[unit.code]
        if (unit.code in served and not renamed) or _is_theirs(known.get(wanted), unit):
            continue
        tried = (wanted, officer_name(unit), officer_name(unit, by_code=True))
        name = next((one for one in tried if lookalike_key(one) not in taken), None)
        if name is not None:
            taken.add(lookalike_key(name))
            found.append(Actor(name, frozenset({Role.TARGET_OFFICER}), jurisdiction, unit.code))
    return found


def _is_theirs(known: Actor | None, unit: Unit) -> bool:
    return known is not None and known.unit == unit.code


def _actor(account: Account, jurisdiction: str) -> Actor:
    roles = frozenset(Role(role) for role in account.roles)
    return Actor(account.name, roles, jurisdiction, account.unit, account.automation)
