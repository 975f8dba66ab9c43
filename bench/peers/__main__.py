"""Run one contestant in this process and print its timings as JSON."""

from __future__ import annotations

import importlib
import json
import os
import sys
from dataclasses import dataclass
from typing import Final

from bench.databases import fresh_database
from bench.peers.work import Store, Timings, verify


@dataclass(frozen=True)
class Contestant:
    """Its name in the table, its module and the databases it can use; ``peer`` is false for ducha itself."""

    name: str
    module: str
    databases: tuple[str, ...] = ("SQLite", "PostgreSQL")
    peer: bool = True


CONTESTANTS: Final = {
    "ducha": Contestant("ducha", "bench.peers.ducha", peer=False),
    "bare": Contestant("bare driver", "bench.peers.bare"),
    "core": Contestant("SQLAlchemy Core, built once, + transitions", "bench.peers.core"),
    "orm": Contestant("SQLModel ORM + transitions", "bench.peers.orm"),
    "spiff": Contestant("SpiffWorkflow, rows", "bench.peers.spiff", ("SQLite",)),
    "dbos": Contestant("DBOS step + own commit", "bench.peers.dbos_steps", ("SQLite",)),
}


def run(name: str, kind: str, cases: int) -> tuple[Timings, str]:
    """The timings of a contestant on a fresh database, and the settings that made its commits durable."""
    contestant = CONTESTANTS[name]
    module = importlib.import_module(contestant.module)
    with fresh_database(kind) as database:
        store = Store(database)
        if contestant.peer:
            store.create_tables()
        timings: Timings = module.run(store, cases)
        if contestant.peer:
            verify(store, cases)
        return timings, store.settings()


def main() -> None:
    """Run what the command line names."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    name, kind, cases = sys.argv[1:]
    timings, settings = run(name, kind, int(cases))
    print(json.dumps({**timings._asdict(), "settings": settings}))


if __name__ == "__main__":
    main()
