"""Statements built once from the tables, compiled once for each database, and run on the driver itself.

SQLAlchemy finds out anew at each execution what it knew at the one before: 0.1 ms a statement, more than SQLite takes
to run it. Types, errors and lost connections are handled as SQLAlchemy handles them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    Connection,
    Date,
    DateTime,
    Dialect,
    Table,
    insert,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

from storage.query import Query
from storage.rows.base import Instant

if TYPE_CHECKING:
    from storage.pipelining import Pipeline

Values = Mapping[str, Any]
_Convert = Callable[[Any], Any]

PIPELINE: Final = "pipeline"
"""Where the pipeline of a transaction on PostgreSQL is in ``session.info``."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The text of a statement for one database, and how values go in and come out; ``fixed`` are in the text itself."""

    text: str
    positional: bool
    fixed: Values
    to_driver: tuple[tuple[str, _Convert | None], ...]
    from_driver: tuple[tuple[int, _Convert], ...]

    def values(self, given: Values) -> Any:
        """The values as the driver takes them."""
        if self.fixed:
            given = {**self.fixed, **given}
        if self.positional:
            return [given[name] if convert is None else convert(given[name]) for name, convert in self.to_driver]
        return {name: given[name] if convert is None else convert(given[name]) for name, convert in self.to_driver}

    def rows(self, found: Sequence[Sequence[Any]]) -> Sequence[Sequence[Any]]:
        """Rows as Python has them."""
        if not self.from_driver or not found:
            return found
        rows = [list(row) for row in found]
        for row in rows:
            for at, convert in self.from_driver:
                row[at] = convert(row[at])
        return rows


class Statement:
    """One statement. ``given`` names the columns that are given a value at execution, where the text cannot tell.

    A list goes in as one value (``among``): a statement has the same text whatever it is given.
    """

    def __init__(self, statement: Any, *, given: Iterable[str] | None = None) -> None:
        self._statement = statement
        self._given = None if given is None else list(given)
        self._compiled: dict[str, _Compiled] = {}

    def fetch_all(self, session: Connection, values: Values) -> Sequence[Sequence[Any]]:
        """The rows found. Raises DBAPIError."""
        compiled = self._for(session.dialect)
        pipeline = session.info.get(PIPELINE)
        if pipeline is not None and (found := pipeline.take(_key(self, values))) is not None:
            return compiled.rows(found)
        given = compiled.values(values)
        try:
            return compiled.rows(_driver(session).execute(compiled.text, given).fetchall())
        except session.dialect.loaded_dbapi.Error as error:
            raise _wrapped(session, compiled.text, error) from error

    def fetch_one(self, session: Connection, values: Values) -> Sequence[Any] | None:
        """The first row found."""
        return next(iter(self.fetch_all(session, values)), None)

    def execute(self, session: Connection, values: Values) -> int:
        """Execute it now and say how many rows it changed. Raises DBAPIError."""
        compiled = self._for(session.dialect)
        given = compiled.values(values)
        try:
            return int(_driver(session).execute(compiled.text, given).rowcount)
        except session.dialect.loaded_dbapi.Error as error:
            raise _wrapped(session, compiled.text, error) from error

    def execute_later(self, session: Connection, values: Values, otherwise: Exception | None = None) -> None:
        """Execute it before the next answer or the commit; ```otherwise`` is raised when it changes no row.

        On SQLite that is at once. COMMIT may go to the server in the same trip: with ``otherwise``, a statement behind
        this one must be refused by the database whenever this one changes no row.
        """
        pipeline: Pipeline | None = session.info.get(PIPELINE)
        if pipeline is not None:
            compiled = self._for(session.dialect)
            pipeline.later(Query(compiled.text, compiled.values(values), otherwise))
        elif self.execute(session, values) == 0 and otherwise is not None:
            raise otherwise

    def query(self, session: Connection, values: Values) -> Query:
        """The statement as the driver takes it."""
        compiled = self._for(session.dialect)
        return Query(compiled.text, compiled.values(values))

    def _for(self, dialect: Dialect) -> _Compiled:
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = self._compile(dialect)
        return compiled

    def _compile(self, dialect: Dialect) -> _Compiled:
        compiled: Any = self._statement.compile(dialect=dialect, column_keys=self._given)
        if compiled.post_compile_params or compiled.escaped_bind_names:
            raise ValueError(f"not one text for all values: {compiled.string}")
        types = {name: bind.type.dialect_impl(dialect) for name, bind in compiled.binds.items()}
        columns = getattr(self._statement, "exported_columns", ())
        results = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        return _Compiled(
            compiled.string,
            compiled.positional,
            {name: bind.value for name, bind in compiled.binds.items() if not bind.required},
            tuple((name, _processor(types[name], dialect)) for name in compiled.positiontup or types),
            tuple((at, convert) for at, convert in enumerate(results) if convert),
        )


BoundStatement = tuple[Statement, Values]
"""A statement with the values it is asked with."""


def inserting(table: Table) -> Statement:
    """The insertion of one row, every column given but a key that grows by itself."""
    return Statement(insert(table).inline(), given=given_columns(table))


def given_columns(table: Table) -> list[str]:
    """The columns that an insertion gives a value."""
    return [column.name for column in table.c if column is not table.autoincrement_column]


def fetch_ahead(session: Connection, *asked: BoundStatement) -> None:
    """Fetch the rows of these statements in one trip, where there are trips to save: they are asked for next."""
    pipeline: Pipeline | None = session.info.get(PIPELINE)
    if pipeline is not None:
        queries: dict[Hashable, Query] = {_key(one, values): one.query(session, values) for one, values in asked}
        with _wrapping(session, "; ".join(query.text for query in queries.values())):
            pipeline.fetch_ahead(queries)


def send(session: Connection) -> None:
    """Send what waits for a next answer. Raises DBAPIError, and what was due otherwise."""
    pipeline: Pipeline | None = session.info.get(PIPELINE)
    if pipeline is not None:
        with _wrapping(session, "what waits"):
            pipeline.send()


def commit(session: Connection) -> None:
    """Commit with what waits, in the same trip, where there are trips to save; otherwise it is left to the caller."""
    pipeline: Pipeline | None = session.info.get(PIPELINE)
    if pipeline is not None:
        with _wrapping(session, "COMMIT"):
            pipeline.commit()


def _key(statement: Statement, values: Values) -> Hashable:
    return (id(statement), *values.values())


def _driver(session: Connection) -> Any:
    # Of both drivers that is the connection of the driver itself, with less of a search for it.
    return session.connection.dbapi_connection


def _processor(type_: TypeEngine[Any], dialect: Dialect) -> _Convert | None:
    """How values of a type are given to the driver; the days and moments of an act are the same in all its rows."""
    convert = type_.bind_processor(dialect)
    return lru_cache(maxsize=64)(convert) if convert and isinstance(type_, Date | DateTime | Instant) else convert


@contextmanager
def _wrapping(session: Connection, text: str) -> Iterator[None]:
    try:
        yield
    except session.dialect.loaded_dbapi.Error as error:
        raise _wrapped(session, text, error) from error


def _wrapped(session: Connection, text: str, error: Any) -> Exception:
    """A driver's error as SQLAlchemy reports it; a connection that was lost does not go back to the pool."""
    dialect = session.dialect
    lost = dialect.is_disconnect(error, _driver(session), None)
    wrapped: Exception = DBAPIError.instance(
        text, None, error, dialect.loaded_dbapi.Error, connection_invalidated=lost, dialect=dialect
    )
    if lost:
        session.invalidate(wrapped)
    return wrapped
