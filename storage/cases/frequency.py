"""Frequency keys: asked for under a guard row, held while a request is pending, taken for a window, freed.

A decision on keys locks their guard rows first, in one order, so that of two requests at the same moment the
second sees what the first did.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import Boolean, bindparam, select, update
from sqlalchemy.exc import IntegrityError

from states.engine.frequency import Key, Use
from states.engine.successions import Successions
from storage import statements
from storage.among import among
from storage.engine import Session
from storage.errors import Overtaken
from storage.rows import FrequencyGuard, FrequencyUse, table
from storage.statements import Statement, Values, inserting
from storage.upsert import upsert

USES = table(FrequencyUse)
_GUARDS = table(FrequencyGuard)
_FENCES = ("ex_frequency_use_window", "uq_frequency_use_held", "UNIQUE constraint failed: frequency_use.")
_STANDING = USES.c.released_at.is_(None)
# A guard row has nothing but its key: writing the key again is what locks it.
_LOCK = Statement(upsert(_GUARDS, keys=("jurisdiction", "key_kind", "key_value"), always=("key_value",)))
_USES = Statement(
    select(USES.c.key_kind, USES.c.key_value, USES.c.case_id, USES.c.since, USES.c.until)
    .where(
        USES.c.jurisdiction == bindparam("of_jurisdiction"),
        # Kinds and values find them in the index, both together which they are: a list goes in as one value.
        among(USES.c.key_kind, "of_kinds"),
        among(USES.c.key_value, "of_values"),
        among(USES.c.key_kind.concat(":").concat(USES.c.key_value), "of_keys"),
        USES.c.case_id != bindparam("besides"),
        _STANDING,
    )
    .order_by(USES.c.since, USES.c.id)
)
_HOLD = inserting(USES)
_OF_CASE = (USES.c.case_id == bindparam("of_case"), _STANDING)
_EXCEPTED = bindparam("excepted", type_=Boolean)
_TAKE = Statement(
    update(USES)
    .where(*_OF_CASE, USES.c.until.is_(None))
    .values(since=bindparam("first"), until=bindparam("last"), exception=_EXCEPTED, fenced=USES.c.fenced & ~_EXCEPTED)
)
_RELEASE = update(USES).where(*_OF_CASE).values(released_at=bindparam("at"))
_RELEASE_ONE = _RELEASE.where(USES.c.key_kind == bindparam("of_kind"), USES.c.key_value == bindparam("of_value"))
_KEYS_OF_CASE = Statement(select(USES.c.key_kind, USES.c.key_value).where(*_OF_CASE).order_by(USES.c.id))
_BOARD = (
    select(USES)
    .where(
        USES.c.jurisdiction == bindparam("of_jurisdiction"),
        _STANDING,
        USES.c.since <= bindparam("last"),
        USES.c.until.is_(None) | (USES.c.until >= bindparam("first")),
    )
    .order_by(USES.c.key_kind, USES.c.key_value, USES.c.since, USES.c.id)
)


UNIT_KEY: Final = "target"
"""The kind of key whose values are unit codes."""


class KeyTaken(Overtaken):
    """A fence of the database refused a key that another case has: the guards were not asked, or not under the lock."""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One standing use of a key, as the board of targets × months shows it."""

    use: Use
    exception: bool


def lock_keys(session: Session, jurisdiction: str, keys: Iterable[Key]) -> None:
    """Keep these keys to this transaction, until it ends. Keys nobody ever asked for are locked as well."""
    values = [{"jurisdiction": jurisdiction, "key_kind": key.kind, "key_value": key.value} for key in sorted(set(keys))]
    for value in values:
        _LOCK.execute_later(session, value)


def uses(session: Session, jurisdiction: str, keys: Sequence[Key], besides: str) -> list[Use]:
    """The standing uses of these keys by other cases, whether by an exception or not."""
    if not keys:
        return []
    values = {
        "of_jurisdiction": jurisdiction,
        "of_kinds": tuple(key.kind for key in keys),
        "of_values": tuple(key.value for key in keys),
        "of_keys": tuple(f"{key.kind}:{key.value}" for key in keys),
        "besides": besides,
    }
    return [Use(Key(kind, value), *rest) for kind, value, *rest in _USES.fetch_all(session, values)]


