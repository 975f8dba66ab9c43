"""Accounts: who acts, by name, with which roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from states.engine.case import Actor, Role
from storage.engine import Session
from storage.rows import Account, AccountRole, table
from storage.upsert import upsert

_ACCOUNTS, _ROLES = table(Account), table(AccountRole)
_PUT = upsert(_ACCOUNTS, keys=("name",))
_PUT_ROLES = insert(_ROLES)
_DROP_ROLES = delete(_ROLES).where(_ROLES.c.account == bindparam("of_account"))
_EVER = (
    select(_ACCOUNTS, _ROLES.c.role)
    .join_from(_ACCOUNTS, _ROLES, _ROLES.c.account == _ACCOUNTS.c.name, isouter=True)
    .order_by(_ACCOUNTS.c.name)
)
_ACTIVE = _EVER.where(_ACCOUNTS.c.active)
_LOAD = _ACTIVE.where(_ACCOUNTS.c.name == bindparam("of_name"))
_ALL = _ACTIVE.where(_ACCOUNTS.c.jurisdiction == bindparam("of"))
_HOLDERS = (
    select(_ACCOUNTS.c.name)
    .join_from(_ACCOUNTS, _ROLES, _ROLES.c.account == _ACCOUNTS.c.name)
    .where(
        _ACCOUNTS.c.active,
        _ACCOUNTS.c.automation.is_(False),
        _ACCOUNTS.c.jurisdiction == bindparam("of"),
        _ROLES.c.role == bindparam("of_role"),
    )
    .order_by(_ACCOUNTS.c.name)
)
_SWITCH = (
    update(_ACCOUNTS)
    .where(_ACCOUNTS.c.name == bindparam("of_name"))
    .values(active=bindparam("now_active"))
    .returning(_ACCOUNTS.c.name)
)


def put(session: Session, actors: Iterable[Actor]) -> None:
    """Enter accounts, or change those of the same name; their roles become exactly these, and they are active."""
    for actor in actors:
        session.execute(
            _PUT,
            {
                "name": actor.name, "jurisdiction": actor.jurisdiction, "unit": actor.unit,
                "automation": actor.automation, "active": True,
            },
        )  # fmt: skip
        session.execute(_DROP_ROLES, {"of_account": actor.name})
        roles = [{"account": actor.name, "role": role.value} for role in sorted(actor.roles)]
        if roles:
            session.execute(_PUT_ROLES, roles)


def switch(session: Session, name: str, *, active: bool) -> bool:
    """Let an account act, or no longer. False when there is none of this name."""
    return session.execute(_SWITCH, {"of_name": name, "now_active": active}).first() is not None


def load(session: Session, name: str) -> Actor | None:
    """The active account of this name."""
    return next(_actors(session.execute(_LOAD, {"of_name": name}).all()), None)


def active(session: Session, jurisdiction: str) -> list[Actor]:
    """The active accounts of a jurisdiction by name."""
    return list(_actors(session.execute(_ALL, {"of": jurisdiction}).all()))


def entered(session: Session) -> dict[str, Actor]:
    """Every account that was ever entered, in whichever jurisdiction, closed ones among them, by name."""
    return {actor.name: actor for actor in _actors(session.execute(_EVER).all())}


def account_views(session: Session) -> dict[str, dict[str, dict[str, Any]]]:
    """What is on record of every account that was ever entered, by jurisdiction and name, as plain JSON values."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in session.execute(_EVER):
        blank = {"active": row.active, "automation": row.automation, "roles": [], "unit": row.unit}
        one = found.setdefault(row.jurisdiction, {}).setdefault(row.name, blank)
        if row.role is not None:
            one["roles"] = sorted([*one["roles"], row.role])
    return found


def holders(session: Session, jurisdiction: str, role: Role) -> list[str]:
    """The names of the people (not automation accounts) who hold the role."""
    return list(session.execute(_HOLDERS, {"of": jurisdiction, "of_role": role.value}).scalars())


def _actors(rows: Iterable[Row[Any]]) -> Iterator[Actor]:
    for _, group in groupby(rows, key=lambda row: row.name):
        same = list(group)
        first = same[0]
        roles = frozenset(Role(row.role) for row in same if row.role is not None)
        yield Actor(first.name, roles, first.jurisdiction, first.unit, first.automation)
