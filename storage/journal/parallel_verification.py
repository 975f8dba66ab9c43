"""The whole journal checked by several processes at once, each chain by itself and against what was kept of it.

Chains stand alone, so each process takes spans of cases. All of them read one state of the database
(``storage.reader_processes``). A short journal is not worth a process.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import Final

from storage import reader_processes
from storage.engine import Database, Session
from storage.journal import chain_heads, verification
from storage.journal.chain_heads import Head
from storage.journal.journal import FIRST
from storage.journal.journal_ranges import Span, spans
from storage.journal.stored_digest import HASH, RECORDED_AT, SEQ, moment
from storage.journal.verification import ChainBreak

WORTH_IT: Final = 40_000
"""Entries that are checked sooner by one process than another one starts."""
MOST: Final = 8
"""Processes, however many processors there are: PostgreSQL has only so many connections."""
Tell = Callable[[int, int], None]
"""Told how many entries have been checked, and of how many, time and again."""
Kept = Mapping[str, Head]


@dataclass
class Found:
    """What is wrong: with the chains themselves, and with what an anchor kept of them, by the ids of the cases."""

    chains: list[ChainBreak] = field(default_factory=list)
    heads: list[ChainBreak] = field(default_factory=list)

    def sort(self) -> Found:
        """In the order of the ids."""
        return Found(*(sorted(each, key=lambda one: one.case_id) for each in (self.chains, self.heads)))


@dataclass(frozen=True)
class _Share:
    """What a process is to check: spans, each with what was kept of its cases at a moment, if anything was."""

    spans: list[tuple[Span, Kept]]
    at: datetime | None


def check(
    database: Database,
    session: Session,
    kept: Iterable[Head] = (),
    at: datetime | None = None,
    *,
    tell: Tell = lambda done, entries: None,
    processes: int | None = None,
) -> Found:
    """Every break of every chain; with ``at``, also against what was kept at that moment.

    ``session`` reads. A long journal is read by as many processes as there are processors, or by ``processes``: on
    PostgreSQL they see what it sees, on SQLite the state of the moment at which they begin.
    """
    known = {head.case_id: head for head in kept}
    entries = sum(span.entries for span in spans(session)[1])
    number = processes or (1 if entries < WORTH_IT else min(MOST, _processors()))
    with ExitStack() as stack:
        readers: Sequence[Connection] = []
        if number > 1:
            session, readers = reader_processes.start(stack, database, session, number, _each)
        return _checked(session, readers, known, at, tell)


def _checked(session: Session, readers: Sequence[Connection], known: Kept, at: datetime | None, tell: Tell) -> Found:
    ids, wanted = spans(session)
    share = _Share(_with_kept(ids, wanted, known), at)
    entries, done, found = sum(span.entries for span in wanted), 0, Found()
    for part, checked in _by_several(session, share, readers) if readers else _each(session, share):
        found.chains += part.chains
        found.heads += part.heads
        done += checked
        tell(done, entries)
    if at is not None:
        for case_id in sorted(known.keys() - set(ids) | {one.case_id for one in found.chains if one.flaw == "orphan"}):
            its = [known[case_id]] if case_id in known else []
            found.heads += chain_heads.compare(session, its, at, case_id)
    return found.sort()


def _with_kept(ids: Iterable[str], wanted: Iterable[Span], known: Kept) -> list[tuple[Span, Kept]]:
    """Each span with what was kept of its cases."""
    rest = iter(ids)
    return [
        (span, {case_id: known[case_id] for case_id in islice(rest, span.cases) if case_id in known}) for span in wanted
    ]


def _each(session: Session, share: _Share) -> Iterator[tuple[Found, int]]:
    """What is wrong in each span, and how many entries it has."""
    before = moment(share.at - chain_heads.AT_ONCE, session.dialect.name) if share.at else None
    for span, kept in share.spans:
        found = Found()
        for case_id, rows, broken in verification.chains(session, span):
            if broken is not None:
                found.chains.append(broken)
            if before is None or (broken is not None and broken.flaw == "orphan"):
                continue
            told = ((row[SEQ], row[HASH], str(row[RECORDED_AT])) for row in rows)
            contradicted = chain_heads.first_break(kept.get(case_id) or Head(case_id, 0, FIRST), told, before)
            if contradicted is not None:
                found.heads.append(contradicted)
        yield found, span.entries


def _by_several(session: Session, share: _Share, readers: Sequence[Connection]) -> Iterator[tuple[Found, int]]:
    """As ``_each``, by several processes; what one of them does not get done is done here."""
    left: dict[Connection, list[tuple[Span, Kept]]] = {}
    for first, reader in enumerate(readers):
        mine = _Share(share.spans[first :: len(readers)], share.at)
        left[reader] = mine.spans
        with suppress(OSError):
            reader.send(mine)
    while left:
        for one in wait(list(left)):
            assert isinstance(one, Connection)
            try:
                yield one.recv()
                left[one] = left[one][1:]
            except (EOFError, OSError):
                yield from _each(session, _Share(left.pop(one), share.at))


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
