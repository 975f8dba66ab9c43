"""Cases: read, held for an act, and written back only as the version they were read at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, bindparam, delete, exists, func, insert, or_, select, update

from states.engine.case import Case
from storage import canonical
from storage.engine import Session
from storage.errors import Overtaken
from storage.rows import CaseFile, CaseTarget, table

CASES = table(CaseFile)
LASTING = (
    "id", "procedure", "jurisdiction", "region", "regulation", "year", "opened_on", "opened_by",
    "unit", "parent", "root",
)  # fmt: skip
"""The columns no act changes; the indexed ones are among them, so that an act leaves their indexes alone."""

_TARGETS = table(CaseTarget)
_OPENED = (func.length(CASES.c.id), CASES.c.id)
"""Cases of one scope in the order they were opened: R9 before R10."""

_LOAD = select(CASES).where(CASES.c.id == bindparam("case_id"))
# Kept from other acts, but not from a sweep that only points at the case from its notices.
_HOLD = _LOAD.with_for_update(key_share=True)
_ROOT = select(CASES.c.root).where(CASES.c.id == bindparam("case_id")).scalar_subquery()
_HOLD_FAMILY = (
    select(CASES).where(CASES.c.id == func.coalesce(_ROOT, bindparam("case_id"))).with_for_update(key_share=True)
)
_JURISDICTION = select(CASES.c.jurisdiction).where(CASES.c.id == bindparam("case_id"))
_LOAD_MANY = select(CASES).where(CASES.c.id.in_(bindparam("ids", expanding=True)))
_CHILDREN = select(CASES).where(CASES.c.parent == bindparam("parent_id")).order_by(*_OPENED)
_CHILDREN_OF = _CHILDREN.where(CASES.c.procedure == bindparam("of"))
_PARTS = (
    select(CASES)
    .where(CASES.c.root == bindparam("of_root"), CASES.c.procedure.in_(bindparam("of", expanding=True)))
    .order_by(CASES.c.opened_on, *_OPENED)
)
_FAMILY = (
    select(CASES)
    .where(or_(*(CASES.c[name] == bindparam("of_root") for name in ("id", "root", "parent"))))
    .order_by(CASES.c.opened_on, *_OPENED)
)
FAMILY_IDS = select(CASES.c.id).where(or_(*(CASES.c[name] == bindparam("of_root") for name in ("id", "root"))))
"""The ids of an inspection and of the cases that belong to it, for the statements that read what they have."""
_INSERT = insert(CASES)
_SAVE = (
    update(CASES)
    .where(CASES.c.id == bindparam("case_id"), CASES.c.version == bindparam("read_version"))
    .returning(CASES.c.version)
)
_TARGETS_INSERT = insert(_TARGETS)
_TARGETS_DELETE = delete(_TARGETS).where(_TARGETS.c.case_id == bindparam("of_case"))
_OVERLAPPING = (
    select(CASES)
    .where(
        CASES.c.jurisdiction == bindparam("of_jurisdiction"),
        CASES.c.open,
        CASES.c.id != bindparam("besides"),
        exists().where(_TARGETS.c.case_id == CASES.c.id, _TARGETS.c.unit.in_(bindparam("targets_any", expanding=True))),
    )
    .order_by(*_OPENED)
)


class StaleCase(Overtaken):
    """Somebody else acted on the case after it was read; nothing was changed."""

    def __init__(self, case_id: str, version: int) -> None:
        super().__init__(f"{case_id} is no longer at version {version}")
        self.case_id = case_id
        self.version = version


@dataclass(frozen=True, slots=True)
class LockedCase:
    """A case read for an act: as it stands, with the hash of its last journal entry."""

    case: Case
    head: str


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


def load(session: Session, case_id: str) -> Case | None:
    """The case of this id."""
    row = session.execute(_LOAD, {"case_id": case_id}).first()
    return None if row is None else from_row(row)


def jurisdiction_of(session: Session, case_id: str) -> str | None:
    """The code of the jurisdiction of the case of this id."""
    found: str | None = session.execute(_JURISDICTION, {"case_id": case_id}).scalar()
    return found


def lock(session: Session, case_id: str) -> LockedCase | None:
    """The case of this id, kept from others until the transaction ends."""
    row = session.execute(_HOLD, {"case_id": case_id}).first()
    return None if row is None else LockedCase(from_row(row), row.head_hash)


def lock_inspection(session: Session, case_id: str) -> LockedCase | None:
    """The inspection that the case of this id belongs to or is, kept from others until the transaction ends."""
    row = session.execute(_HOLD_FAMILY, {"case_id": case_id}).first()
    return None if row is None else LockedCase(from_row(row), row.head_hash)


def load_many(session: Session, ids: Iterable[str]) -> dict[str, Case]:
    """The cases of these ids, those that there are, by id."""
    rows = session.execute(_LOAD_MANY, {"ids": sorted(set(ids))})
    return {row.id: from_row(row) for row in rows}


def children(session: Session, parent: str, procedure: str | None = None) -> list[Case]:
    """The cases under this case, of one procedure or of all, in the order they were opened."""
    if procedure is None:
        return [from_row(row) for row in session.execute(_CHILDREN, {"parent_id": parent})]
    return [from_row(row) for row in session.execute(_CHILDREN_OF, {"parent_id": parent, "of": procedure})]


def family(session: Session, root: str) -> list[Case]:
    """An inspection, the cases that belong to it, and the look-backs of it, in the order they were opened."""
    return [from_row(row) for row in session.execute(_FAMILY, {"of_root": root})]


def parts(session: Session, root: str, procedures: Sequence[str]) -> list[Case]:
    """The cases of these procedures that belong to an inspection, in the order they were opened."""
    return [from_row(row) for row in session.execute(_PARTS, {"of_root": root, "of": list(procedures)})]


def overlapping(session: Session, jurisdiction: str, targets: Sequence[str], besides: str) -> list[Case]:
    """Open inspections that touch any of these targets, other than ``besides``."""
    rows = session.execute(
        _OVERLAPPING, {"of_jurisdiction": jurisdiction, "besides": besides, "targets_any": sorted(set(targets))}
    )
    return [from_row(row) for row in rows]


def find(
    session: Session,
    *,
    jurisdiction: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    procedure: str | Sequence[str] | None = None,
    state: str | Sequence[str] | None = None,
    unit: str | None = None,
    target: str | None = None,
    root: str | None = None,
    parent: str | None = None,
    open: bool | None = None,
    newest_first: bool = False,
    limit: int | None = None,
    offset: int = 0,
    where: ColumnElement[bool] | None = None,
) -> list[Case]:
    """The cases that match everything given; ``unit`` is whom the case is about, ``target`` an inspected unit.

    ``where`` is a further condition on the rows, such as what a reader may see.
    """
    equal = {
        "jurisdiction": jurisdiction, "year": year, "kind": kind, "unit": unit,
        "root": root, "parent": parent, "open": open,
    }  # fmt: skip
    query = select(CASES).where(*(CASES.c[name] == value for name, value in equal.items() if value is not None))
    for name, wanted in (("procedure", procedure), ("state", state)):
        if wanted is not None:
            query = query.where(CASES.c[name].in_([wanted] if isinstance(wanted, str) else list(wanted)))
    if target is not None:
        query = query.where(exists().where(_TARGETS.c.case_id == CASES.c.id, _TARGETS.c.unit == target))
    if where is not None:
        query = query.where(where)
    query = query.order_by(CASES.c.opened_on.desc() if newest_first else CASES.c.opened_on, *_OPENED)
    return [from_row(row) for row in session.execute(query.limit(limit).offset(offset or None))]


def insert_case(session: Session, case: Case, *, open: bool, head: str) -> None:
    """A case after its first act. Written by the journal, before the entry itself."""
    session.execute(_INSERT, _lasting(case) | _changing(case, open, head))
    _insert_targets(session, case)


def save_case(session: Session, before: Case, after: Case, *, open: bool, head: str) -> None:
    """A case after a further act. Raises StaleCase when it is no longer at the version it was read at."""
    values = {"case_id": before.id, "read_version": before.version, **_changing(after, open, head)}
    if session.execute(_SAVE, values).first() is None:
        raise StaleCase(before.id, before.version)
    if before.targets != after.targets:
        session.execute(_TARGETS_DELETE, {"of_case": before.id})
        _insert_targets(session, after)


def _insert_targets(session: Session, case: Case) -> None:
    """Only inspections have a kind: their targets are what overlap and load are asked by."""
    if case.kind is not None and case.targets:
        session.execute(_TARGETS_INSERT, [{"case_id": case.id, "unit": unit} for unit in sorted(set(case.targets))])


def _lasting(case: Case) -> dict[str, Any]:
    """What is settled when a case is opened."""
    return {name: getattr(case, name) for name in LASTING}


def _changing(case: Case, open: bool, head: str) -> dict[str, Any]:
    return {
        "title": case.title,
        "acted_on": case.acted_on,
        "state": case.state,
        "version": case.version,
        "kind": case.kind,
        "targets": canonical.dumps(case.targets),
        "suspended": case.suspended,
        "hands": canonical.dumps(dict(case.last_actor_by_act)),
        "dossier": canonical.dumps(dict(case.dossier)),
        "open": open,
        "head_hash": head,
    }


def from_row(row: Row[Any]) -> Case:
    """The case a row holds."""
    kept = dict(row._mapping)
    del kept["open"], kept["head_hash"]
    kept["targets"] = tuple(canonical.loads(row.targets))
    kept["last_actor_by_act"] = canonical.loads(kept.pop("hands"))
    kept["dossier"] = canonical.loads(row.dossier)
    return Case(**kept)
