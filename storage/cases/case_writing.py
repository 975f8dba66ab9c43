"""Cases written back: only as the version they were read at, and by the journal alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, update

from states.engine.case import Case
from storage.cases import known_rows
from storage.cases.case_rows import CASES, DOSSIER, LASTING, NAMES, row_of
from storage.engine import Session
from storage.errors import Overtaken
from storage.held_cases import LockedCase, held_cases
from storage.rows import CaseTarget, table
from storage.statements import Statement, inserting

_TARGETS = table(CaseTarget)
_INSERT = inserting(CASES)
_SAVE = Statement(
    update(CASES).where(CASES.c.id == bindparam("case_id"), CASES.c.version == bindparam("read_version")),
    given=[column.name for column in CASES.c if column.name not in LASTING],
)
_TARGETS_INSERT = inserting(_TARGETS)
_TARGETS_DELETE = Statement(delete(_TARGETS).where(_TARGETS.c.case_id == bindparam("of_case")))


class StaleCase(Overtaken):
    """Somebody else acted on the case after it was read; nothing was changed."""

    def __init__(self, case_id: str, version: int) -> None:
        super().__init__(f"{case_id} is no longer at version {version}")
        self.case_id = case_id
        self.version = version


def insert_case(session: Session, case: Case, *, open: bool, head: str) -> None:
    """A case after its first act. Written by the journal, before the entry itself."""
    row = row_of(case, open, head)
    _INSERT.execute_later(session, dict(zip(NAMES, row, strict=True)))
    _insert_targets(session, case)
    if case.root is None:
        held_cases(session).roots.add(case.id)
    _keep(session, row, LockedCase(case, head))


def save_case(session: Session, before: Case, after: Case, *, open: bool, head: str) -> None:
    """A case after a further act.

    Raises StaleCase when it is no longer at the version it was read at; on PostgreSQL with the next answer that is
    asked for, or with the commit. The entry that follows in the journal is refused then as well: its number is taken.
    """
    row = row_of(after, open, head)
    values = {**dict(zip(NAMES, row, strict=True)), "case_id": before.id, "read_version": before.version}
    _SAVE.execute_later(session, values, StaleCase(before.id, before.version))
    if before.targets != after.targets:
        _TARGETS_DELETE.execute_later(session, {"of_case": before.id})
        _insert_targets(session, after)
    _keep(session, row, LockedCase(after, head))


def _insert_targets(session: Session, case: Case) -> None:
    """The targets of inspections, which have a kind, and those of parts that several units have together."""
    if case.kind is not None or (case.root is not None and case.unit is not None):
        for unit in sorted(set(case.targets)):
            _TARGETS_INSERT.execute_later(session, {"case_id": case.id, "unit": unit})


def _keep(session: Session, row: Sequence[Any], held: LockedCase) -> None:
    """What was written is known in this transaction, and to the next one that reads this row."""
    held_cases(session).put(held)
    known_rows.remember(row, held, row[DOSSIER])
