"""Checking the journal: is every chain whole, and does it tell the cases as they stand?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, Literal

from sqlalchemy import Column, ColumnElement

from storage import canonical
from storage.engine import Session
from storage.journal import journal_ranges
from storage.journal.journal import FIRST
from storage.journal.journal_ranges import Only, Span, Stored
from storage.journal.stored_digest import AFTER, BEFORE, CASE, HASH, PREV_HASH, SEQ, Times, digest, times_of

Flaw = Literal[
    "missing", "unlinked", "edited", "head", "case", "orphan",
    "rewritten", "cut", "removed", "backdated", "account",
]  # fmt: skip


_NOTHING: Final[dict[str, Any]] = {}


@dataclass(frozen=True, slots=True)
class ChainBreak:
    """The first place where a case's chain does not hold.

    missing   there is no entry of this number (deleted, or the tail cut off)
    unlinked  the entry does not continue from the one before it
    edited    the entry is not what was hashed
    head      the case names another last entry
    case      the case is not what its entries tell
    orphan    entries of a case that is not there

    account   the account is not what the record of its changes tells

    Where it is held against an anchor (``storage.journal.chain_heads``):

    rewritten the entry is another than it was
    cut       there were more entries
    removed   there was such a case
    backdated the entry says it is older than the anchor, which does not have it
    """

    case_id: str
    seq: int
    flaw: Flaw


def verify(session: Session, case_id: str) -> ChainBreak | None:
    """The first break in the chain of one case; None when it holds. A case unknown to both tables has none."""
    return next(iter(_breaks(session, Only(case_id))), None)


def breaks(session: Session) -> Iterator[ChainBreak]:
    """The first break of every case whose chain does not hold."""
    for span in journal_ranges.spans(session)[1]:
        yield from _breaks(session, span)


def _breaks(session: Session, span: Span | Only) -> list[ChainBreak]:
    return [found for _, _, found in chains(session, span) if found is not None]


def chains(session: Session, span: Span | Only) -> Iterator[tuple[str, list[Stored], ChainBreak | None]]:
    """Every case of a span and every id that only entries name, with its entries and its first break."""
    times = times_of(session.dialect.name)
    kept = {
        case_id: list(rows) for case_id, rows in groupby(journal_ranges.entries(session, span), key=itemgetter(CASE))
    }
    for case in journal_ranges.cases(session, span):
        mine = kept.pop(case[0], [])
        yield case[0], mine, _first_break(case, mine, times)
    for case_id, rows in kept.items():
        yield case_id, rows, ChainBreak(case_id, 1, "orphan")


def by_bytes(session: Session, column: Column[str]) -> ColumnElement[str]:
    """In the order in which Python compares, whatever the language of the database."""
    return column if session.dialect.name == "sqlite" else column.collate("C")


def _first_break(case: Stored, entries: Iterable[Stored], times: Times) -> ChainBreak | None:
    case_id, version, head_hash, *_ = case
    head, told = FIRST, dict[str, Any]()
    last = 0
    for last, row in enumerate(entries, start=1):
        if row[SEQ] != last:
            return ChainBreak(case_id, last, "missing")
        if row[PREV_HASH] != head:
            return ChainBreak(case_id, last, "unlinked")
        head = row[HASH]
        try:
            if digest(row, times) != head:
                return ChainBreak(case_id, last, "edited")
        except (TypeError, ValueError):
            return ChainBreak(case_id, last, "edited")
        try:
            retell(told, _NOTHING if row[BEFORE] == "{}" else canonical.loads(row[BEFORE]), canonical.loads(row[AFTER]))
        except (TypeError, ValueError, AttributeError, RecursionError):
            return ChainBreak(case_id, last, "case")
    if last != version:
        return ChainBreak(case_id, last + 1, "missing")
    if head_hash != head:
        return ChainBreak(case_id, last, "head")
    return None if _tells(told, case) else ChainBreak(case_id, last, "case")


def _tells(told: dict[str, Any], case: Stored) -> bool:
    """Whether what was told is the case as it stands."""
    stands = dict(zip(journal_ranges.OF_CASE, case, strict=True))
    del stands["id"], stands["version"], stands["head_hash"]
    try:
        for name in journal_ranges.TOLD:
            stands[name] = canonical.loads(stands[name])
    except (TypeError, ValueError, RecursionError):
        return False
    return told == stands


def retell(told: dict[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Take one entry's changes into what has been told so far."""
    for name in before:
        if name not in after:
            told.pop(name, None)
    for name, value in after.items():
        if name in ("hands", "dossier"):
            retell(told.setdefault(name, {}), before.get(name, {}), value)
        else:
            told[name] = value
