"""How long it takes to verify a long journal: ``python -m bench.journal [ROWS]``, a million by default.

Special inspections, worked on act by act, are repeated under the names of other counties until the journal has so many
rows, and anchored; then ``ducha journal verify`` is run as a person runs it, and once more after one byte was changed.
Beside it the same rows are read with the bare driver and their bytes hashed in one process, and nothing else.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sqlalchemy import literal_column, select, update

from bench.databases import fresh_databases
from bench.filling import count, fill
from bench.machines import program
from bench.results import record, table
from storage.cases.case_rows import CASES
from storage.engine import Database
from storage.journal.journal import JOURNAL
from storage.journal.stored_digest import COLUMNS

ROWS: Final = 1_000_000
ASKED: Final = 60.0
"""Seconds a million rows may take on two processors."""
HEADS: Final = (
    "database", "rows", "cases", "verified, s", "a million, s", "reading and hashing alone, s", "ratio",
    "one byte changed",
)  # fmt: skip


def main() -> int:
    """Measure on every database there is; 1 when it took too long or the changed byte was not found."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    measured = []
    with fresh_databases() as databases, tempfile.TemporaryDirectory() as folder:
        for name, database in databases.items():
            measured.append(_measured(name, database, rows, Path(folder, name)))
            print(measured[-1], file=sys.stderr)
    processors = len(os.sched_getaffinity(0))
    note = f"On {processors} processors; a million rows in {ASKED:.0f} s were asked for."
    record("Journal", f"{note}\n\n{table(HEADS, measured)}")
    return 0 if all(row[4] <= ASKED and row[-1].startswith("found") for row in measured) else 1


def _measured(name: str, database: Database, wanted: int, anchors: Path) -> list[Any]:
    rows = fill(database, name, wanted)
    _ducha(database, anchors, "anchor")
    began = time.perf_counter()
    answer = _ducha(database, anchors, "verify")
    spent = time.perf_counter() - began
    if not answer["whole"] or answer["anchor"] is None:
        raise RuntimeError(f"a lawful journal does not hold: {answer['breaks'][:3]}")
    bare = _bare(database)
    case, seq = _change_one_byte(database)
    broken = [(one["case"], one["seq"], one["flaw"]) for one in _ducha(database, anchors, "verify")["breaks"]]
    found = f"found: {case}, entry {seq}" if broken == [(case, seq, "edited")] else f"**not found**: {broken[:3]}"
    millions = rows / 1_000_000
    return [name, f"{rows:,}", f"{count(database, CASES):,}", spent, spent / millions, bare, spent / bare, found]


def _ducha(database: Database, anchors: Path, what: str) -> Any:
    """``ducha journal anchor`` or ``verify``, whose progress is seen by whoever waits for this."""
    url = database.engine.url.render_as_string(hide_password=False)
    environ = {**os.environ, "DUCHA_DATABASE_URL": url, "DUCHA_ANCHOR_DIR": str(anchors)}
    print(f"ducha journal {what} …", file=sys.stderr, flush=True)
    command = [program("ducha"), "journal", what, "--json"]
    return json.loads(subprocess.run(command, env=environ, stdout=subprocess.PIPE, check=False).stdout)


def _bare(database: Database) -> float:
    """Seconds to read every row and to hash its bytes, without looking at them."""
    query = select(*map(literal_column, (*COLUMNS, "hash"))).select_from(JOURNAL)
    began = time.perf_counter()
    with database.reading() as session:
        found = session.execute(query.order_by(JOURNAL.c.case_id, JOURNAL.c.seq), execution_options={"yield_per": 2000})
        assert found.cursor is not None
        while rows := found.cursor.fetchmany(2000):
            for row in rows:
                sha256("".join(map(str, row)).encode()).hexdigest()
    return time.perf_counter() - began


def _change_one_byte(database: Database) -> tuple[str, int]:
    """Change one byte in the middle of the journal; says in which entry of which case."""
    keys = JOURNAL.c.case_id, JOURNAL.c.seq
    middle = count(database, JOURNAL) // 2
    with database.writing() as session:
        row = session.execute(select(JOURNAL).order_by(*keys).offset(middle).limit(1)).one()
        after = row.after.replace('"', "'", 1)
        mine = JOURNAL.c.case_id == row.case_id, JOURNAL.c.seq == row.seq
        session.execute(update(JOURNAL).where(*mine).values(after=after))
    return str(row.case_id), int(row.seq)


if __name__ == "__main__":
    sys.exit(main())
