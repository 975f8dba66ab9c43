"""Checking the journal: is every chain whole, and does it tell the cases as they stand?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, Row, select

from storage import canonical
from storage.cases import CASES, from_row
from storage.engine import Session
from storage.journal import FIRST, JOURNAL, digest, picture

_COLUMNS = tuple(JOURNAL.c.keys())
Flaw = Literal[
    "missing", "unlinked", "edited", "head", "case", "orphan",
    "rewritten", "cut", "removed", "backdated",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a case's chain does not hold.

    missing   there is no entry of this number (deleted, or the tail cut off)
    unlinked  the entry does not continue from the one before it
    edited    the entry is not what was hashed
    head      the case names another last entry
    case      the case is not what its entries tell
    orphan    entries of a case that is not there

    Where it is held against an anchor (``storage.heads``):

    rewritten the entry is another than it was
    cut       there were more entries
    removed   there was such a case
    backdated the entry says it is older than the anchor, which does not have it
    """

    case_id: str
    seq: int
    flaw: Flaw


def verify(session: Session, case_id: str) -> Break | None:
    """The first break in the chain of one case; None when it holds. A case unknown to both tables has none."""
    return next(breaks(session, case_id), None)


def breaks(session: Session, case_id: str | None = None) -> Iterator[Break]:
    """The first break of every case whose chain does not hold."""
    cases = select(CASES).order_by(by_bytes(session, CASES.c.id))
    entries = select(JOURNAL).order_by(by_bytes(session, JOURNAL.c.case_id), JOURNAL.c.seq)
    if case_id is not None:
        cases, entries = cases.where(CASES.c.id == case_id), entries.where(JOURNAL.c.case_id == case_id)
    streamed = {"yield_per": 1000}
    chains = groupby(session.execute(entries, execution_options=streamed), key=lambda row: str(row.case_id))
    chain = next(chains, None)
    for case in session.execute(cases, execution_options=streamed):
        while chain is not None and chain[0] < case.id:
            yield Break(chain[0], 1, "orphan")
            chain = next(chains, None)
        mine = chain is not None and chain[0] == case.id
        found = _first_break(case, chain[1] if chain is not None and mine else iter(()))
        if found is not None:
            yield found
        if mine:
            chain = next(chains, None)
    while chain is not None:
        yield Break(chain[0], 1, "orphan")
        chain = next(chains, None)


def by_bytes(session: Session, column: Column[str]) -> ColumnElement[str]:
    """In the order in which Python compares, whatever the language of the database."""
    return column if session.dialect.name == "sqlite" else column.collate("C")


def _first_break(case: Row[Any], entries: Iterator[Row[Any]]) -> Break | None:
    head, told = FIRST, dict[str, Any]()
    last = 0
    for last, row in enumerate(entries, start=1):
        if row.seq != last:
            return Break(case.id, last, "missing")
        if row.prev_hash != head:
            return Break(case.id, last, "unlinked")
        if digest(dict(zip(_COLUMNS, row, strict=True))) != row.hash:
            return Break(case.id, last, "edited")
        head = row.hash
        retell(told, canonical.loads(row.before), canonical.loads(row.after))
    if last != case.version:
        return Break(case.id, last + 1, "missing")
    if case.head_hash != head:
        return Break(case.id, last, "head")
    return None if told == picture(from_row(case)) else Break(case.id, last, "case")


def retell(told: dict[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Take one entry's changes into what has been told so far."""
    for name in before.keys() - after.keys():
        told.pop(name, None)
    for name, value in after.items():
        if name in ("hands", "dossier"):
            retell(told.setdefault(name, {}), before.get(name, {}), value)
        else:
            told[name] = value
