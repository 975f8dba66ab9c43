"""Matters as one version of a regulation has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from regulations import Regulation
from states.engine.case import Role
from states.engine.pack import Instrument, without_left_out
from states.engine.table import Procedure
from states.matters.procedures import PROCEDURES
from states.matters.serving import SERVING

STAGES: Final = ("matters",)
"""Matters run at the same time as the stages of what they belong to."""
DECIDER: Final = (Role.AUTHORITY,)
"""Who decides in the tables; the regulation may name another role for a procedure."""


def matters(regulation: Regulation) -> Instrument:
    """The matters that the text of this version knows, decided on by the roles that it names."""
    known, left_out = without_left_out(PROCEDURES, regulation)
    return Instrument(
        name="matters",
        procedures={name: _decided_by(one, regulation.deciders) for name, one in known.items()},
        serving=SERVING,
        stages=STAGES,
        on_any_root=True,
        left_out=left_out,
    )


def _decided_by(procedure: Procedure, deciders: Mapping[str, str]) -> Procedure:
    """The procedure with the role that the regulation names where the table has the authority."""
    role = deciders.get(procedure.name)
    if role is None:
        return procedure
    steps = tuple(replace(step, by=(Role(role),)) if step.by == DECIDER else step for step in procedure.steps)
    return replace(procedure, steps=steps)
