"""The headings of cases: what a message says of a case, without its dossier."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import bindparam, select

from storage.cases.case_rows import CASES
from storage.engine import Session


class Heading(NamedTuple):
    """What a notice says of a case; ``root`` is None for an inspection."""

    id: str
    title: str
    regulation: str
    jurisdiction: str
    region: str
    root: str | None


_HEADINGS = select(*(CASES.c[name] for name in Heading._fields)).where(CASES.c.id.in_(bindparam("ids", expanding=True)))


def headings(session: Session, ids: Iterable[str]) -> dict[str, Heading]:
    """The headings of the cases of these ids, by id."""
    return {row.id: row for row in map(Heading._make, session.execute(_HEADINGS, {"ids": sorted(set(ids))}))}
