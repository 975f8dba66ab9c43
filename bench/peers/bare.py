"""The floor: the driver alone; SELECT, UPDATE, INSERT, COMMIT."""

from __future__ import annotations

import time
from typing import Any

from bench.peers.work import DESTINATIONS, Store, Timings, permit, run_cases


class BareStore:
    """The statements of an act on a connection of the bare driver."""

    def __init__(self, store: Store) -> None:
        self.connection: Any = store.connect()
        self._mark = "?" if store.is_sqlite else "%s"

    def execute(self, statement: str, values: tuple[object, ...]) -> Any:
        """Execute a statement that is written with the marks of SQLite."""
        return self.connection.execute(statement.replace("?", self._mark), values)

    def start(self, case: int) -> None:
        """Open a case."""
        self.execute("INSERT INTO peer_case VALUES (?, 'drafted')", (case,))
        self.connection.commit()

    def state(self, case: int) -> str:
        """The state a case is in."""
        return str(self.execute("SELECT state FROM peer_case WHERE id = ?", (case,)).fetchone()[0])

    def move(self, case: int, event: str, source: str, target: str) -> None:
        """Write the case and its history row, uncommitted. Raises RuntimeError when the case was moved meanwhile."""
        moved = self.execute("UPDATE peer_case SET state = ? WHERE id = ? AND state = ?", (target, case, source))
        if moved.rowcount != 1:
            raise RuntimeError(f"case {case} was not {source}")
        entry = (case, event, source, target, time.time())
        self.execute("INSERT INTO peer_history (case_id, event, source, target, at) VALUES (?, ?, ?, ?, ?)", entry)


def run(store: Store, cases: int) -> Timings:
    """Do the work."""
    bare = BareStore(store)

    def act(case: int, event: str) -> None:
        source = bare.state(case)
        if not permit(case):
            raise PermissionError(event)
        bare.move(case, event, source, DESTINATIONS[event, source])
        bare.connection.commit()

    return run_cases(cases, bare.start, act)
