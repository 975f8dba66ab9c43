"""The cases that acts of this process read or wrote last: a row that holds the same values is the same case.

Nothing here can be out of date. The row is read each time; only what was made of the same values is not made again,
nor are its documents parsed again (``states.engine.stored_documents``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from storage.held_cases import LockedCase

MOST: Final = 512
"""Cases that are remembered; then all are forgotten."""
LONGEST: Final = 64 * 1024
"""A case whose dossier has more characters is not remembered."""

_known: dict[str, tuple[tuple[Any, ...], LockedCase]] = {}
"""By the id of the case: its row, and what was made of it."""


def known(row: Sequence[Any]) -> LockedCase | None:
    """What was made of this row before; None where it has other values than the one that is remembered."""
    found = _known.get(row[0])
    return found[1] if found is not None and found[0] == tuple(row) else None


def remember(row: Sequence[Any], held: LockedCase, dossier: str) -> None:
    """Remember what was made of a row, or what it will be read as. ``dossier`` is its text."""
    if len(dossier) > LONGEST:
        return
    if len(_known) >= MOST:
        _known.clear()
    _known[held.case.id] = tuple(row), held
