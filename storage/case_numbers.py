"""Case numbers: each scope counts by itself, without gaps and without doubles."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from storage.engine import Session
from storage.rows import CaseNumber, table
from storage.statements import Statement
from storage.upsert import compile_once, upsert

Numbers = dict[tuple[str, str], int]
"""The last number of each scope, by jurisdiction and scope."""

_NUMBERS = table(CaseNumber)
_NEXT = Statement(
    compile_once(
        postgresql.insert(_NUMBERS)
        .on_conflict_do_update(index_elements=["jurisdiction", "scope"], set_={"last": _NUMBERS.c.last + 1})
        .returning(_NUMBERS.c.last)
    )
)

EVERY_JURISDICTION: Final = ""
"""Owner of the scopes counted for the whole database: jurisdictions with one case prefix share their numbers."""


def next_case_number(session: Session, jurisdiction: str, scope: str) -> int:
    """The next number of this scope, from 1; given back when the transaction is rolled back.

    On PostgreSQL others who ask for the same scope wait for this transaction to end: that is why there are no gaps.
    """
    values = {"jurisdiction": jurisdiction, "scope": scope, "last": 1}
    [(number,)] = _NEXT.fetch_all(session, values)
    return int(number)


def last_numbers(session: Session) -> Numbers:
    """The last number of every scope."""
    query = select(_NUMBERS.c.jurisdiction, _NUMBERS.c.scope, _NUMBERS.c.last)
    return {(jurisdiction, scope): last for jurisdiction, scope, last in session.execute(query)}


def count_on_from(session: Session, given_out: Numbers) -> None:
    """Give out no number that was given out elsewhere already."""
    known = last_numbers(session)
    ahead = [
        {"jurisdiction": jurisdiction, "scope": scope, "last": last}
        for (jurisdiction, scope), last in sorted(given_out.items())
        if last > known.get((jurisdiction, scope), 0)
    ]
    if ahead:
        session.execute(upsert(_NUMBERS, keys=("jurisdiction", "scope")), ahead)
