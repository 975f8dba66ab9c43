"""INSERT … ON CONFLICT, which SQLite and PostgreSQL write alike and SQLAlchemy keeps apart.

Each statement is written out once, as text: SQLAlchemy compiles one with ON CONFLICT anew each time it is executed, at
half a millisecond, and every act has several. Every column but a key that grows by itself must be given a value.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Table, TextClause, bindparam, text
from sqlalchemy.dialects import postgresql


def upsert(table: Table, keys: Sequence[str], keep: Sequence[str] = (), always: Sequence[str] = ()) -> TextClause:
    """Insert, or update the row of the same keys in every column but those to keep (and in those ``always`` names)."""
    statement = postgresql.insert(table)
    changed: dict[str, Any] = {
        column.name: statement.excluded[column.name]
        for column in table.c
        if column.name in always or (column.name not in keys and column.name not in keep)
    }
    return compile_once(statement.on_conflict_do_update(index_elements=list(keys), set_=changed))


def insert_once(table: Table, keys: Sequence[str], returning: Column[Any]) -> TextClause:
    """Insert, or do nothing where the keys are taken; the column returned tells which it was."""
    return compile_once(postgresql.insert(table).on_conflict_do_nothing(index_elements=list(keys)).returning(returning))


def compile_once(statement: Any) -> TextClause:
    """An INSERT as text, with the types of its values, so that it is compiled once for each database."""
    # Without being asked for the key it gave: pysqlite3 does not insert many rows in a call where each returns one.
    statement = statement.inline()
    columns = [column.name for column in statement.table.c if column is not statement.table.autoincrement_column]
    compiled = statement.compile(dialect=_NAMED, column_keys=columns)
    values = [
        bindparam(name, type_=value.type) if value.required else bindparam(name, value.value, value.type)
        for value, name in compiled.bind_names.items()
    ]
    return text(compiled.string).bindparams(*values)


_NAMED = postgresql.dialect(paramstyle="named")  # type: ignore[no-untyped-call]
