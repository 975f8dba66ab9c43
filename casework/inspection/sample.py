"""The sample for the on-site part: drawn at the filing, from a seed that nobody chooses (Tongliang art. 12).

The seed is the hash of the journal entry of the first filing of a plan with a sample. A plan filed again after an
amendment is drawn from the same seed, so that amending it gives nobody another draw of the same targets.
"""

from __future__ import annotations

from pydantic import BaseModel

from casework.acts.act_transaction import ActTransaction
from states.engine.case import Case
from states.engine.evaluate import Move
from states.engine.sampling import draw
from states.inspection import dossier
from states.inspection.forms.planning import DrawSample, Plan


def draw_sample(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """The filing of a plan with a sample draws it; what a plan filed again leaves as it was stands."""
    plan = dossier.plan(move.after)
    if plan is None or plan.sampling is None:
        return
    earlier = dossier.draws(move.after)
    seed = earlier[-1].seed if earlier else transaction.keep(move.after.id).head
    filing = earlier[-1].filing if earlier else move.after.version
    size = min(plan.sampling.size, len(plan.targets))
    drawn = draw(seed, plan.targets, size)
    new = DrawSample(seed=seed, filing=filing, size=size, among=tuple(sorted(plan.targets)), drawn=drawn)
    if not earlier or earlier[-1] != new:
        transaction.act(move.after.id, "draw_sample", new)


def drawn_units(inspection: Case, plan: Plan) -> tuple[str, ...] | None:
    """The units drawn for the plan in force; None where every target is visited.

    A plan that was filed by an earlier version is drawn from the seed it names itself.
    """
    if plan.sampling is None:
        return None
    if draws := dossier.draws(inspection):
        return draws[-1].drawn
    return draw(plan.sampling.seed or "", plan.targets, plan.sampling.size)
