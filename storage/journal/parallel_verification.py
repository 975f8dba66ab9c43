"""The whole journal checked by several processes at once, each chain by itself and against what was kept of it.

Chains stand alone, so each process takes spans of cases. All of them read one state of the database: on PostgreSQL a
snapshot they share, on SQLite a file nobody writes (``copies.at_leisure``). A short journal is not worth a process.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import Final

from sqlalchemy import text

from storage.engine import Database, Session, connect
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

    ``session`` reads, and others read beside it what it sees: as many as there are processors, or ``processes``.
    """
    ids, wanted = spans(session)
    known = {head.case_id: head for head in kept}
    share = _Share(_with_kept(ids, wanted, known), at)
    entries, done, found = sum(span.entries for span in wanted), 0, Found()
    number = processes or (1 if entries < WORTH_IT else min(MOST, _processors()))
    for part, checked in _each(session, share) if number == 1 else _by_several(database, session, share, number):
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


def _by_several(database: Database, session: Session, share: _Share, number: int) -> Iterator[tuple[Found, int]]:
    """As ``_each``, by so many processes; what one of them does not get done is done here."""
    start = multiprocessing.get_context("spawn")
    url = database.engine.url.render_as_string(hide_password=False)
    snapshot = "" if database.is_sqlite else session.execute(text("SELECT pg_export_snapshot()")).scalar_one()
    left: dict[Connection, list[tuple[Span, Kept]]] = {}
    with ExitStack() as stack:
        for first in range(number):
            mine = _Share(share.spans[first::number], share.at)
            heard, told = start.Pipe(duplex=False)
            process = start.Process(target=_work, args=(url, database.busy_seconds, snapshot, mine, told), daemon=True)
            process.start()
            told.close()
            stack.callback(process.join)
            stack.callback(process.terminate)
            left[stack.enter_context(heard)] = mine.spans
        while left:
            for one in wait(list(left)):
                assert isinstance(one, Connection)
                try:
                    yield one.recv()
                    left[one] = left[one][1:]
                except EOFError:
                    yield from _each(session, _Share(left.pop(one), share.at))


def _work(url: str, busy_seconds: float, snapshot: str, share: _Share, told: Connection) -> None:
    """What a process of its own does. Whoever started it decides when to stop, and hears the end when it dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whatever goes wrong here goes wrong there as well, where it is said.
    with suppress(Exception), told:
        database = connect(url, busy_seconds=busy_seconds)
        with database.reading() as session:
            if snapshot:
                session.execute(text(f"SET TRANSACTION SNAPSHOT '{snapshot}'"))
            for found in _each(session, share):
                told.send(found)


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
