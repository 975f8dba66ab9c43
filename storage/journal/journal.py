"""The journal: one entry per act, chained by hashes, written with the case in one go.

An entry keeps what changed, so that the whole case can be told from its entries alone. The case row is written first:
it holds the head of the chain and is guarded by its version, so that two acts never continue from the same entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, select

from states.engine.case import NEW, Case
from storage import canonical
from storage.cases import hands
from storage.cases.case_rows import lasting
from storage.cases.case_writing import insert_case, save_case
from storage.engine import Session
from storage.held_cases import LockedCase
from storage.rows import JournalEntry, table
from storage.statements import inserting

JOURNAL = table(JournalEntry)
FIRST: Final = "0" * 64
"""What the first entry of a case names as the hash before it."""

_INSERT = inserting(JOURNAL)
_OF_CASE = select(JOURNAL).where(JOURNAL.c.case_id == bindparam("of_case")).order_by(JOURNAL.c.seq)
_OF_CASES = (
    select(JOURNAL)
    .where(JOURNAL.c.case_id.in_(bindparam("ids", expanding=True)))
    .order_by(JOURNAL.c.case_id, JOURNAL.c.seq)
)
_OF_FAMILY = (
    select(JOURNAL)
    .where(JOURNAL.c.root == bindparam("of_root"))
    .order_by(JOURNAL.c.recorded_at, JOURNAL.c.case_id, JOURNAL.c.seq)
)
_LAST_RECORDED = select(func.max(JOURNAL.c.recorded_at))
_OF_MOMENT = (
    select(JOURNAL.c.case_id, JOURNAL.c.seq, JOURNAL.c.act)
    .where(JOURNAL.c.root == bindparam("of_root"), JOURNAL.c.recorded_at == bindparam("at"))
    .order_by(JOURNAL.c.case_id, JOURNAL.c.seq)
)

_LAST_RECORDED = select(func.max(JOURNAL.c.recorded_at))


_CHANGING: Final[tuple[tuple[str, Callable[[Any], Any]], ...]] = (
    ("regulation", str), ("title", str), ("acted_on", date.isoformat), ("state", str), ("kind", lambda kind: kind),
    ("targets", list), ("suspended", bool),
)  # fmt: skip
"""What of a case an act may change beside its hands and its dossier, and how each is written in the journal."""


@dataclass(frozen=True, slots=True)
class Act:
    """What was done: ``on`` is the day it is dated, ``at`` the moment it was recorded, with its zone."""

    name: str
    actor: str
    role: str
    on: date
    at: datetime
    article: str
    reason: str = ""
    form: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(f"{self.name}: a time without its zone: {self.at.isoformat()}")


@dataclass(frozen=True, slots=True)
class Entry:
    """An act as it was recorded. ``before`` and ``after`` hold what changed."""

    case_id: str
    seq: int
    root: str
    act: str
    actor: str
    role: str
    acted_on: date
    recorded_at: datetime
    article: str
    reason: str
    from_state: str
    to_state: str
    form: dict[str, Any]
    before: dict[str, Any]
    after: dict[str, Any]
    prev_hash: str
    hash: str


def last_recorded(session: Session) -> datetime | None:
    """The moment at which the newest entry of all was recorded; None where there is none."""
    found: datetime | None = session.execute(_LAST_RECORDED).scalar()
    return found


def write(
    session: Session, held: LockedCase | None, after: Case, act: Act, *, open: bool, pins_anew: bool = False
) -> LockedCase:
    """Write the case after the act and the entry of it; ``held`` None opens the case.

    ``pins_anew`` is the act that pins another version of the regulation; no other act may.

    Returns what a next act in the same transaction goes on from. Raises StaleCase when somebody else acted since the
    case was read, ValueError when ``after`` is not one act further or is another case.
    """
    before = held.case if held else None
    if after.version != (before.version if before else 0) + 1:
        raise ValueError(f"{after.id}: version {after.version} does not follow")
    if before is not None and (
        lasting(before) != lasting(after) or pins_anew != (before.regulation != after.regulation)
    ):
        raise ValueError(f"{after.id}: what is settled at the opening was changed")
    entry = _entry(before, held.head if held else FIRST, after, act)
    head = entry["hash"] = digest(entry)
    if before is None:
        insert_case(session, after, open=open, head=head)
    else:
        save_case(session, before, after, open=open, head=head)
    _INSERT.execute_later(session, entry)
    return LockedCase(after, head)


def of_case(session: Session, case_id: str) -> list[Entry]:
    """The entries of one case in their order."""
    return [_read(row) for row in session.execute(_OF_CASE, {"of_case": case_id})]


def of_cases(session: Session, ids: Iterable[str]) -> dict[str, list[Entry]]:
    """The entries of these cases in their order, by case."""
    found: dict[str, list[Entry]] = {}
    for row in session.execute(_OF_CASES, {"ids": sorted(set(ids))}):
        found.setdefault(row.case_id, []).append(_read(row))
    return found


def of_family(session: Session, root: str) -> list[Entry]:
    """The entries of an inspection and of everything under it, in the order they were recorded."""
    return [_read(row) for row in session.execute(_OF_FAMILY, {"of_root": root})]


def of_moment(session: Session, root: str, at: datetime) -> list[tuple[str, int, str]]:
    """Case, number and act of what was recorded at one moment in an inspection: the acts of one transaction."""
    return [(row.case_id, row.seq, row.act) for row in session.execute(_OF_MOMENT, {"of_root": root, "at": at})]


def last_recorded_at(session: Session) -> datetime | None:
    """When the last act was recorded."""
    found: datetime | None = session.execute(_LAST_RECORDED).scalar()
    return found


def digest(entry: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical form of an entry's columns, all but the hash itself."""
    kept = dict(entry)
    kept.pop("hash", None)
    kept["acted_on"] = kept["acted_on"].isoformat()
    kept["recorded_at"] = kept["recorded_at"].astimezone(UTC).isoformat(timespec="microseconds")
    return sha256(canonical.dumps(kept).encode()).hexdigest()


