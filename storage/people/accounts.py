"""Accounts: who acts, by name within a jurisdiction, with which roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from messages.names import fold_name
from states.engine.case import Actor, Role
from storage.engine import Session
from storage.rows import Account, AccountRole, table
from storage.statements import BoundStatement, Statement
from storage.upsert import upsert

_ACCOUNTS, _ROLES = table(Account), table(AccountRole)
_PUT = upsert(_ACCOUNTS, keys=("jurisdiction", "name"), keep=("id",))
_ID = select(_ACCOUNTS.c.id).where(
    _ACCOUNTS.c.jurisdiction == bindparam("of"), _ACCOUNTS.c.name == bindparam("of_name")
)
_PUT_ROLES = insert(_ROLES)
_DROP_ROLES = delete(_ROLES).where(_ROLES.c.account_id == bindparam("of_account"))
_EVERY = select(_ACCOUNTS, _ROLES.c.role).join_from(
    _ACCOUNTS, _ROLES, _ROLES.c.account_id == _ACCOUNTS.c.id, isouter=True
)
_EVER = _EVERY.order_by(_ACCOUNTS.c.jurisdiction, _ACCOUNTS.c.name)
_EVER_OF = _EVERY.where(_ACCOUNTS.c.jurisdiction == bindparam("of")).order_by(_ACCOUNTS.c.name)
_ACTIVE = _EVER.where(_ACCOUNTS.c.active)
_ACTIVE_OF = _EVER_OF.where(_ACCOUNTS.c.active)
_ONE = (_ACCOUNTS.c.jurisdiction, _ACCOUNTS.c.unit, _ACCOUNTS.c.automation, _ROLES.c.role)
_OF_NAME = Statement(_EVER.with_only_columns(*_ONE).where(_ACCOUNTS.c.active, _ACCOUNTS.c.name == bindparam("of_name")))
_ACCOUNT = itemgetter(0, 1, 2)
_JURISDICTIONS = select(_ACCOUNTS.c.jurisdiction).distinct()
_HOLDERS = (
    select(_ACCOUNTS.c.name)
    .join_from(_ACCOUNTS, _ROLES, _ROLES.c.account_id == _ACCOUNTS.c.id)
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
    .where(_ACCOUNTS.c.jurisdiction == bindparam("of"), _ACCOUNTS.c.name == bindparam("of_name"))
    .values(active=bindparam("now_active"))
    .returning(_ACCOUNTS.c.id)
)


def put(session: Session, actors: Iterable[Actor]) -> None:
    """Enter accounts, or change those of the same name in the same jurisdiction.

    Their roles become exactly these, and they are active.
    """
    for actor in actors:
        session.execute(
            _PUT,
            {
                "name": actor.name, "jurisdiction": actor.jurisdiction, "unit": actor.unit,
                "automation": actor.automation, "active": True,
            },
        )  # fmt: skip
        account = session.execute(_ID, {"of": actor.jurisdiction, "of_name": actor.name}).scalar_one()
        session.execute(_DROP_ROLES, {"of_account": account})
        roles = [{"account_id": account, "role": role.value} for role in sorted(actor.roles)]
        if roles:
            session.execute(_PUT_ROLES, roles)


def switch(session: Session, jurisdiction: str, name: str, *, active: bool) -> bool:
    """Let an account act, or no longer. False when there is none of this name."""
    values = {"of": jurisdiction, "of_name": name, "now_active": active}
    return session.execute(_SWITCH, values).first() is not None


def load(session: Session, jurisdiction: str, name: str) -> Actor | None:
    """The active account of this name in a jurisdiction."""
    return next((actor for actor in of_name(session, name) if actor.jurisdiction == jurisdiction), None)


def of_name(session: Session, name: str) -> list[Actor]:
    """The active accounts of this name, one for each jurisdiction that has it, by jurisdiction."""
    found = []
    for (jurisdiction, unit, automation), group in groupby(_OF_NAME.fetch_all(session, {"of_name": name}), _ACCOUNT):
        roles = frozenset(Role(row[-1]) for row in group if row[-1] is not None)
        found.append(Actor(name, roles, jurisdiction, unit, automation))
    return found


def spelt_like(session: Session, name: str) -> list[Actor]:
    """The active accounts whose names have the plain form of this one, in all jurisdictions."""
    plain = fold_name(name)
    return [actor for actor in _actors(session.execute(_ACTIVE).all()) if fold_name(actor.name) == plain]


def to_find(name: str) -> BoundStatement:
    """The statement of ``of_name``, to be fetched ahead."""
    return _OF_NAME, {"of_name": name}


def active(session: Session, jurisdiction: str) -> list[Actor]:
    """The active accounts of a jurisdiction by name."""
    return list(_actors(session.execute(_ACTIVE_OF, {"of": jurisdiction}).all()))


def entered(session: Session, jurisdiction: str) -> dict[str, Actor]:
    """Every account that was ever entered in a jurisdiction, closed ones among them, by name."""
    return {actor.name: actor for actor in _actors(session.execute(_EVER_OF, {"of": jurisdiction}).all())}


def jurisdictions(session: Session) -> set[str]:
    """The codes of the jurisdictions that have accounts."""
    return set(session.execute(_JURISDICTIONS).scalars())


def account_views(session: Session, jurisdiction: str | None = None) -> dict[str, dict[str, dict[str, Any]]]:
    """What is on record of every account that was ever entered, by jurisdiction and name, as plain JSON values.

    Of one jurisdiction, or of all.
    """
    found: dict[str, dict[str, dict[str, Any]]] = {} if jurisdiction is None else {jurisdiction: {}}
    rows = session.execute(_EVER) if jurisdiction is None else session.execute(_EVER_OF, {"of": jurisdiction})
    for row in rows:
        blank = {"active": row.active, "automation": row.automation, "roles": [], "unit": row.unit}
        one = found.setdefault(row.jurisdiction, {}).setdefault(row.name, blank)
        if row.role is not None:
            one["roles"] = sorted([*one["roles"], row.role])
    return found


def holders(session: Session, jurisdiction: str, role: Role) -> list[str]:
    """The names of the people (not automation accounts) who hold the role."""
    return list(session.execute(_HOLDERS, {"of": jurisdiction, "of_role": role.value}).scalars())


def _actors(rows: Iterable[Row[Any]]) -> Iterator[Actor]:
    for _, group in groupby(rows, key=lambda row: row.id):
        same = list(group)
        first = same[0]
        roles = frozenset(Role(row.role) for row in same if row.role is not None)
        yield Actor(first.name, roles, first.jurisdiction, first.unit, first.automation)
