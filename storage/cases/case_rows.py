"""A case and its row: the columns of the one are the values of the other, documents as canonical JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

from states.engine.case import Case
from storage import canonical
from storage.cases import hands, known_rows
from storage.held_cases import LockedCase
from storage.rows import CaseFile, table

CASES = table(CaseFile)
LASTING = (
    "id", "procedure", "jurisdiction", "region", "year", "opened_on", "opened_by",
    "unit", "parent", "root",
)  # fmt: skip
"""The columns no act changes; the indexed ones are among them, so that an act leaves their indexes alone."""
lasting = attrgetter(*LASTING)
"""Their values in a case."""

NAMES = tuple(CASES.c.keys())
"""The columns of a row in their order."""
_TARGETS_OF, _HANDS, DOSSIER = map(NAMES.index, ("targets", "hands", "dossier"))
_fields = attrgetter(*(one.name for one in fields(Case)))
"""What a case holds: the columns in their order, but for the last two."""


def row_of(case: Case, open: bool, head: str) -> list[Any]:
    """The row of a case, its columns in the order of ``CaseFile``."""
    row: list[Any] = [*_fields(case), open, head]
    row[_TARGETS_OF] = canonical.dumps(case.targets)
    row[_HANDS] = canonical.dumps(hands.to_json(case.actors_by_act))
    row[DOSSIER] = canonical.dumps_documents(case.dossier)
    return row


def locked_of(row: Sequence[Any]) -> LockedCase:
    """The case of a row that is read for an act; the next act need not take it apart again."""
    if (held := known_rows.known(row)) is None:
        held = LockedCase(made_of(row), row[-1])
        known_rows.remember(row, held, row[DOSSIER])
    return held


def from_row(row: Sequence[Any]) -> Case:
    """The case a row holds."""
    held = known_rows.known(row)
    return held.case if held is not None else made_of(row)


def made_of(row: Sequence[Any]) -> Case:
    """The case of a row, whose columns come in the order of ``CaseFile``: but for the last two that of ``Case``."""
    values: list[Any] = list(row[:-2])
    values[_TARGETS_OF] = tuple(canonical.loads(row[_TARGETS_OF]))
    values[_HANDS] = hands.from_json(canonical.loads(row[_HANDS]))
    values[DOSSIER] = canonical.loads(row[DOSSIER])
    return Case(*values)
