"""The chains seen from outside: what an anchor keeps of each case, and what the journal has at that place.

An anchor is a list of heads kept where those who can change the database cannot change it: it shows what a chain alone
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

from sqlalchemy import select

from storage.cases.case_rows import CASES
from storage.engine import Session
from storage.journal import account_journal, unit_journal
from storage.journal.journal import FIRST, JOURNAL
from storage.journal.verification import ChainBreak, by_bytes

AT_ONCE: Final = timedelta(minutes=10)
"""How much earlier than an anchor an entry may say it was recorded and yet not be in it: its transaction was open."""

RECORDS: Final = (account_journal.RECORD, unit_journal.RECORD)
"""The records beside the cases."""
_STREAMED: Final = {"yield_per": 1000}
_CASE = attrgetter("case_id")


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a case."""

    case_id: str
    seq: int
    hash: str


def heads(session: Session) -> Iterator[Head]:
    """The head of every case and of every record beside them, in the order in which Python compares their ids."""
    query = select(CASES.c.id, CASES.c.version, CASES.c.head_hash).order_by(by_bytes(session, CASES.c.id))
    cases = (Head(*row) for row in session.execute(query, execution_options=_STREAMED))
    records = [(Head(*row) for row in session.execute(one.heads(session))) for one in RECORDS]
    return merge(*records, cases, key=_CASE)


def compare(session: Session, kept: Iterable[Head], at: datetime, case_id: str | None = None) -> Iterator[ChainBreak]:
    """Where the journal is no longer what was kept (in the order of ``heads``) at a moment; of one case or of all."""
    query = select(JOURNAL.c.case_id, JOURNAL.c.seq, JOURNAL.c.hash, JOURNAL.c.recorded_at)
    query = query.order_by(by_bytes(session, JOURNAL.c.case_id), JOURNAL.c.seq)
    if case_id is not None:
        query = query.where(JOURNAL.c.case_id == case_id)
        kept = (head for head in kept if head.case_id == case_id)
    entries: Iterable[Any] = session.execute(query, execution_options=_STREAMED)
    for one in RECORDS:
        if case_id is None or case_id.startswith(one.prefix):
            entries = merge(session.execute(one.entries(session, case_id)), entries, key=_CASE)
    both: Iterator[Any] = merge(kept, entries, key=_CASE)
    before = at - AT_ONCE
    for owner, found in groupby(both, key=_CASE):
        head = Head(owner, 0, FIRST)
        told = list[tuple[int, str, datetime]]()
        for one in found:
            if isinstance(one, Head):
                head = one
            else:
                told.append((one.seq, one.hash, one.recorded_at))
        broken = first_break(head, told, before)
        if broken is not None:
            yield broken


def first_break(head: Head, entries: Iterable[tuple[int, str, Any]], before: Any) -> ChainBreak | None:
    """Where the entries of a case (number, hash and when it was recorded) are no longer what was kept of it.

    What was kept of a case not known then is ``Head(case_id, 0, FIRST)``; ``before`` is compared with when an entry
    was recorded, and is as much before the anchor as ``AT_ONCE``.
    """
    last = 0
    for last, its_hash, recorded_at in entries:
        if last == head.seq and its_hash != head.hash:
            return ChainBreak(head.case_id, last, "rewritten")
        if last > head.seq and recorded_at < before:
            return ChainBreak(head.case_id, last, "backdated")
    if last < head.seq:
        return ChainBreak(head.case_id, last + 1, "cut" if last else "removed")
    return None
