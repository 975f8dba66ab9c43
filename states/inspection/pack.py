"""The inspection pack of one version of a regulation."""

from __future__ import annotations

from dataclasses import replace

from regulations import Regulation
from states.engine.pack import Pack
from states.engine.table import BadTable, Procedure
from states.inspection.frequency import FREQUENCY
from states.inspection.procedures import PROCEDURES
from states.inspection.serving import SERVING


def inspection_pack(regulation: Regulation) -> Pack:
    """The tables by which inspections under this version are judged. Raises BadTable for a guard that is not there."""
    left_out = regulation.guards_left_out
    known = {guard.__name__ for one in PROCEDURES.values() for step in one.steps for guard in step.guards}
    if left_out - known:
        raise BadTable(f"{regulation.key}: no guard {', '.join(sorted(left_out - known))}")
    if not left_out:
        return Pack("inspection", regulation, PROCEDURES, FREQUENCY, SERVING)
    procedures = {name: _without(procedure, left_out) for name, procedure in PROCEDURES.items()}
    return Pack("inspection", regulation, procedures, FREQUENCY, SERVING)


def _without(procedure: Procedure, left_out: frozenset[str]) -> Procedure:
    """The procedure without the guards of these names."""
    steps = tuple(
        replace(step, guards=tuple(guard for guard in step.guards if guard.__name__ not in left_out))
        for step in procedure.steps
    )
    return replace(procedure, steps=steps)
