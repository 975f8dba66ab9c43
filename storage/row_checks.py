"""Rows that cannot be read: a text that is not UTF-8, not a date, not JSON, or names what this program does not know.

Such rows come from other programs and from damaged disks. Each is named by its table and key; ``hide`` keeps them from
the readers of a database, so that everything else can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, get_args

from sqlalchemy import Boolean, Column, Date, Integer, Table, text

import regulations
from messages import has
from regulations.errors import RegulationsError
from regulations.provisions import TermUnit
from states.engine.case import Role
from states.packs import pack_of
from storage import canonical
from storage.engine import Database, Session
from storage.journal.account_journal import Act
from storage.rows import Row
from storage.rows.base import Instant

_JSON: Final[Mapping[tuple[str, str], type]] = {
    ("case_file", "targets"): list,
    ("case_file", "hands"): dict,
    ("case_file", "dossier"): dict,
    ("journal", "form"): dict,
    ("journal", "before"): dict,
    ("journal", "after"): dict,
    ("account_change", "before"): dict,
    ("account_change", "after"): dict,
    ("deadline", "pauses"): list,
    ("deadline", "extensions"): list,
}
_ROLE_NAMES: Final = frozenset(role.value for role in Role)
_NAMES: Final[Mapping[str, Mapping[str, Collection[str]]]] = {
    "account_role": {"role": _ROLE_NAMES},
    "notice": {"recipient_role": _ROLE_NAMES},
    "account_change": {"act": get_args(Act)},
    "deadline": {"term_unit": get_args(TermUnit), "due_status": ("final", "provisional", "refused")},
}
"""The names that this program knows, by table and column."""
_LISTS: Final = frozenset({"recipient_role"})
"""Columns that hold several of these names, with commas between them."""
_BYTES_SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read: its key as people name it, where the database has it, the column and its value."""

    table: str
    key: str
    place: str
    column: str
    value: str
    flaw: str


@dataclass(frozen=True, slots=True)
class _Known:
    """The jurisdictions, and the terms of the regulations that cases have pinned."""

    jurisdictions: set[str]
    terms: set[str]


def bad_rows(session: Session) -> list[BadRow]:
    """Every row that cannot be read, by table and key."""
    known = _known(session)
    return [found for table in Row.metadata.sorted_tables for found in _of_table(session, table, known)]


def hide(database: Database, found: Sequence[BadRow]) -> None:
    """Let readers of this database see no row of these, and none that belongs to a case among them."""
    places: dict[str, list[str]] = {}
    for one in found:
        places.setdefault(one.table, []).append(one.place)
    cases = [one.key for one in found if one.table == "case_file"]
    views = []
    for table in Row.metadata.sorted_tables:
        hidden = [_among(_place(database.is_sqlite), places[table.name])] if table.name in places else []
        if cases and "case_id" in table.columns:
            hidden.append(_among("case_id", cases))
        if hidden:
            views.append((table.name, " OR ".join(hidden)))
    database.hidden = tuple(views)


def _among(value: str, wanted: list[str]) -> str:
    return f"coalesce({value} IN ({', '.join(map(_quoted, wanted))}), false)"


def _place(is_sqlite: bool) -> str:
    return "CAST(rowid AS TEXT)" if is_sqlite else "CAST(ctid AS TEXT)"


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _of_table(session: Session, table: Table, known: _Known) -> Iterator[BadRow]:
    keys = [column.name for column in table.primary_key]
    for place, row in _raw(session, table):
        flaw = _first_flaw(table, row, known)
        if flaw is not None:
            key = " ".join(_shown(row[name]) for name in keys)
            yield BadRow(table.name, key, _shown(place), flaw[0], _shown(row[flaw[0]])[:_BYTES_SHOWN], flaw[1])


