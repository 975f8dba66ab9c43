"""Every act × state × role that a procedure accepts, as a list to be read and kept beside the tables.

``python -m tests.states.pairs`` writes the lists anew; read the difference before committing it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from pydantic import BaseModel

from states.engine.case import NEW, Actor, Case, Role
from states.engine.context import Context
from states.engine.evaluate import advance
from states.engine.forms.base import Form
from states.engine.pack import Pack
from states.engine.refusals import ActRefused
from states.engine.table import Procedure
from states.inspection.kinds import Kind
from states.inspection.procedures import PROCEDURES
from states.packs import pack_of
from tests.states.filling import filled
from tests.states.world import BACHUAN, DAY, DONGCHENG, PLAN, TONGLIANG, World

GOLDEN = Path(__file__).parent / "golden"
ACTS = sorted({act for procedure in PROCEDURES.values() for act in procedure.acts})
"""Every act is tried on every procedure, its own or not."""
WORLD = World()


def _unguarded(pack: Pack) -> Pack:
    def without(procedure: Procedure) -> Procedure:
        return replace(procedure, steps=tuple(replace(step, guards=()) for step in procedure.steps))

    instruments = tuple(
        replace(one, procedures={name: without(procedure) for name, procedure in one.procedures.items()})
        for one in pack.instruments
    )
    return replace(pack, instruments=instruments)


UNGUARDED = _unguarded(pack_of(TONGLIANG.key))
"""The tables without their guards: what is left to refuse an act is the order and the role."""


def accepted(procedure: str) -> list[str]:
    """What the procedure accepts, a line each: act, from, to, role; ``+`` marks what another act has to bring about."""
    return [
        f"{act}: {state} → {after} by {role}{'' if _destinations(procedure, act, state, role, False) else ' +'}"
        for act in ACTS
        for state in (NEW, *PROCEDURES[procedure].states)
        for role in Role
        for after in _destinations(procedure, act, state, role, True)
    ]


def _destinations(procedure: str, act: str, state: str, role: Role, as_consequence: bool) -> list[str]:
    """Where the act leads for this role; to more than one place if what is handed in decides."""
    actor = Actor("某人", frozenset({role}), "TL", BACHUAN if role is Role.TARGET_OFFICER else None)
    found: list[str] = []
    for form in _forms(procedure, act):
        try:
            context = Context(actor, DAY, DAY, UNGUARDED, WORLD, form, as_consequence)
            found.append(advance(_case(procedure, state), act, context).after.state)
        except ActRefused:
            continue
    return list(dict.fromkeys(found))


@cache
def _forms(procedure: str, act: str) -> tuple[BaseModel, ...]:
    """What the act may be handed in with: the targets as they are, and others where they could be changed."""
    rows = PROCEDURES[procedure].rows(act)
    if not rows:
        return (Form(),)
    return tuple(filled(rows[0].form, targets) for targets in ([BACHUAN], [BACHUAN, DONGCHENG])[: len(rows)])


@cache
def _case(procedure: str, state: str) -> Case:
    case = WORLD.inspection(state, Kind.LOOK_BACK if procedure == "look_back" else Kind.SPECIAL)
    plan = {**PLAN, "targets": [BACHUAN], "contents": []}
    return replace(case, procedure=procedure, unit=BACHUAN, targets=(BACHUAN,), dossier={"plan": plan})


def main() -> None:
    """Write the lists anew."""
    for name in PROCEDURES:
        (GOLDEN / f"{name}.txt").write_text("\n".join(accepted(name)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
