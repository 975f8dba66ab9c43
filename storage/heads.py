"""The chains seen from outside: what an anchor keeps of each case, and what the journal has at that place.

An anchor is a list of heads kept where whoever can change the database cannot change it: it shows what a chain alone
cannot, a tail cut off, a case removed, a history written anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import Row, select

from storage.audit import Break, by_bytes
from storage.cases import CASES
from storage.engine import Session
from storage.journal import FIRST, JOURNAL

AT_ONCE: Final = timedelta(minutes=10)
"""How much earlier than an anchor an entry may say it was recorded and yet not be in it: its transaction was open."""

_STREAMED: Final = {"yield_per": 1000}
_CASE = attrgetter("case_id")


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a case."""

    case_id: str
    seq: int
    hash: str


def heads(session: Session) -> Iterator[Head]:
    """The head of every case, in the order in which Python compares their ids."""
    query = select(CASES.c.id, CASES.c.version, CASES.c.head_hash).order_by(by_bytes(session, CASES.c.id))
    return (Head(*row) for row in session.execute(query, execution_options=_STREAMED))


def against(session: Session, kept: Iterable[Head], at: datetime, case_id: str | None = None) -> Iterator[Break]:
    """Where the journal is no longer what was kept (in the order of ``heads``) at a moment; of one case or of all."""
    query = select(JOURNAL.c.case_id, JOURNAL.c.seq, JOURNAL.c.hash, JOURNAL.c.recorded_at)
    query = query.order_by(by_bytes(session, JOURNAL.c.case_id), JOURNAL.c.seq)
    if case_id is not None:
        query = query.where(JOURNAL.c.case_id == case_id)
        kept = (head for head in kept if head.case_id == case_id)
    entries: Iterable[Any] = session.execute(query, execution_options=_STREAMED)
    both: Iterator[Any] = merge(kept, entries, key=_CASE)
    for owner, found in groupby(both, key=_CASE):
        broken = _first_break(owner, found, at)
        if broken is not None:
            yield broken


def _first_break(case_id: str, found: Iterable[Head | Row[Any]], at: datetime) -> Break | None:
    """``found`` is the head that was kept, if any, and then the entries of the case."""
    head, known, last = FIRST, 0, 0
    for one in found:
        if isinstance(one, Head):
            head, known = one.hash, one.seq
            continue
        last = one.seq
        if last == known and one.hash != head:
            return Break(case_id, last, "rewritten")
        if last > known and one.recorded_at < at - AT_ONCE:
            return Break(case_id, last, "backdated")
    if last < known:
        return Break(case_id, last + 1, "cut" if last else "removed")
    return None
