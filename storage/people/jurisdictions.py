"""Jurisdictions: those of the package and those entered into the database, read together.

The package is the default. A jurisdiction entered into the database under the same code takes its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Literal

from sqlalchemy import select

import regulations
from regulations import Jurisdiction
from regulations.jurisdictions import DEFAULT, jurisdiction_of, parse_jurisdiction
from storage.engine import Session
from storage.people import accounts
from storage.rows import JurisdictionRow, table
from storage.upsert import upsert

_JURISDICTIONS = table(JurisdictionRow)
_PUT = upsert(_JURISDICTIONS, keys=("code",))
_ALL = select(_JURISDICTIONS).order_by(_JURISDICTIONS.c.code)

Source = Literal["package", "database", "database_over_package"]


@dataclass(frozen=True, slots=True)
class StoredJurisdiction:
    """A jurisdiction as this database reads it: where its data come from, and who entered them and when."""

    jurisdiction: Jurisdiction
    source: Source
    sha256: str | None = None
    entered_at: datetime | None = None
    entered_by: str | None = None


def stored(session: Session) -> list[StoredJurisdiction]:
    """Every jurisdiction of the package and of the database by code; the database's where both have one."""
    packaged = {one.code for one in regulations.jurisdictions()}
    found = {one.code: StoredJurisdiction(one, "package") for one in regulations.jurisdictions()}
    for row in session.execute(_ALL):
        source: Source = "database_over_package" if row.code in packaged else "database"
        found[row.code] = StoredJurisdiction(_parsed(row.data), source, row.sha256, row.entered_at, row.entered_by)
    return [found[code] for code in sorted(found)]


def known(session: Session) -> tuple[Jurisdiction, ...]:
    """Every jurisdiction of the package and of the database by code."""
    return tuple(one.jurisdiction for one in stored(session))


def load(session: Session, code: str) -> Jurisdiction:
    """The jurisdiction of this code. Raises regulations.UnknownJurisdiction."""
    return jurisdiction_of(code, known(session))


def set_up(session: Session) -> tuple[Jurisdiction, ...]:
    """The jurisdictions this database works for, by code: those that have accounts in it, or the default before any
    has."""
    working = accounts.jurisdictions(session) or {DEFAULT}
    return tuple(one for one in known(session) if one.code in working)


def asked_about(session: Session, code: str | None) -> tuple[Jurisdiction, ...]:
    """The jurisdiction of this code, or without one every jurisdiction the database works for.

    Raises regulations.UnknownJurisdiction.
    """
    return set_up(session) if code is None else (load(session, code),)


def put(session: Session, code: str, data: str, at: datetime, by: str) -> None:
    """Keep the checked TOML text of a jurisdiction, in place of an earlier one of its code."""
    digest = sha256(data.encode()).hexdigest()
    session.execute(_PUT, {"code": code, "data": data, "sha256": digest, "entered_at": at, "entered_by": by})


@lru_cache(maxsize=256)
def _parsed(data: str) -> Jurisdiction:
    """The same text gives the same object, so that a jurisdiction is parsed once in a process."""
    return parse_jurisdiction(data)
