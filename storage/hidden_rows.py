"""Rows kept from readers: a temporary view of the same name stands before the table, in this connection alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

Hidden = Sequence[tuple[str, str]]
"""Tables, each with the condition under which a row of it is hidden."""


def hide(session: Connection, hidden: Hidden) -> None:
    """Make the views, before the reading transaction begins."""
    driver: Any = session.connection.driver_connection
    if session.dialect.name == "sqlite":
        before = driver.execute("PRAGMA query_only").fetchone()[0]
        driver.execute("PRAGMA query_only=OFF")
        for table, condition in hidden:
            rows = f"SELECT * FROM main.{table} WHERE NOT ({condition})"
            driver.execute(f"CREATE TEMP VIEW IF NOT EXISTS {table} AS {rows}")
        driver.execute(f"PRAGMA query_only={before}")
        return
    [(schema,)] = driver.execute("SELECT quote_ident(current_schema())").fetchall()
    for table, condition in hidden:
        driver.execute(f"CREATE OR REPLACE TEMP VIEW {table} AS SELECT * FROM {schema}.{table} WHERE NOT ({condition})")
    driver.commit()
