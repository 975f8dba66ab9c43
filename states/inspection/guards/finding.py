"""Who withdraws a finding: the group that made it asks, a coordinator who did not record it decides (art. 13(4))."""

from __future__ import annotations

from collections.abc import Iterator

from states.engine.case import Case, Role
from states.engine.consulted_cases import compares_days
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.inspection.guards.conduct import acts_for_their_own_group


@compares_days
def finding_is_of_their_group(case: Case, context: Context) -> Iterator[Refusal]:
    """A leader asks for the withdrawal of a finding at a unit that their own group inspects."""
    for group in context.facts.children(case.family, "group"):
        if case.unit in group.targets and group.state != "disbanded":
            yield from acts_for_their_own_group(group, context)


def the_group_asked_for_it(case: Case, context: Context) -> Iterator[Refusal]:
    """A finding of a group is withdrawn only at the group's own request, or with a target that is left out."""
    if not context.as_consequence and not case.has("withdrawal_requests"):
        yield refusal("withdrawal_not_asked", Role.GROUP_LEADER, finding=case.id)
