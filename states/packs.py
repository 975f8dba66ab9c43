"""The registry of the instruments, the packs by regulation, and the pack that a case has pinned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

import regulations
from regulations import Regulation
from states.assessment.pack import assessment
from states.campaign.pack import campaign
from states.engine.case import Case
from states.engine.pack import Instrument, Pack
from states.engine.table import Procedure
from states.inspection.pack import inspection
from states.matters.pack import matters

INSTRUMENTS: Final[Mapping[str, Callable[[Regulation], Instrument]]] = {
    "inspection": inspection,
    "matters": matters,
    "assessment": assessment,
    "campaign": campaign,
}
"""The function that builds an instrument for a version of a regulation, by the name that the regulation lists."""


@cache
def pack_of(key: str) -> Pack:
    """The pack of the version that a case has pinned: ``tongliang@2023-08-16``. Raises UnknownRegulation,
    and KeyError for a regulation that lists an instrument there is not."""
    regulation = regulations.by_key(key)
    return Pack(regulation, tuple(INSTRUMENTS[name](regulation) for name in regulation.instruments))


def procedure_of(case: Case) -> Procedure:
    """The procedure that a case follows, in the version it was opened under."""
    return pack_of(case.regulation).procedure_of(case)


def root_procedures() -> tuple[str, ...]:
    """The procedures of all packs whose cases belong to no other case."""
    return tuple(dict.fromkeys(name for pack in newest_packs() for name in pack.roots))


def instrument_named(procedure: str) -> str:
    """The name of the instrument that has a procedure. Raises KeyError for a procedure that no pack has."""
    for pack in newest_packs():
        if procedure in pack.procedures:
            return pack.instrument_of(procedure).name
    raise KeyError(procedure)


def newest_packs() -> tuple[Pack, ...]:
    """The pack of the newest version of each regulation, the newest text first, for where no case pins a version."""
    newest = (regulations.load(id) for id in regulations.ids())
    local = sorted((one for one in newest if one.instruments), key=lambda one: one.applies_from, reverse=True)
    return tuple(pack_of(one.key) for one in local)
