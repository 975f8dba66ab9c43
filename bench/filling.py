"""A long journal made quickly: special inspections as they are worked on, repeated under the names of other counties.

Every copy is lawful: each entry hashed with the one before it, each case with the head of its chain.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import islice
from typing import Any, Final

from sqlalchemy import Table, func, insert, select, text

from bench.acts import works
from casework.administration.jurisdiction_setup import set_up
from casework.clock import SystemClock
from storage.cases.case_rows import CASES
from storage.engine import Database, Session
from storage.journal.journal import FIRST, JOURNAL, digest

INSPECTIONS: Final = 4
"""Worked on act by act, and then repeated."""
AT_ONCE: Final = 400
"""Counties to a transaction."""

Told = tuple[list[dict[str, Any]], list[dict[str, Any]]]
"""Cases and their entries."""


def fill(database: Database, name: str, rows: int) -> int:
    """A journal of at least so many rows in an empty database; says how many."""
    with database.writing() as session:
        set_up(session, clock=SystemClock())
    for work in works(database, INSPECTIONS):
        work()
    told = _told(database)
    there, wanted = len(told[1]), -(-rows // len(told[1]))
    copies = (_copied(told, f"C{number:06d}") for number in range(1, wanted))
    while batch := list(islice(copies, AT_ONCE)):
        with database.writing() as session:
            _put(session, CASES, [case for cases, _ in batch for case in cases])
            _put(session, JOURNAL, [entry for _, entries in batch for entry in entries])
        there += sum(len(entries) for _, entries in batch)
        print(f"\r{name}: {there:,} rows of {rows:,} made", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    if not database.is_sqlite:
        # As autovacuum does by itself after a while.
        with database.writing() as session:
            session.execute(text("ANALYZE"))
    return there


def count(database: Database, of: Table) -> int:
    """How many rows a table has."""
    with database.reading() as session:
        return int(session.execute(select(func.count()).select_from(of)).scalar_one())


def _told(database: Database) -> Told:
    with database.reading() as session:
        # Whoever is named by others goes first.
        cases = session.execute(select(CASES).order_by(CASES.c.opened_on, CASES.c.id)).mappings()
        entries = session.execute(select(JOURNAL).order_by(JOURNAL.c.case_id, JOURNAL.c.seq)).mappings()
        return [dict(row) for row in cases], [dict(row) for row in entries]


def _copied(told: Told, county: str) -> Told:
    """The same in another county."""
    cases, entries = ([_renamed(row, county) for row in rows] for rows in told)
    heads: dict[str, str] = {}
    for entry in entries:
        entry["prev_hash"] = heads.get(entry["case_id"], FIRST)
        heads[entry["case_id"]] = entry["hash"] = digest(entry)
    for case in cases:
        case["head_hash"] = heads[case["id"]]
    return cases, entries


def _renamed(row: dict[str, Any], county: str) -> dict[str, Any]:
    renamed = {
        name: value.replace("TL-", f"{county}-").replace('"TL"', f'"{county}"') if isinstance(value, str) else value
        for name, value in row.items()
    }
    return renamed | {"jurisdiction": county} if "jurisdiction" in row else renamed


def _put(session: Session, of: Table, rows: Sequence[dict[str, Any]]) -> None:
    if session.dialect.name == "sqlite":
        session.execute(insert(of), rows)
        return
    driver: Any = session.connection.driver_connection
    names = list(rows[0])
    with driver.cursor() as cursor, cursor.copy(f"COPY {of.name} ({', '.join(names)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([row[name] for name in names])
