"""Restoring a dump of PostgreSQL: loaded into a schema of its own, then put in the place of the tables in use.

This program makes the tables, indexes and constraints itself, at the revision of the dump, and takes rows alone from
it. Loading is one transaction, the switch another: a process killed at any moment leaves the tables in use as they
were, or as they become, and what was loaded serves the next attempt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from storage import migrate
from storage.backup_files import STAGING
from storage.engine import Database, Session, connect
from storage.postgresql_programs import CopyFailed, output_of
from storage.rows import Row
from storage.schema import VERSION_TABLE

_RESTORE_LOCK: Final = 0x64756369
"""The advisory lock of whoever restores into this database."""

_COPY: Final = re.compile(rb'COPY (?:\w+|"[^"]+")\.(\w+) \(([^)]*)\) FROM stdin;')
_SEQUENCE: Final = re.compile(rb"SELECT pg_catalog\.setval\('(?:\w+|\"[^\"]+\")\.(\w+)', (\d+), (true|false)\);")
_END: Final = b"\\."

_FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND connamespace = CAST(:schema AS regnamespace) ORDER BY 1, 2"""


def lock(session: Session) -> bool:
    """Whether this transaction alone restores into the database, until it ends."""
    return bool(session.execute(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": _RESTORE_LOCK}).scalar_one())


def prepare_extension(database: Database) -> None:
    """Have the extension of the second fence outside of the staging schema, where it may be had at all."""
    with suppress(DBAPIError), database.writing() as session:
        session.execute(text("CREATE EXTENSION IF NOT EXISTS btree_gist"))


@contextmanager
def staging(database: Database) -> Iterator[Database]:
    """The same database, with the staging schema in place of the one in use."""
    url = database.engine.url
    options = f"{url.query.get('options', '')} -c search_path={STAGING}"
    address = url.update_query_dict({"options": options}).render_as_string(hide_password=False)
    staged = connect(address, busy_seconds=database.busy_seconds)
    try:
        yield staged
    finally:
        staged.close()


def is_loaded(session: Session, mark: str) -> bool:
    """Whether an attempt that ended early has loaded the dump of this mark already."""
    query = "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = :schema"
    return session.execute(text(query), {"schema": STAGING}).scalar() == mark


def load(source: Path, staged: Database, revision: str, mark: str, check: Callable[[Session], None]) -> None:
    """Load a dump of this revision and mark it as loaded, in one transaction; ``check`` may still refuse it.

    Raises CopyFailed, and whatever ``check`` raises.
    """
    with staged.writing() as session:
        drop(session)
        session.execute(text(f"CREATE SCHEMA {STAGING}"))
        try:
            migrate.build(session, revision)
            _copy_rows(source, session)
        except DBAPIError as error:
            raise CopyFailed("copy_damaged", file=str(source), detail=_first_line(error.orig)) from error
        check(session)
        session.execute(text(f"COMMENT ON SCHEMA {STAGING} IS '{mark}'"))


def drop(session: Session) -> None:
    """Remove what an attempt left."""
    session.execute(text(f"DROP SCHEMA IF EXISTS {STAGING} CASCADE"))


def lock_tables(session: Session) -> None:
    """Let nobody write what is to be replaced until this transaction ends; it can be read meanwhile."""
    session.execute(text(f"LOCK TABLE {', '.join(_ours(session))} IN EXCLUSIVE MODE"))


def is_half_restored(session: Session) -> bool:
    """Whether an earlier version of this program was killed while it restored: all tables, but no revision."""
    found = set(inspect(session).get_table_names())
    if VERSION_TABLE not in found or not found <= {VERSION_TABLE, *Row.metadata.tables}:
        return False
    return session.execute(text(f"SELECT count(*) FROM {VERSION_TABLE}")).scalar() == 0


def move_aside(session: Session, schema: str) -> None:
    """Move the tables in use into another schema."""
    session.execute(text(f'CREATE SCHEMA "{schema}"'))
    for table in _ours(session):
        session.execute(text(f'ALTER TABLE {table} SET SCHEMA "{schema}"'))


def switch(session: Session) -> None:
    """Put the prepared tables in the place of those in use. Raises CopyFailed where something rests on these."""
    target = session.execute(text("SELECT quote_ident(current_schema())")).scalar_one()
    try:
        if replaced := _ours(session):
            session.execute(text(f"DROP TABLE {', '.join(replaced)}"))
        for table in inspect(session).get_table_names(schema=STAGING):
            session.execute(text(f"ALTER TABLE {STAGING}.{table} SET SCHEMA {target}"))
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") != "2BP01":
            raise
        raise CopyFailed("restore_blocked", detail=_first_line(error.orig)) from error
    drop(session)


def _ours(session: Session) -> list[str]:
    """The tables of this program in the schema in use."""
    known = {VERSION_TABLE, *Row.metadata.tables}
    return sorted(known.intersection(inspect(session).get_table_names()))


def _copy_rows(source: Path, session: Session) -> None:
    """Copy the rows of every table; foreign keys hold again at the end, since the tables come in any order."""
    keys = [tuple(row) for row in session.execute(text(_FOREIGN_KEYS), {"schema": STAGING})]
    for table, name, _ in keys:
        session.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
    tables = [table for table in inspect(session).get_table_names() if table != VERSION_TABLE]
    session.execute(text(f"TRUNCATE {', '.join(tables)}"))
    with output_of("pg_restore", ["--data-only", "--file=-", str(source)]) as lines:
        _read_script(lines, session, source)
    for table, name, definition in keys:
        session.execute(text(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"))


def _read_script(lines: Iterable[bytes], session: Session, source: Path) -> None:
    """Do what a script of rows says: COPY and the last values of sequences, nothing else."""
    driver: Any = session.connection.driver_connection
    known = {*inspect(session).get_table_names()} - {VERSION_TABLE}
    rest = iter(lines)
    for line in rest:
        if found := _COPY.match(line):
            table, columns = found[1].decode(), found[2].decode()
            rows = _rows_of_copy(rest)
            if table in known:
                _copy(driver, f"COPY {table} ({columns}) FROM STDIN", rows, source)
            elif table != VERSION_TABLE:
                raise CopyFailed("copy_damaged", file=str(source), detail=table)
            else:
                list(rows)
        elif found := _SEQUENCE.match(line):
            values = {"name": found[1].decode(), "last": int(found[2]), "used": found[3] == b"true"}
            session.execute(text("SELECT setval(CAST(:name AS regclass), :last, :used)"), values)


def _rows_of_copy(lines: Iterator[bytes]) -> Iterator[bytes]:
    for line in lines:
        if line.rstrip(b"\n") == _END:
            return
        yield line


def _copy(driver: Any, statement: str, rows: Iterable[bytes], source: Path) -> None:
    from psycopg import Error

    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copied:
            for row in rows:
                copied.write(row)
    except Error as error:
        raise CopyFailed("copy_damaged", file=str(source), detail=_first_line(error)) from error


def _first_line(error: BaseException | None) -> str:
    return str(error).strip().partition("\n")[0]
