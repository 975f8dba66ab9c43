"""Every change of an account on record: who, when, what it was and what it became, one chain for each jurisdiction.

Accounts are changed through this module, so that none is without its entry; ``breaks`` finds those that were changed
beside it. The heads of the chains are anchored with those of the cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final, Literal

from sqlalchemy import select

from states.engine.case import Actor
from storage import canonical, case_numbers
from storage.engine import Session
from storage.journal.record_chain import RecordChain
from storage.journal.verification import ChainBreak
from storage.people import accounts, reading_grants
from storage.people.reading_grants import ReadingGrant
from storage.rows import AccountChange, table

CHANGES = table(AccountChange)
CHAIN: Final = "accounts:"
"""What a chain is called where cases are called by their ids: ``accounts:TL``."""
Act = Literal["known", "entered", "changed", "closed"]

RECORD: Final = RecordChain(CHAIN, CHANGES)
_ORDERED = select(CHANGES).order_by(CHANGES.c.jurisdiction, CHANGES.c.seq)


@dataclass(frozen=True, slots=True)
class Change:
    """A change as it was recorded. ``known``: found standing when the record began; ``actor`` is empty when founded."""

    jurisdiction: str
    seq: int
    account: str
    act: Act
    actor: str
    recorded_at: datetime
    before: dict[str, Any]
    after: dict[str, Any]


def enter(session: Session, actors: Iterable[Actor], by: str, at: datetime) -> None:
    """Enter accounts, or change those of the same name in the same jurisdiction.

    Their roles become exactly these, and they are active.
    """
    wanted = list(actors)
    _recorded(session, wanted, lambda: accounts.put(session, wanted), by, at)


def close(session: Session, actor: Actor, by: str, at: datetime) -> None:
    """An account acts no longer."""
    _recorded(session, [actor], lambda: accounts.switch(session, actor.jurisdiction, actor.name, active=False), by, at)


def grant(session: Session, wanted: ReadingGrant, by: str, at: datetime) -> None:
    """Let an account of another jurisdiction read this one, or no longer."""
    # Other changes to accounts of the jurisdiction wait here until this transaction ends.
    case_numbers.next_case_number(session, wanted.jurisdiction, "accounts")
    was = _standing(session, wanted.jurisdiction).get(wanted.reader, {})
    reading_grants.put(session, wanted)
    now = _standing(session, wanted.jurisdiction)[wanted.reader]
    _append(session, wanted.jurisdiction, [(wanted.reader, was, now)], by, at)


def _standing(session: Session, jurisdiction: str) -> dict[str, dict[str, Any]]:
    """The accounts of a jurisdiction and the readers from other ones, as they stand."""
    own, guests = accounts.account_views(session, jurisdiction), reading_grants.grant_views(session, jurisdiction)
    return {**own[jurisdiction], **guests.get(jurisdiction, {})}


def changes(session: Session, jurisdiction: str, account: str | None = None) -> list[Change]:
    """The changes of the accounts of a jurisdiction, or of one of them, in their order."""
    query = _ORDERED.where(CHANGES.c.jurisdiction == jurisdiction)
    if account is not None:
        query = query.where(CHANGES.c.account == account)
    return [_read(dict(row._mapping)) for row in session.execute(query)]


def breaks(session: Session) -> Iterator[ChainBreak]:
    """The first break of every chain; where a chain holds, every account that is not what it tells."""
    told: dict[str, dict[str, tuple[int, Any]]] = {}
    rows = [dict(row._mapping) for row in session.execute(_ORDERED)]
    for jurisdiction, found in groupby(rows, key=lambda row: str(row["jurisdiction"])):
        chain = list(found)
        broken = RECORD.first_break(jurisdiction, chain)
        if broken is not None:
            yield broken
        else:
            told[jurisdiction] = {row["account"]: (row["seq"], canonical.loads(row["after"])) for row in chain}
    broken_off = {str(row["jurisdiction"]) for row in rows} - told.keys()
    standing, guests = accounts.account_views(session), reading_grants.grant_views(session)
    standing = {home: {**standing.get(home, {}), **guests.get(home, {})} for home in standing.keys() | guests.keys()}
    for jurisdiction in sorted((told.keys() | standing.keys()) - broken_off):
        recorded, there = told.get(jurisdiction, {}), standing.get(jurisdiction, {})
        for name in sorted(recorded.keys() | there.keys()):
            seq, after = recorded.get(name, (0, None))
            if after != there.get(name):
                yield ChainBreak(f"{CHAIN}{jurisdiction}:{name}", seq, "account")


def _recorded(session: Session, actors: list[Actor], change: Callable[[], object], by: str, at: datetime) -> None:
    """Make a change of accounts, and an entry for each that is another than before."""
    homes = sorted({actor.jurisdiction for actor in actors})
    for jurisdiction in homes:
        # Other changes to accounts of the jurisdiction wait here until this transaction ends.
        case_numbers.next_case_number(session, jurisdiction, "accounts")
    before = {home: accounts.account_views(session, home)[home] for home in homes}
    change()
    for jurisdiction in homes:
        was, now = before[jurisdiction], accounts.account_views(session, jurisdiction)[jurisdiction]
        names = sorted({actor.name for actor in actors if actor.jurisdiction == jurisdiction})
        _append(session, jurisdiction, [(name, was.get(name, {}), now[name]) for name in names], by, at)


def _append(session: Session, jurisdiction: str, found: Iterable[tuple[str, Any, Any]], by: str, at: datetime) -> None:
    rows = list[dict[str, Any]]()
    for name, was, now in found:
        if was == now:
            continue
        act: Act = "entered" if not was else "changed" if now["active"] else "closed"
        rows.append(
            {
                "account": name, "act": act, "actor": by, "recorded_at": at,
                "before": canonical.dumps(was), "after": canonical.dumps(now),
            }
        )  # fmt: skip
    RECORD.append(session, jurisdiction, rows)


def _read(row: Mapping[str, Any]) -> Change:
    kept = {name: row[name] for name in Change.__slots__}
    return Change(**{**kept, "before": canonical.loads(row["before"]), "after": canonical.loads(row["after"])})