def case_json(case: Case | None) -> dict[str, Any]:
    """A case as plain JSON values; nothing for a case not yet opened. The version is the entry's number."""
    if case is None:
        return {}
    return {
        "procedure": case.procedure,
        "jurisdiction": case.jurisdiction,
        "region": case.region,
        "year": case.year,
        "opened_on": case.opened_on.isoformat(),
        "opened_by": case.opened_by,
        "unit": case.unit,
        "parent": case.parent,
        "root": case.root,
        **_changing(case),
    }


def _changing(case: Case) -> dict[str, Any]:
    """What of a case an act may change: all but ``LASTING`` and the version."""
    return {
        "regulation": case.regulation,
        "title": case.title,
        "acted_on": case.acted_on.isoformat(),
        "state": case.state,
        "kind": case.kind,
        "targets": list(case.targets),
        "suspended": case.suspended,
        "hands": hands.to_json(case.actors_by_act),
        "dossier": dict(case.dossier),
    }


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was and what is, of that which changed; hands and dossier by their own keys."""
    was: dict[str, Any] = {}
    now: dict[str, Any] = {}
    for name in after.keys() | before.keys():
        old, new = before.get(name), after.get(name)
        if name in before and name in after and old == new:
            continue
        if name in ("hands", "dossier"):
            old, new = changes(old or {}, new or {})
        if name in before:
            was[name] = old
        if name in after:
            now[name] = new
    return was, now


def _differences(before: Case, after: Case) -> tuple[dict[str, Any], dict[str, Any]]:
    """The ``changes`` between two states of a case, without writing out what is the same."""
    was: dict[str, Any] = {}
    now: dict[str, Any] = {}
    for name, written in _CHANGING:
        old, new = getattr(before, name), getattr(after, name)
        if old is not new and old != new:
            was[name], now[name] = written(old), written(new)
    if before.actors_by_act != after.actors_by_act:
        old, new = changes(before.actors_by_act, after.actors_by_act)
        was["hands"], now["hands"] = hands.to_json(old), hands.to_json(new)
    if before.dossier != after.dossier:
        was["dossier"], now["dossier"] = changes(before.dossier, after.dossier)
    return was, now


def _entry(before: Case | None, head: str, after: Case, act: Act) -> dict[str, Any]:
    was, now = _differences(before, after) if before else ({}, case_json(after))
    return {
        "case_id": after.id,
        "seq": after.version,
        "root": after.family,
        "act": act.name,
        "actor": act.actor,
        "role": act.role,
        "acted_on": act.on,
        "recorded_at": act.at,
        "article": act.article,
        "reason": act.reason,
        "from_state": before.state if before else NEW,
        "to_state": after.state,
        "form": canonical.dumps(act.form or {}),
        "before": canonical.dumps(was),
        "after": canonical.dumps(now),
        "prev_hash": head,
    }


def _read(row: Row[Any]) -> Entry:
    kept = dict(row._mapping)
    for name in ("form", "before", "after"):
        kept[name] = canonical.loads(kept[name])
    return Entry(**kept)
