"""The journal taken out as it is stored, so that its hashes can be computed again where there is no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from storage import canonical
from storage.cases.case_rows import CASES, from_row
from storage.engine import Session
from storage.journal.journal import FIRST, JOURNAL, case_json, digest
from storage.journal.verification import ChainBreak, retell

Taken = dict[str, Any]


def entries(session: Session, root: str) -> list[Taken]:
    """Every entry of an inspection and of its parts, case by case, in the form that was hashed, with its hash."""
    query = select(JOURNAL).where(JOURNAL.c.root == root)
    rows = sorted(session.execute(query), key=lambda row: (row.case_id, row.seq))
    return [
        {
            **row._mapping,
            "acted_on": row.acted_on.isoformat(),
            "recorded_at": row.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
        }
        for row in rows
    ]


def cases(session: Session, root: str) -> list[Taken]:
    """An inspection and its parts as they stand, each with the head of its chain."""
    query = select(CASES).where((CASES.c.id == root) | (CASES.c.root == root))
    rows = sorted(session.execute(query), key=lambda row: str(row.id))
    return [
        {"case": row.id, "version": row.version, "head": row.head_hash, "picture": case_json(from_row(row))}
        for row in rows
    ]


def breaks(taken: Iterable[Taken], stand: Iterable[Mapping[str, Any]]) -> Iterator[ChainBreak]:
    """Where what was taken out does not hold together.

    Raises ValueError, TypeError, KeyError or AttributeError for what is no extract.
    """
    chains: dict[str, list[Taken]] = {}
    for entry in taken:
        chains.setdefault(str(entry["case_id"]), []).append(entry)
    for case in stand:
        found = _first_break(case, chains.pop(case["case"], []))
        if found is not None:
            yield found
    for case_id in chains:
        yield ChainBreak(case_id, 1, "orphan")


def _first_break(case: Mapping[str, Any], chain: list[Taken]) -> ChainBreak | None:
    owner, head, told = str(case["case"]), FIRST, dict[str, Any]()
    for number, entry in enumerate(chain, start=1):
        if entry["seq"] != number:
            return ChainBreak(owner, number, "missing")
        if entry["prev_hash"] != head:
            return ChainBreak(owner, number, "unlinked")
        days = {"acted_on": date.fromisoformat(entry["acted_on"])}
        if digest({**entry, **days, "recorded_at": datetime.fromisoformat(entry["recorded_at"])}) != entry["hash"]:
            return ChainBreak(owner, number, "edited")
        head = entry["hash"]
        retell(told, canonical.loads(entry["before"]), canonical.loads(entry["after"]))
    if len(chain) != case["version"]:
        return ChainBreak(owner, len(chain) + 1, "missing")
    if head != case["head"]:
        return ChainBreak(owner, len(chain), "head")
    return None if told == case["picture"] else ChainBreak(owner, len(chain), "case")
