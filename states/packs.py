"""The packs by regulation, and the pack that a case has pinned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

import regulations
from regulations import Regulation
from states.engine.case import Case
from states.engine.pack import Pack
from states.engine.table import Procedure
from states.inspection.pack import inspection_pack

BUILDERS: Final[Mapping[str, Callable[[Regulation], Pack]]] = {
    "tongliang": inspection_pack,
}
"""The function that builds the pack of a version, by the regulation's id."""


@cache
def pack_of(key: str) -> Pack:
    """The pack of the version that a case has pinned: ``tongliang@2023-08-16``. Raises UnknownRegulation,
    and KeyError for a regulation that no pack is built for."""
    regulation = regulations.by_key(key)
    return BUILDERS[regulation.id](regulation)


def procedure_of(case: Case) -> Procedure:
    """The procedure that a case follows, in the version it was opened under."""
    return pack_of(case.regulation).procedure_of(case)


def root_procedures() -> tuple[str, ...]:
    """The procedures of all packs whose cases belong to no other case."""
    return tuple(dict.fromkeys(name for pack in newest_packs() for name in pack.roots))


def newest_packs() -> tuple[Pack, ...]:
    """The pack of the newest version of each regulation, for use where no case pins a version."""
    return tuple(pack_of(regulations.load(id).key) for id in BUILDERS)
