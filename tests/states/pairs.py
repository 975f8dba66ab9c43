"""Every act × state × role that a procedure accepts, as a list to be read and kept beside the tables.

``python -m tests.states.pairs`` writes the lists anew; read the difference before committing it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from states.assessment.forms.results import OrderOutcome
from states.assessment.forms.scoring import VetoCounty
from states.engine.case import NEW, Actor, Case, Role
from states.engine.context import Context
from states.engine.evaluate import advance
from states.engine.forms.base import Form
from states.engine.forms.fields import choices
from states.engine.forms.reading import read_form
from states.engine.pack import Pack
from states.engine.refusals import ActRefused
from states.engine.table import Procedure
from states.inspection.kinds import Kind
from states.packs import newest_packs
from tests.states.filling import filled, least
from tests.states.world import BACHUAN, DAY, DONGCHENG, PLAN, World

DECIDING: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "unit_assessment": [{"vetoes": [least(VetoCounty)]}],
    "result_measure": [{"order": least(OrderOutcome) | {"measure": "priority"}}],
}
"""What a dossier holds where it decides between two rows of an act: a veto, a measure that lasts."""
GOLDEN = Path(__file__).parent / "golden"
WORLD = World()


def _unguarded(pack: Pack) -> Pack:
    def without(procedure: Procedure) -> Procedure:
        return replace(procedure, steps=tuple(replace(step, guards=()) for step in procedure.steps))

    instruments = tuple(
        replace(one, procedures={name: without(procedure) for name, procedure in one.procedures.items()})
        for one in pack.instruments
    )
    return replace(pack, instruments=instruments)


PACK_OF = {name: pack for pack in reversed(newest_packs()) for name in pack.procedures}
"""The newest text that has a procedure, by the procedure."""
PROCEDURES = {name: pack.procedures[name] for name, pack in PACK_OF.items()}
UNGUARDED = {pack.key: _unguarded(pack) for pack in PACK_OF.values()}
"""The tables without their guards: what is left to refuse an act is the order and the role."""


@cache
def acts_tried(instrument: str) -> tuple[str, ...]:
    """Every act of an instrument is tried on each of its procedures, its own or not."""
    procedures = [one for pack in UNGUARDED.values() for one in pack.instruments if one.name == instrument]
    return tuple(sorted({act for one in procedures for table in one.procedures.values() for act in table.acts}))


def accepted(procedure: str) -> list[str]:
    """What the procedure accepts, a line each: act, from, to, role; ``+`` marks what another act has to bring about."""
    return [
        f"{act}: {state} → {after} by {role}{'' if _destinations(procedure, act, state, role, False) else ' +'}"
        for act in acts_tried(PACK_OF[procedure].instrument_of(procedure).name)
        for state in (NEW, *PROCEDURES[procedure].states)
        for role in Role
        for after in _destinations(procedure, act, state, role, True)
    ]


def _destinations(procedure: str, act: str, state: str, role: Role, as_consequence: bool) -> list[str]:
    """Where the act leads for this role; to more than one place if what is handed in decides."""
    actor = Actor("某人", frozenset({role}), "TL", BACHUAN if role is Role.TARGET_OFFICER else None)
    found: list[str] = []
    for form, case in product(_forms(procedure, act), _cases(procedure, state)):
        try:
            context = Context(actor, DAY, DAY, UNGUARDED[PACK_OF[procedure].key], WORLD, form, as_consequence)
            found.append(advance(case, act, context).after.state)
        except ActRefused:
            continue
    return list(dict.fromkeys(found))


@cache
def _forms(procedure: str, act: str) -> tuple[BaseModel, ...]:
    """What the act may be handed in with: the targets as they are, and others; each choice, where one decides."""
    rows = PROCEDURES[procedure].rows(act)
    if not rows:
        return (Form(),)
    if (chosen := rows[0].form.model_fields.get("outcome")) and len(rows) > 1:
        return tuple(
            read_form(rows[0].form, {**least(rows[0].form), "outcome": one}) for one in choices(chosen.annotation)
        )
    return tuple(filled(rows[0].form, targets) for targets in ([BACHUAN], [BACHUAN, DONGCHENG])[: len(rows)])


@cache
def _cases(procedure: str, state: str) -> tuple[Case, ...]:
    """A case in this state: with what every case of the procedure has, and with what decides between rows."""
    case = WORLD.inspection(state, Kind.LOOK_BACK if procedure == "look_back" else Kind.SPECIAL)
    plan = {**PLAN, "targets": [BACHUAN], "contents": []}
    plain = replace(case, procedure=procedure, unit=BACHUAN, targets=(BACHUAN,), dossier={"plan": plan})
    return (plain, *(replace(plain, dossier=dossier) for dossier in DECIDING.get(procedure, ())))


def main() -> None:
    """Write the lists anew."""
    for name in PROCEDURES:
        (GOLDEN / f"{name}.txt").write_text("\n".join(accepted(name)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
