"""``kill -9`` at every failpoint of a short year, before and after each commit, and each time gone on with.

``python -m bench.failpoints [TIMES]``: a hundred times by default. The databases do not wait for the disk: that a
killed process leaves to the system. What a power cut does is in ``bench.power_cut``.
"""

from __future__ import annotations

import sys
import time

from bench.databases import fresh_databases
from bench.results import record, table
from storage.engine import Database
from tests.casework.dying import AT_OUTBOX, WHERE, Tally, applications_without_a_key, years
from tests.databases import hurried

POINTS = ("act", "publish", "sweep", *(f"outbox: {stage}" for stage, _ in AT_OUTBOX))
ABOUT = """\
Killed before + after the commit. Lost: what was acknowledged or is there in a year without deaths, and is missing;
torn: rows of a transaction that did not commit, breaks of the journal; doubled: rows too many. "Without a key" is the
negative control: how many inspections one application comes to, killed after its commit and sent again.
"""


def main() -> None:
    """Measure on every database there is."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with fresh_databases() as databases:
        rows = [_measured(name, database, times) for name, database in databases.items()]
    heads = ("database", *POINTS, "lost", "torn", "doubled", "without a key", "s")
    record("Killed at every failpoint", f"{ABOUT}\n{table(heads, rows)}")


def _measured(name: str, database: Database, times: int) -> tuple[object, ...]:
    calm = hurried(database.engine.url.render_as_string(hide_password=False))
    naive = applications_without_a_key(calm)
    began, tally = time.perf_counter(), Tally()
    for over in years(calm, times, tally):
        if over % 10 == 0:
            print(f"{name}: {over} of {times}, {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    calm.close()
    killed = [" + ".join(f"{tally.kills[point, where]:,}" for where in WHERE) for point in POINTS]
    return (name, *killed, tally.lost, tally.torn, tally.doubled, naive, time.perf_counter() - began)


if __name__ == "__main__":
    main()