def _raw(session: Session, table: Table) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Every row as the database keeps it: texts as bytes on SQLite, days and moments as text on PostgreSQL."""
    names = [column.name for column in table.columns]
    if session.dialect.name != "sqlite":
        columns = ", ".join(
            f"CAST({table.name}.{column.name} AS TEXT)" if _is_time(column) else f"{table.name}.{column.name}"
            for column in table.columns
        )
        for place, *values in session.execute(text(f"SELECT CAST(ctid AS TEXT), {columns} FROM {table.name}")):
            yield place, dict(zip(names, values, strict=True))
        return
    driver: Any = session.connection.driver_connection
    before, driver.text_factory = driver.text_factory, bytes
    try:
        columns = ", ".join(f'"{name}"' for name in names)
        for place, *values in driver.execute(f"SELECT rowid, {columns} FROM main.{table.name}"):
            yield place, dict(zip(names, values, strict=True))
    finally:
        driver.text_factory = before


def _is_time(column: Column[Any]) -> bool:
    return isinstance(column.type, Date | Instant)


def _first_flaw(table: Table, row: dict[str, Any], known: _Known) -> tuple[str, str] | None:
    """The first column that cannot be read, and what is wrong with it."""
    read = dict(row)
    for column in table.columns:
        value = row[column.name]
        if value is None:
            continue
        if isinstance(value, bytes):
            try:
                value = read[column.name] = value.decode()
            except UnicodeDecodeError:
                return column.name, "encoding"
        flaw = _flaw_of_value(table, column, value)
        if flaw is not None:
            return column.name, flaw
    return _unknown_name(table.name, read, known)


def _flaw_of_value(table: Table, column: Column[Any], value: Any) -> str | None:
    if isinstance(column.type, Boolean):
        return None if value in (0, 1) else "number"
    if isinstance(column.type, Integer):
        return None if isinstance(value, int) else "number"
    if isinstance(column.type, Date):
        return _flaw(date.fromisoformat, value, "day")
    if isinstance(column.type, Instant):
        return _flaw(datetime.fromisoformat, value, "moment")
    if (kind := _JSON.get((table.name, column.name))) is not None:
        return _flaw(lambda stored: _of_kind(stored, kind), value, "json")
    return None if isinstance(value, str) else "text"


def _of_kind(stored: str, kind: type) -> None:
    if not isinstance(canonical.loads(stored), kind):
        raise ValueError(stored)


def _flaw(read: Callable[[Any], object], value: Any, flaw: str) -> str | None:
    try:
        read(value)
    except (ValueError, TypeError, RecursionError):
        return flaw
    return None


def _unknown_name(table: str, row: dict[str, Any], known: _Known) -> tuple[str, str] | None:
    """The first column that names what this program does not know."""
    for column, names in _NAMES.get(table, {}).items():
        written = row[column].split(",") if column in _LISTS and row[column] else [row[column]]
        if row[column] is not None and not all(one in names for one in written):
            return column, "unknown"
    if table == "deadline" and row["name"] not in known.terms and not has(f"term.{row['name']}"):
        return "name", "unknown"
    if table != "case_file":
        return None
    if row["jurisdiction"] not in known.jurisdictions:
        return "jurisdiction", "unknown"
    return _unknown_in_case(row)


def _unknown_in_case(row: dict[str, Any]) -> tuple[str, str] | None:
    try:
        pack = pack_of(row["regulation"])
    except (RegulationsError, LookupError, ValueError):
        return "regulation", "unknown"
    if row["procedure"] not in pack.procedures:
        return "procedure", "unknown"
    if row["kind"] is not None and row["kind"] not in {kind.code for kind in pack.regulation.kinds}:
        return "kind", "unknown"
    procedure = pack.procedures[row["procedure"]]
    return None if row["state"] in procedure.states else ("state", "unknown")


def _known(session: Session) -> _Known:
    entered = session.execute(text("SELECT code FROM jurisdiction")).scalars()
    codes = {one.code for one in regulations.jurisdictions()} | {str(code) for code in entered}
    keys = {_shown(row["regulation"]) for _, row in _raw(session, Row.metadata.tables["case_file"])}
    terms: set[str] = set()
    for key in keys:
        with suppress(RegulationsError, ValueError):
            terms |= {term.name for term in regulations.by_key(key).terms}
    return _Known(codes, terms)


def _shown(value: Any) -> str:
    return value.decode(errors="backslashreplace") if isinstance(value, bytes) else str(value)
