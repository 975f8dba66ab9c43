"""INSERT … ON CONFLICT, which SQLite and PostgreSQL write alike and SQLAlchemy keeps apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.dml import Insert


def upsert(table: Table, keys: Sequence[str], keep: Sequence[str] = (), always: Sequence[str] = ()) -> Insert:
    """Insert, or update the row of the same keys in every column but those to keep (and in those ``always`` names).

    Either compiler writes this statement: SQLite's reads the clause PostgreSQL's statement carries.
    """
    statement = postgresql.insert(table)
    changed: dict[str, Any] = {
        column.name: statement.excluded[column.name]
        for column in table.c
        if column.name in always or (column.name not in keys and column.name not in keep)
    }
    return statement.on_conflict_do_update(index_elements=list(keys), set_=changed)


def insert_once(table: Table, keys: Sequence[str]) -> Insert:
    """Insert, or do nothing where the keys are taken; add ``returning`` to learn which it was."""
    return postgresql.insert(table).on_conflict_do_nothing(index_elements=list(keys))
