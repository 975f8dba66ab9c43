"""The nightly sweep over many open deadlines, beside one bare indexed query and a bulk insert of the same notices.

``python -m bench.sweep [DEADLINES]``: a million by default, one in a hundred due on the night.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

import calendars
import regulations
from bench.databases import fresh_databases
from bench.results import record, table
from calendars import Term
from casework.administration.jurisdiction_setup import set_up
from casework.clock import FixedClock, SystemClock
from casework.nightly.sweeping import sweep
from states.engine.deadlines import next_reminder
from storage.engine import Database
from storage.messages.notices import NOTICES
from storage.rows import CaseFile, DeadlineRow
from storage.rows import table as rows_of

CASES, DEADLINES = rows_of(CaseFile), rows_of(DeadlineRow)
NIGHT = date(2026, 6, 15)
FAR = date(2026, 10, 30)
CHUNK = 20_000


def main() -> None:
    """Measure on each database and record the table."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    measured = []
    with fresh_databases() as databases:
        for name, database in databases.items():
            _fill(database, many)
            first, issued = _swept(database)
            second, again = _swept(database)
            bare = _bare(database)
            measured.append([name, f"{many:,}", f"{issued:,}", first, bare, first / bare, again, second])
    heads = [
        "database",
        "open",
        "due",
        "sweep, s",
        "bare query + insert, s",
        "ratio",
        "second pass issues",
        "second, s",
    ]
    record("Sweep", table(heads, measured))


def _swept(database: Database) -> tuple[float, int]:
    began = time.perf_counter()
    issued = sweep(database, FixedClock.on(NIGHT, 0, 30), as_of=NIGHT, jurisdiction="TL").issued
    return time.perf_counter() - began, issued


def _bare(database: Database) -> float:
    """What the work comes to without the product: read the due rows by the index, insert the notices, mark the rows."""
    with database.writing() as session:
        kept = [dict(row) for row in session.execute(select(NOTICES)).mappings()]
        session.execute(delete(NOTICES))
        session.execute(update(DEADLINES).where(DEADLINES.c.swept_on == NIGHT).values(next_rung_on=NIGHT))
    for row in kept:
        del row["id"]
    began = time.perf_counter()
    with database.writing() as session:
        due = session.execute(
            select(DEADLINES).where(
                DEADLINES.c.jurisdiction == "TL",
                DEADLINES.c.next_rung_on <= NIGHT,
                DEADLINES.c.met_on.is_(None),
                DEADLINES.c.closed_on.is_(None),
            )
        ).all()
        session.execute(insert(NOTICES), kept)
        session.execute(update(DEADLINES).where(DEADLINES.c.id.in_([row.id for row in due])).values(next_rung_on=FAR))
    return time.perf_counter() - began


def _fill(database: Database, many: int) -> None:
    with database.writing() as session:
        set_up(session, clock=SystemClock())
    rows = _rows(many)
    while chunk := [row for _, row in zip(range(CHUNK), rows, strict=False)]:
        with database.writing() as session:
            session.execute(insert(CASES), [case for case, _ in chunk])
            session.execute(insert(DEADLINES), [deadline for _, deadline in chunk])


def _rows(many: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Cases of their own with one running deadline each; every hundredth falls due on the night."""
    calendar = calendars.load("CN-CQ")
    regulation = regulations.load("tongliang").key
    units = [unit.code for unit in regulations.jurisdiction("TL").roster()]
    for number in range(many):
        due = NIGHT if number % 100 == 0 else FAR + timedelta(days=number % 20)
        start = due - timedelta(days=20)
        rung = (
            next_reminder(calendar.count(due, Term(1, "days", rollover=False)), calendar, NIGHT)
            if due != NIGHT
            else NIGHT
        )
        yield (
            _case(number, regulation, units[number % len(units)]),
            {
                "id": f"B-{number}:rectification_report:1",
                "case_id": f"B-{number}",
                "name": "rectification_report",
                "round": 1,
                "jurisdiction": "TL",
                "article": "14",
                "start": start,
                "unit": units[number % len(units)],
                "fixed": due,
                "extension": 0,
                "pauses": "[]",
                "due_status": "final",
                "due_on": due,
                "latest_on": due,
                "calendar_version": calendar.version,
                "next_rung_on": rung,
                "swept_on": NIGHT - timedelta(days=1),
            },
        )


def _case(number: int, regulation: str, unit: str) -> dict[str, Any]:
    return {
        "id": f"B-{number}",
        "procedure": "rectification",
        "jurisdiction": "TL",
        "region": "CN-CQ",
        "regulation": regulation,
        "title": "整改",
        "year": 2026,
        "opened_on": NIGHT,
        "acted_on": NIGHT,
        "opened_by": "联席办协调员甲",
        "state": "awaiting_plan",
        "version": 1,
        "kind": None,
        "unit": unit,
        "targets": "[]",
        "parent": None,
        "root": f"B-{number}",
        "suspended": False,
        "hands": "{}",
        "dossier": "{}",
        "open": True,
        "head_hash": "0" * 64,
    }


if __name__ == "__main__":
    main()
