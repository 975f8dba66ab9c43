"""Nobody decides their own: the report one consolidated, the plan one made (SPEC rule 6, house rule)."""

from __future__ import annotations

from collections.abc import Iterator

from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal


def consenter_did_not_consolidate(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody decides on a district report they ever consolidated, also after it was sent back."""
    if context.actor is not None and context.actor.name in case.actors("consolidate"):
        yield refusal("own_report", Role.AUTHORITY, name=context.actor.name)


def filer_did_not_plan(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody acknowledges the filing of a plan they made or amended."""
    if context.actor is not None and context.actor.name in case.actors("plan", "amend"):
        yield refusal("own_plan", Role.SUPERVISION_OFFICE, name=context.actor.name)
