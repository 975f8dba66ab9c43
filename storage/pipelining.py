"""Writing on PostgreSQL in few trips: statements wait until an answer is needed, and go to the server together.

BEGIN waits as well: the driver would otherwise go to the server for it alone. The connection is in autocommit mode
meanwhile, so that BEGIN and COMMIT are ours. Statements reach the server in the order in which they were given,
whether by SQLAlchemy or by ``storage.statements``; COMMIT is not executed where one before it failed.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

import psycopg
from psycopg import Connection, Cursor
from psycopg.rows import RowFactory, tuple_row

from storage.query import Query

Rows = Sequence[tuple[Any, ...]]

_BEGIN: Final = Query("BEGIN")
_COMMIT: Final = Query("COMMIT")


class Pipeline:
    """What a transaction has yet to send, and the answers that were fetched before they were asked for."""

    def __init__(self, driver: Connection[Any]) -> None:
        self._driver = driver
        self._waiting: list[Query] = [_BEGIN]
        self._ahead: dict[Hashable, Rows] = {}
        driver.autocommit = True
        self._driver.cursor_factory = partial(_SendingCursor, self)  # type: ignore[assignment]

    def later(self, query: Query) -> None:
        """Send this with the next statement whose answer is needed, or before the commit."""
        self._waiting.append(query)

    def fetch_ahead(self, queries: Mapping[Hashable, Query]) -> None:
        """Fetch the rows of these queries in one trip; each is kept under its key until it is taken."""
        with self.sending():
            cursors = {key: Cursor(self._driver).execute(one.text, one.values) for key, one in queries.items()}
        self._ahead.update({key: cursor.fetchall() for key, cursor in cursors.items()})

    def take(self, key: Hashable) -> Rows | None:
        """The rows that were fetched under this key, once."""
        return self._ahead.pop(key, None) if self._ahead else None

    def send(self) -> None:
        """Send what waits. BEGIN alone is not sent: nothing was asked of the server."""
        if self._waiting and self._waiting != [_BEGIN]:
            with self.sending():
                pass

    def commit(self) -> None:
        """Send what waits with COMMIT behind it; the driver then finds nothing left to commit."""
        if self._waiting != [_BEGIN]:
            self._waiting.append(_COMMIT)
            self.send()

    @contextmanager
    def sending(self) -> Iterator[None]:
        """Everything that waits goes to the server in one trip with what is executed meanwhile."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            yield
            return
        sent: list[tuple[Query, Cursor[Any]]] = []
        try:
            with self._driver.pipeline():
                for one in waiting:
                    # Noted first: an earlier one may be answered, and refused, while this one is sent.
                    cursor = Cursor(self._driver)
                    sent.append((one, cursor))
                    cursor.execute(one.text, one.values)
                yield
        finally:
            # Before the error of a later statement, which this one may have led to.
            _check(sent)

    def close(self) -> None:
        """Leave the connection as it was."""
        self._driver.cursor_factory = Cursor
        if not self._driver.closed:
            self._driver.autocommit = False


def _check(sent: Iterable[tuple[Query, Cursor[Any]]]) -> None:
    """Raise what is due for a statement that changed no row; one that was not executed says nothing."""
    for query, cursor in sent:
        if query.otherwise is not None and cursor.rowcount == 0:
            raise query.otherwise


class _SendingCursor(Cursor[Any]):
    """A cursor whose statements take along what waits."""

    def __init__(self, pipeline: Pipeline, connection: Connection[Any], *, row_factory: RowFactory[Any] = tuple_row):
        super().__init__(connection, row_factory=row_factory)
        self._waiting = pipeline

    def execute(self, *args: Any, **options: Any) -> _SendingCursor:
        with self._waiting.sending():
            super().execute(*args, **options)
        return self

    def executemany(self, *args: Any, **options: Any) -> None:
        with self._waiting.sending():
            super().executemany(*args, **options)

    @contextmanager
    def copy(self, *args: Any, **options: Any) -> Iterator[psycopg.Copy]:
        # COPY has no place in a pipeline.
        with self._waiting.sending():
            pass
        with super().copy(*args, **options) as copied:
            yield copied
