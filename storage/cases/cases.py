"""Cases: found, read, and held for an act."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select

from states.engine.case import Case
from storage.among import among
from storage.cases.case_rows import CASES, from_row, locked_of
from storage.engine import Session
from storage.held_cases import LockedCase, held_cases
from storage.rows import CaseTarget, table
from storage.statements import BoundStatement, Statement

_TARGETS = table(CaseTarget)
_OPENED = (func.length(CASES.c.id), CASES.c.id)
"""Cases of one scope in the order they were opened: R9 before R10."""

_BY_ID = select(CASES).where(CASES.c.id == bindparam("case_id"))
_LOAD = Statement(_BY_ID)
# Kept from other acts, but not from a sweep that only points at the case from its notices.
_HOLD = Statement(_BY_ID.with_for_update(key_share=True))
_ROOT = select(CASES.c.root).where(CASES.c.id == bindparam("case_id")).scalar_subquery()
# In the order in which they are locked: two who act on different parts do not wait for each other in a circle.
_HOLD_FAMILY = Statement(
    select(CASES)
    .where(or_(CASES.c.id == _ROOT, CASES.c.id == bindparam("case_id")))
    .order_by(CASES.c.root.is_not(None))
    .with_for_update(key_share=True)
)
_LOAD_MANY = Statement(select(CASES).where(among(CASES.c.id, "ids")))
_CHILDREN = select(CASES).where(CASES.c.parent == bindparam("parent_id")).order_by(*_OPENED)
_ALL_CHILDREN = Statement(_CHILDREN)
_CHILDREN_OF = Statement(_CHILDREN.where(CASES.c.procedure == bindparam("of")))
_PARTS = Statement(
    select(CASES)
    .where(CASES.c.root == bindparam("of_root"), among(CASES.c.procedure, "of"))
    .order_by(CASES.c.opened_on, *_OPENED)
)
_LAST_DAY = select(func.max(CASES.c.acted_on)).where(
    or_(CASES.c.id == bindparam("of_root"), CASES.c.root == bindparam("of_root"))
)
_FAMILY = (
    select(CASES)
    .where(or_(*(CASES.c[name] == bindparam("of_root") for name in ("id", "root", "parent"))))
    .order_by(CASES.c.opened_on, *_OPENED)
)
FAMILY_IDS = select(CASES.c.id).where(or_(*(CASES.c[name] == bindparam("of_root") for name in ("id", "root"))))
"""The ids of an inspection and of the cases that belong to it, for the statements that read what they have."""
_ROOTS = Statement(
    select(CASES)
    .where(
        CASES.c.jurisdiction == bindparam("of_jurisdiction"), CASES.c.root.is_(None), among(CASES.c.state, "of_states")
    )
    .order_by(CASES.c.opened_on, *_OPENED)
)
_OVERLAPPING = Statement(
    select(CASES)
    .where(
        CASES.c.jurisdiction == bindparam("of_jurisdiction"),
        CASES.c.root.is_(None),
        CASES.c.open,
        CASES.c.id != bindparam("besides"),
        exists().where(_TARGETS.c.case_id == CASES.c.id, among(_TARGETS.c.unit, "targets_any")),
    )
    .order_by(*_OPENED)
)


def load(session: Session, case_id: str) -> Case | None:
    """The case of this id."""
    known = held_cases(session)
    if (held := known.get(case_id)) is not None:
        return held.case
    row = _LOAD.fetch_one(session, {"case_id": case_id})
    if row is None:
        return None
    held = locked_of(row)
    known.put(held)
    return held.case


def lock(session: Session, case_id: str) -> LockedCase | None:
    """The case of this id, kept from others until the transaction ends."""
    known = held_cases(session)
    if (held := known.get(case_id)) is not None:
        return held
    row = _HOLD.fetch_one(session, {"case_id": case_id})
    return None if row is None else locked_of(row)


def lock_inspection(session: Session, case_id: str) -> list[LockedCase]:
    """The inspection that the case of this id belongs to, then the case, kept from others until the transaction ends.

    Only the case where it is an inspection itself, and nothing where there is none.
    """
    known = held_cases(session)
    if (case := known.get(case_id)) is not None and (root := known.get(case.case.family)) is not None:
        return [root] if root is case else [root, case]
    family = [locked_of(row) for row in _HOLD_FAMILY.fetch_all(session, {"case_id": case_id})]
    known.roots.update(held.case.family for held in family)
    for held in family:
        known.put(held)
    return family


def to_lock_inspection(case_id: str) -> BoundStatement:
    """The statement of ``lock_inspection``, to be fetched ahead."""
    return _HOLD_FAMILY, {"case_id": case_id}


def lock_jurisdiction(session: Session, case_id: str) -> str | None:
    """The code of the jurisdiction of the case of this id, whose inspection is kept from others as it is read."""
    family = lock_inspection(session, case_id)
    return family[-1].case.jurisdiction if family else None


def load_many(session: Session, ids: Iterable[str]) -> dict[str, Case]:
    """The cases of these ids, those that there are, by id."""
    found = map(from_row, _LOAD_MANY.fetch_all(session, {"ids": tuple(sorted(set(ids)))}))
    return {case.id: case for case in found}


def children(session: Session, parent: str, procedure: str | None = None) -> list[Case]:
    """The cases under this case, of one procedure or of all, in the order they were opened."""
    if procedure is None:
        return [from_row(row) for row in _ALL_CHILDREN.fetch_all(session, {"parent_id": parent})]
    known = held_cases(session)
    if (listed := known.listed("parent", parent, procedure)) is not None:
        return listed
    found = [locked_of(row) for row in _CHILDREN_OF.fetch_all(session, {"parent_id": parent, "of": procedure})]
    known.put_all("parent", parent, procedure, found)
    return [held.case for held in found]


def family(session: Session, root: str) -> list[Case]:
    """An inspection, the cases that belong to it, and the look-backs of it, in the order they were opened."""
    return [from_row(row) for row in session.execute(_FAMILY, {"of_root": root})]


def last_day(session: Session, root: str) -> date:
    """The day of the last act on an inspection or any of its parts."""
    found: date = session.execute(_LAST_DAY, {"of_root": root}).scalar_one()
    return found


def parts(session: Session, root: str, procedures: Sequence[str]) -> list[Case]:
    """The cases of these procedures that belong to an inspection, in the order they were opened."""
    known = held_cases(session)
    listed = {procedure: known.listed("root", root, procedure) for procedure in procedures}
    unread = tuple(procedure for procedure, found in listed.items() if found is None)
    read = [locked_of(row) for row in _PARTS.fetch_all(session, {"of_root": root, "of": unread})] if unread else []
    for procedure in unread:
        known.put_all("root", root, procedure, [held for held in read if held.case.procedure == procedure])
    found = [held.case for held in read] + [case for cases in listed.values() for case in cases or ()]
    return sorted(found, key=lambda case: (case.opened_on, len(case.id), case.id))


def overlapping(session: Session, jurisdiction: str, targets: Sequence[str], besides: str) -> list[Case]:
    """Open inspections that touch any of these targets, other than ``besides``."""
    values = {"of_jurisdiction": jurisdiction, "besides": besides, "targets_any": tuple(sorted(set(targets)))}
    return [from_row(row) for row in _OVERLAPPING.fetch_all(session, values)]


def roots(session: Session, jurisdiction: str, states: Collection[str]) -> list[Case]:
    """The cases of a jurisdiction in these states that belong to no other case, in the order they were opened."""
    values = {"of_jurisdiction": jurisdiction, "of_states": tuple(sorted(states))}
    return [from_row(row) for row in _ROOTS.fetch_all(session, values)]


def find(
    session: Session,
    *,
    jurisdiction: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    procedure: str | Sequence[str] | None = None,
    state: str | Sequence[str] | None = None,
    unit: str | Collection[str] | None = None,
    target: str | Collection[str] | None = None,
    root: str | None = None,
    parent: str | None = None,
    open: bool | None = None,
    newest_first: bool = False,
    limit: int | None = None,
    offset: int = 0,
    where: ColumnElement[bool] | None = None,
) -> list[Case]:
    """The cases that match everything given; ``unit`` is whom the case is about, ``target`` an inspected unit, or any.

    ``where`` is a further condition on the rows, such as what a reader may see.
    """
    equal = {
        "jurisdiction": jurisdiction, "year": year, "kind": kind,
        "root": root, "parent": parent, "open": open,
    }  # fmt: skip
    query = select(CASES).where(*(CASES.c[name] == value for name, value in equal.items() if value is not None))
    for name, wanted in (("procedure", procedure), ("state", state), ("unit", unit)):
        if wanted is not None:
            query = query.where(CASES.c[name].in_([wanted] if isinstance(wanted, str) else list(wanted)))
    if target is not None:
        any_of = [target] if isinstance(target, str) else sorted(target)
        query = query.where(exists().where(_TARGETS.c.case_id == CASES.c.id, _TARGETS.c.unit.in_(any_of)))
    if where is not None:
        query = query.where(where)
    query = query.order_by(CASES.c.opened_on.desc() if newest_first else CASES.c.opened_on, *_OPENED)
    return [from_row(row) for row in session.execute(query.limit(limit).offset(offset or None))]
