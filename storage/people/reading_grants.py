"""Which accounts of other jurisdictions may read a jurisdiction, kept by ``storage.journal.account_journal``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from storage.engine import Session
from storage.rows import ReadingGrantRow, table
from storage.statements import Statement
from storage.upsert import upsert

SEPARATOR = ":"
_GRANTS = table(ReadingGrantRow)
_PUT = upsert(_GRANTS, keys=("jurisdiction", "home", "account"))
_EVERY = select(_GRANTS).order_by(_GRANTS.c.jurisdiction, _GRANTS.c.home, _GRANTS.c.account)
_OF = _EVERY.where(_GRANTS.c.jurisdiction == bindparam("of"))
_OF_ACCOUNT = Statement(
    select(_GRANTS.c.jurisdiction).where(
        _GRANTS.c.home == bindparam("of_home"), _GRANTS.c.account == bindparam("of_name"), _GRANTS.c.active
    )
)


@dataclass(frozen=True, slots=True)
class ReadingGrant:
    """An account of the jurisdiction ``home`` may read ``jurisdiction`` as far as its roles let it read its own."""

    jurisdiction: str
    home: str
    account: str
    active: bool
    reason: str

    @property
    def reader(self) -> str:
        """The account with its jurisdiction, as the record of the jurisdiction that is read names it: YN:省督察员."""
        return f"{self.home}{SEPARATOR}{self.account}"


def put(session: Session, grant: ReadingGrant) -> None:
    """Enter a grant, or change the one of the same account."""
    session.execute(_PUT, {name: getattr(grant, name) for name in ReadingGrant.__slots__})


def granted(session: Session, home: str, account: str) -> frozenset[str]:
    """The other jurisdictions that an account may read."""
    rows = _OF_ACCOUNT.fetch_all(session, {"of_home": home, "of_name": account})
    return frozenset(str(row[0]) for row in rows)


def grants(session: Session, jurisdiction: str | None = None) -> list[ReadingGrant]:
    """The grants of one jurisdiction, or of all, revoked ones among them."""
    rows = session.execute(_EVERY) if jurisdiction is None else session.execute(_OF, {"of": jurisdiction})
    return [ReadingGrant(**row._mapping) for row in rows]


def grant_views(session: Session, jurisdiction: str | None = None) -> dict[str, dict[str, dict[str, Any]]]:
    """What is on record of every grant, by jurisdiction and reader, as plain JSON values."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for one in grants(session, jurisdiction):
        view = {"active": one.active, "reads_only": True, "reason": one.reason, "roles": [], "unit": None}
        found.setdefault(one.jurisdiction, {})[one.reader] = view
    return found
