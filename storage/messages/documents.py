"""Documents made by follow-ups: each once per act and name, with its fingerprint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import bindparam, select

from storage.cases.cases import FAMILY_IDS
from storage.engine import Session
from storage.rows import Document, table
from storage.upsert import insert_once

_DOCUMENTS = table(Document)
_ADD = insert_once(_DOCUMENTS, keys=("case_id", "seq", "name"), returning=_DOCUMENTS.c.id)


@dataclass(frozen=True, slots=True)
class Made:
    """A document as it was made for the act of this number; ``media`` is its type, such as text/markdown."""

    case_id: str
    seq: int
    name: str
    title: str
    media: str
    text: str
    made_at: datetime
    sha256: str = ""


_MADE = tuple(_DOCUMENTS.c[name] for name in Made.__slots__)
_OF_CASE = (
    select(*_MADE).where(_DOCUMENTS.c.case_id == bindparam("of_case")).order_by(_DOCUMENTS.c.seq, _DOCUMENTS.c.id)
)
_LISTED = select(*(_DOCUMENTS.c[name] for name in ("case_id", "seq", "name", "title", "sha256"))).order_by(
    _DOCUMENTS.c.seq, _DOCUMENTS.c.id
)
_LISTED_OF_CASE = _LISTED.where(_DOCUMENTS.c.case_id == bindparam("of_case"))
_LISTED_OF_FAMILY = _LISTED.where(_DOCUMENTS.c.case_id.in_(FAMILY_IDS))


class Listed(NamedTuple):
    """A document without its text."""

    case_id: str
    seq: int
    name: str
    title: str
    sha256: str


def list_of_case(session: Session, case_id: str) -> list[Listed]:
    """The documents of a case in the order of its acts, without their texts."""
    return [Listed(*row) for row in session.execute(_LISTED_OF_CASE, {"of_case": case_id})]


def list_of_family(session: Session, root: str) -> list[Listed]:
    """The documents of an inspection and of the cases that belong to it, without their texts."""
    return [Listed(*row) for row in session.execute(_LISTED_OF_FAMILY, {"of_root": root})]


def add(session: Session, made: Made) -> bool:
    """Store a document; its fingerprint is computed here. False when it was there already, which then stands."""
    values = {name: getattr(made, name) for name in Made.__slots__}
    values["sha256"] = sha256(made.text.encode()).hexdigest()
    return session.execute(_ADD, values).first() is not None


def of_case(session: Session, case_id: str) -> list[Made]:
    """The documents of a case in the order of its acts."""
    return [Made(*row) for row in session.execute(_OF_CASE, {"of_case": case_id})]
