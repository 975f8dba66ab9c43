"""The text an entry is hashed over, put together from its row as the driver gives it.

It is ``canonical.dumps`` of the columns, as ``journal.digest`` has it, without taking them apart first: the names are
in their order already, and each string is written by the function that the encoder itself uses. Where a day or a
moment is stored in any other form than the one it is written in, that shows as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Date, func, literal_column

from storage.rows.base import Instant

COLUMNS: Final = (
    "act", "acted_on", "actor", "after", "article", "before", "case_id", "form", "from_state", "prev_hash",
    "reason", "recorded_at", "role", "root", "seq", "to_state",
)  # fmt: skip
"""What is hashed, in the order of the text."""
AFTER, BEFORE, CASE, PREV_HASH, RECORDED_AT, SEQ = map(
    COLUMNS.index, ("after", "before", "case_id", "prev_hash", "recorded_at", "seq")
)
HASH: Final = len(COLUMNS)
"""Where they are in a row; the hash is behind them."""

Times = Callable[[Any, Any], tuple[str, str]]
"""From a day and a moment as they were read to those of the text. Raises ValueError, TypeError for what is neither."""

_DAY: Final = len("2026-03-02")
_MOMENT: Final = len("2026-03-02 01:30:00.123456")


def digest(row: Iterable[Any], times: Times) -> str:
    """The hash of a row that begins with ``COLUMNS``. Raises ValueError, TypeError for what was never hashed."""
    (
        act, acted_on, actor, after, article, before, case_id, form, from_state, prev_hash,
        reason, recorded_at, role, root, seq, to_state, *_,
    ) = row  # fmt: skip
    day, moment = times(acted_on, recorded_at)
    return sha256(
        f'{{"act":{quoted(act)},"acted_on":"{day}","actor":{quoted(actor)},"after":{quoted(after)},'
        f'"article":{quoted(article)},"before":{quoted(before)},"case_id":{quoted(case_id)},"form":{quoted(form)},'
        f'"from_state":{quoted(from_state)},"prev_hash":{quoted(prev_hash)},"reason":{quoted(reason)},'
        f'"recorded_at":"{moment}","role":{quoted(role)},"root":{quoted(root)},"seq":{seq:d},'
        f'"to_state":{quoted(to_state)}}}'.encode()
    ).hexdigest()


def moment(at: datetime, dialect: str) -> str:
    """A point in time as ``read`` gives it; such texts are in the order of what they mean."""
    written = at.astimezone(UTC).isoformat(timespec="microseconds")
    return f"{written[:_DAY]} {written[_DAY + 1 : _MOMENT]}" if dialect == "sqlite" else written


def read(column: Column[Any], dialect: str) -> ColumnElement[Any]:
    """How a column is read: as the driver gives it, but days and moments as text.

    PostgreSQL writes them as they are hashed; with BC behind it, and never infinite, since a driver cannot read that.
    """
    raw: ColumnElement[Any] = literal_column(f"{column.table.name}.{column.name}")
    if dialect != "sqlite" and isinstance(column.type, Date):
        raw = _written(raw, "YYYY-MM-DD")
    if dialect != "sqlite" and isinstance(column.type, Instant):
        raw = _written(raw.op("AT TIME ZONE")(literal_column("'UTC'")), 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')
    return raw.label(column.name)


def times_of(dialect: str) -> Times:
    """From what ``read`` gives to what is in the text."""
    return _of_sqlite if dialect == "sqlite" else _of_postgresql


def _written(time: ColumnElement[Any], form: str) -> ColumnElement[str]:
    return func.replace(
        func.to_char(time, literal_column(f"'{form} BC'")), literal_column("' AD'"), literal_column("''")
    )


def _of_sqlite(day: str, moment: str) -> tuple[str, str]:
    if len(day) != _DAY or len(moment) != _MOMENT or moment[_DAY] != " ":
        raise ValueError(f"not as it is written: {day} {moment}")
    date.fromisoformat(day)
    datetime.fromisoformat(moment)
    return day, f"{moment[:_DAY]}T{moment[_DAY + 1 :]}+00:00"


def _of_postgresql(day: str, moment: str) -> tuple[str, str]:
    return day, moment
