"""When results, matters and referrals may come up, and who receipts results (Tongliang art. 16-22)."""

from __future__ import annotations

from collections.abc import Iterator

from states.engine.case import Case, Role
from states.engine.consulted_cases import compares_days
from states.engine.context import Context
from states.engine.dates import not_before
from states.engine.refusals import Refusal, refusal
from states.inspection import dossier


@compares_days
def inspection_is_published(case: Case, context: Context) -> Iterator[Refusal]:
    """Results exist from the day the bulletin is out."""
    inspection = context.inspection(case)
    if inspection.state not in ("published", "closed"):
        yield refusal("inspection_elsewhere", Role.COORDINATOR, case=inspection.id, state=inspection.state)
    yield from not_before(dossier.published_on(inspection), inspection, context)


@compares_days
def inspection_has_begun(case: Case, context: Context) -> Iterator[Refusal]:
    """Such matters are raised only once the groups are at work."""
    inspection = context.inspection(case)
    if inspection.state in (
        "drafted",
        "submitted",
        "returned",
        "rejected",
        "withdrawn",
        "approved",
        "planned",
        "filed",
        "cancelled",
    ):
        yield refusal("inspection_elsewhere", Role.COORDINATOR, case=inspection.id, state=inspection.state)
    yield from not_before(inspection.dated("staffing"), inspection, context)


def the_receiver_receipts(case: Case, context: Context) -> Iterator[Refusal]:
    """The receiver confirms receipt; for a body without an account the joint office does."""
    receiver, actor = dossier.receiver(case), context.actor
    body = next((body for body in context.regulation.result_receivers if body.code == receiver), None)
    if actor is None or body is None or not (actor.holds(Role.APPRAISAL_OFFICE) or actor.holds(Role.COORDINATOR)):
        return
    has_account = body.code == Role.APPRAISAL_OFFICE and context.facts.holders(Role.APPRAISAL_OFFICE)
    whose = Role.APPRAISAL_OFFICE if has_account else Role.COORDINATOR
    if not actor.holds(whose):
        roles = (whose.value,)
        yield refusal("not_the_receiver", whose, name=actor.name, body=body.name, roles=roles, article=body.article)