def uses_of_lines(
    session: Session, jurisdiction: str, keys: Sequence[Key], besides: str, became: Successions
) -> list[Use]:
    """As ``uses``; a unit has those of the units it continues as well, under its own code."""
    asked = {key: of_line(key, became) for key in keys}
    found = uses(session, jurisdiction, sorted({one for line in asked.values() for one in line}), besides)
    counted = [
        replace(use, key=key)
        for key, line in asked.items()
        for use in (
            became.counting_for(key.value, (use for use in found if use.key in line)) if len(line) > 1
            else (use for use in found if use.key == key)
        )
    ]  # fmt: skip
    return sorted(dict.fromkeys(counted), key=lambda use: use.since)


def of_line(key: Key, became: Successions) -> frozenset[Key]:
    """The key of a unit with those of every unit in its line; any other key alone."""
    if key.kind != UNIT_KEY:
        return frozenset({key})
    return frozenset(Key(key.kind, code) for code in became.related(key.value))


def uses_of_kinds(session: Session, jurisdiction: str, kinds: Iterable[str], on: date) -> list[Use]:
    """The uses of every key of these kinds that are held, or taken for a window that ends on this day or later."""
    query = (
        select(USES.c.key_kind, USES.c.key_value, USES.c.case_id, USES.c.since, USES.c.until)
        .where(
            USES.c.jurisdiction == jurisdiction,
            USES.c.key_kind.in_(sorted(kinds)),
            _STANDING,
            USES.c.until.is_(None) | (USES.c.until >= on),
        )
        .order_by(USES.c.since, USES.c.id)
    )
    return [Use(Key(kind, value), *rest) for kind, value, *rest in session.execute(query)]


def hold(
    session: Session,
    jurisdiction: str,
    case_id: str,
    keys: Iterable[Key],
    since: date,
    *,
    exception: bool = False,
    shared: bool = False,
) -> None:
    """A request is pending from this day and holds its keys. Raises KeyTaken when one is held already.

    ``shared`` keys are those of a limit that allows several: for them the guards alone count the uses.
    """
    values = [
        {
            "jurisdiction": jurisdiction,
            "key_kind": key.kind,
            "key_value": key.value,
            "case_id": case_id,
            "since": since,
            "until": None,
            "exception": exception,
            "fenced": not (exception or shared),
            "released_at": None,
        }
        for key in sorted(set(keys))
    ]
    _fenced(session, _HOLD, values)


def take(session: Session, case_id: str, since: date, until: date, *, exception: bool = False) -> None:
    """The approval takes the keys the case holds, for these days. Raises KeyTaken when another has one in them."""
    _fenced(session, _TAKE, [{"of_case": case_id, "first": since, "last": until, "excepted": exception}])


def of_case(session: Session, case_id: str) -> list[Key]:
    """The keys a case holds or has taken, and has not given back."""
    return [Key(*row) for row in _KEYS_OF_CASE.fetch_all(session, {"of_case": case_id})]


def standing(session: Session, case_id: str) -> list[Use]:
    """What a case holds or has taken, and has not given back."""
    query = select(USES.c.key_kind, USES.c.key_value, USES.c.case_id, USES.c.since, USES.c.until).where(
        USES.c.case_id == case_id, _STANDING
    )
    found = session.execute(query.order_by(USES.c.key_kind, USES.c.key_value))
    return [Use(Key(kind, value), *rest) for kind, value, *rest in found]


def release(session: Session, case_id: str, at: datetime, keys: Iterable[Key] | None = None) -> None:
    """The case gives back these keys, or every key it holds or has taken."""
    if keys is None:
        session.execute(_RELEASE, {"of_case": case_id, "at": at})
        return
    for key in sorted(set(keys)):
        session.execute(_RELEASE_ONE, {"of_case": case_id, "at": at, "of_kind": key.kind, "of_value": key.value})


def board(session: Session, jurisdiction: str, year: int) -> list[BoardRow]:
    """Every use standing within a year, by key and first day."""
    rows = session.execute(
        _BOARD, {"of_jurisdiction": jurisdiction, "first": date(year, 1, 1), "last": date(year, 12, 31)}
    )
    return [
        BoardRow(Use(Key(row.key_kind, row.key_value), row.case_id, row.since, row.until), row.exception)
        for row in rows
    ]


def _fenced(session: Session, statement: Statement, values: Sequence[Values]) -> None:
    try:
        for one in values:
            statement.execute_later(session, one)
        statements.send(session)
    except IntegrityError as error:
        if any(fence in str(error.orig) for fence in _FENCES):
            raise KeyTaken(str(error.orig)) from error
        raise
