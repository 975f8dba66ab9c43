"""Accounts: listed for readers who may see them; only an administrator adds and closes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import Field

from access.policy import Read, Scope
from access.reader import Reader
from casework.acts.act_models import ActRequest
from casework.acts.request_context import open_context
from casework.administration.open_duties import OpenDuty, last_offices, open_duties
from casework.clock import SHANGHAI, Clock
from casework.errors import NotFound, NotPermitted, RefusedByRule
from messages.answers import Answer
from messages.names import fold_name, lookalike_key
from regulations import Jurisdiction, office_name
from states.engine.case import Actor, Role
from storage.engine import Session
from storage.journal import account_journal
from storage.journal.account_journal import Change
from storage.people import accounts, jurisdictions, successions, units


class AccountView(Answer):
    """An active account."""

    name: str = Field(description="name")
    roles: tuple[str, ...] = Field(description="codes of its roles")
    role_names: tuple[str, ...] = Field(description="what the jurisdiction calls the offices that hold them")
    unit: str | None = Field(description="code of the unit it belongs to")
    unit_name: str = Field(description="name of that unit")
    jurisdiction: str = Field(description="code of the jurisdiction")
    automation: bool = Field(description="whether the service acts under it, and no person")


class ClosedAccount(Answer):
    """An account that was closed."""

    name: str = Field(description="name")
    active: bool = Field(description="always false")
    open_duties: tuple[OpenDuty, ...] = Field((), description="what the account still had to do")


class AccountChangeView(Answer):
    """A change of an account, as it was recorded."""

    jurisdiction: str = Field(description="code of the jurisdiction")
    seq: int = Field(description="number of the change within the jurisdiction, from 1")
    account: str = Field(description="name of the account")
    act: str = Field(description="`known`, `entered`, `changed` or `closed`")
    actor: str = Field(description="account that made the change; empty where the database was set up")
    recorded_at: datetime = Field(description="time it was recorded, in Asia/Shanghai")
    before: dict[str, Any] = Field(description="roles, unit and state before; empty for a new account")
    after: dict[str, Any] = Field(description="roles, unit and state after")


def list_accounts(session: Session, reader: Reader, jurisdiction: str | None = None) -> list[AccountView]:
    """The active accounts of one jurisdiction, or of all jurisdictions set up in the database, by name.

    Raises regulations.UnknownJurisdiction.
    """
    reader.note(Read.ACCOUNTS, jurisdiction=jurisdiction)
    rows = []
    for one in jurisdictions.asked_about(session, jurisdiction):
        names = successions.names(session, [one.code])[one.code]
        rows += [_view(actor, one, names) for actor in accounts.active(session, one.code) if reader.sees_account(actor)]
    return rows


def add_account(
    session: Session,
    clock: Clock,
    asked: ActRequest,
    name: str,
    roles: Sequence[Role],
    unit: str | None = None,
    *,
    replace: bool = False,
) -> AccountView:
    """Add an account to the administrator's jurisdiction; with ``replace``, set roles and unit of one that exists.

    An account that exists, or existed, is not changed silently. The service account cannot be changed, and a needed
    office keeps a holder. Raises NotPermitted, NotFound, RefusedByRule, regulations.UnknownJurisdiction.
    """
    administrator = _administrator(session, clock, asked)
    home = jurisdictions.load(session, administrator.jurisdiction)
    entered = accounts.entered(session, home.code)
    name = _as_entered(name, entered)
    known = entered.get(name)
    if known is not None and known.automation:
        raise NotPermitted("service_account_fixed", name=name)
    found = units.load(session, home.code, unit) if unit else None
    if unit and found is None:
        raise NotFound("unit_unknown", unit=unit)
    if unit and successions.load(session, home.code).ended_by(unit):
        raise NotFound("unit_ended", unit=unit)
    if Role.TARGET_OFFICER in roles and unit is None:
        raise NotFound("officer_without_unit", name=name)
    actor = Actor(name, frozenset(roles), home.code, unit)
    if known is None:
        _require_no_lookalike(name, entered)
    else:
        _require_change_is_meant(session, known, actor, home, replace=replace)
    account_journal.enter(session, [actor], administrator.name, clock.now())
    return _view(actor, home, {unit: found.name} if unit and found else {})


def close_account(session: Session, clock: Clock, asked: ActRequest, name: str) -> ClosedAccount:
    """Close an account of the administrator's jurisdiction: it can no longer act; its past acts remain.

    Answers what it still had to do; refuses for the last holder of a needed office. Raises NotPermitted, NotFound,
    RefusedByRule, regulations.UnknownJurisdiction.
    """
    administrator = _administrator(session, clock, asked)
    name = _as_entered(name, accounts.entered(session, administrator.jurisdiction))
    actor = accounts.load(session, administrator.jurisdiction, name)
    if actor is None:
        raise NotFound("account_missing", name=name)
    _require_holders(session, actor, jurisdictions.load(session, administrator.jurisdiction))
    duties = open_duties(session, actor)
    account_journal.close(session, actor, administrator.name, clock.now())
    return ClosedAccount(name=name, active=False, open_duties=duties)


def _as_entered(written: str, entered: Mapping[str, Actor]) -> str:
    """The name as the account has it, whose spelling may be older; of a new account, the plain form."""
    if written in entered:
        return written
    plain = fold_name(written)
    return next((name for name in entered if fold_name(name) == plain), plain)


def _require_no_lookalike(name: str, entered: Mapping[str, Actor]) -> None:
    """No account, closed ones among them, has a name that a reader would take for this one."""
    key = lookalike_key(name)
    if twin := next((other for other in entered if lookalike_key(other) == key), None):
        raise RefusedByRule("account_lookalike", name=name, other=twin)


def _require_change_is_meant(
    session: Session, known: Actor, wanted: Actor, home: Jurisdiction, *, replace: bool
) -> None:
    """An account that exists changes only where that is asked for, and leaves no needed office empty."""
    active = accounts.load(session, home.code, known.name) is not None
    if active and known == wanted:
        return
    if not replace:
        roles = "、".join(office_name(role, home) for role in sorted(known.roles))
        code = "account_exists" if active else "account_was_closed"
        raise RefusedByRule(code, name=known.name, roles=roles, unit=known.unit or "—")
    if active:
        moved = known.unit != wanted.unit
        keeps = wanted.roles - {Role.TARGET_OFFICER} if moved else wanted.roles
        _require_holders(session, known, home, keeps)


def _require_holders(session: Session, actor: Actor, home: Jurisdiction, keeps: frozenset[Role] = frozenset()) -> None:
    """Somebody else holds each needed office that this account gives up."""
    if last := last_offices(session, actor, keeps):
        offices = "、".join(office_name(role, home) for role in last)
        raise RefusedByRule("last_holder", name=actor.name, offices=offices)


def account_history(
    session: Session, reader: Reader, jurisdiction: str, name: str | None = None
) -> list[AccountChangeView]:
    """Every change of the accounts of a jurisdiction, or of one account: time, actor, values before and after.

    Raises NotFound when no account visible to the reader ever had this name, regulations.UnknownJurisdiction.
    """
    found = [one for one in account_journal.changes(session, jurisdiction, name) if _is_shown(reader, one)]
    reader.note(Read.ACCOUNT_HISTORY, jurisdiction=jurisdiction, found=bool(found) or name is None)
    jurisdictions.load(session, jurisdiction)
    if name is not None and not found:
        raise NotFound("account_missing", name=name)
    return [_change(one) for one in found]


def _is_shown(reader: Reader, change: Change) -> bool:
    if reader.account is None or reader.sees_jurisdiction(Read.ACCOUNT_HISTORY, change.jurisdiction):
        return True
    own = change.jurisdiction == reader.jurisdiction and change.account == reader.account.name
    return own and Scope.OWN in reader.scopes(Read.ACCOUNT_HISTORY)


def _administrator(session: Session, clock: Clock, asked: ActRequest) -> Actor:
    """The requesting administrator: of the named jurisdiction, or of their own when none is named."""
    request = open_context(session, clock, asked.actor, asked.on, jurisdiction=asked.jurisdiction)
    actor = request.acting_for(asked.jurisdiction)
    if not actor.holds(Role.ADMINISTRATOR):
        raise NotPermitted("administrator_only", name=actor.name)
    return actor


def _view(actor: Actor, home: Jurisdiction, names: Mapping[str, str]) -> AccountView:
    roles = sorted(actor.roles)
    return AccountView(
        name=actor.name,
        roles=tuple(role.value for role in roles),
        role_names=tuple(office_name(role, home) for role in roles),
        unit=actor.unit,
        unit_name=names.get(actor.unit, actor.unit) if actor.unit else "",
        jurisdiction=actor.jurisdiction,
        automation=actor.automation,
    )


def _change(change: Change) -> AccountChangeView:
    return AccountChangeView(
        jurisdiction=change.jurisdiction,
        seq=change.seq,
        account=change.account,
        act=change.act,
        actor=change.actor,
        recorded_at=change.recorded_at.astimezone(SHANGHAI).replace(microsecond=0),
        before=change.before,
        after=change.after,
    )
