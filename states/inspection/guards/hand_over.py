"""Handing over duties: the one who leaves has it, and the successor can and may do it (SPEC rule 12, art. 13(3))."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form
from states.inspection import dossier
from states.inspection.forms.hand_over import Change, HandOver
from states.inspection.guards import groups
from states.inspection.hand_over import IN_GROUPS, after, handler_of, holds, names, working_groups

OFFICE_OF = {"leader": Role.GROUP_LEADER, "officer": Role.TARGET_OFFICER, "handler": Role.COORDINATOR}


@on_form
def leavers_have_the_duty(case: Case, context: Context) -> Iterator[Refusal]:
    """Only who has a duty hands it over, once; a member alone may leave without a successor."""
    changes = context.filled(HandOver).changes
    for (duty, name), times in Counter((change.duty, change.leaves) for change in changes).items():
        if times > 1:
            yield refusal("leaves_twice", Role.COORDINATOR, name=name, duty=duty)
    for change in changes:
        if not _has_duty(change, case, context):
            yield refusal("duty_not_held", Role.COORDINATOR, name=change.leaves, duty=change.duty)
        if change.takes_over is None and change.duty != "member":
            yield refusal("successor_missing", Role.COORDINATOR, name=change.leaves, duty=change.duty)
        if change.takes_over is not None and change.takes_over.name == change.leaves:
            yield refusal("successor_is_the_same", Role.COORDINATOR, name=change.leaves)


@on_form
def successors_hold_the_office(case: Case, context: Context) -> Iterator[Refusal]:
    """The successor has an account with the role of the duty; a liaison officer of the same unit."""
    for change in context.filled(HandOver).changes:
        role = OFFICE_OF.get(change.duty)
        if role is None or change.takes_over is None:
            continue
        account = context.facts.account(change.takes_over.name)
        fits = account is not None and account.holds(role) and not account.automation
        if fits and change.duty == "officer":
            assert account is not None
            fits = account.unit in _units_of(change, case, context)
        if not fits:
            name, duty = change.takes_over.name, change.duty
            yield refusal("successor_without_office", Role.ADMINISTRATOR, name=name, duty=duty, roles=(role.value,))


@on_form
def changed_groups_are_lawful(case: Case, context: Context) -> Iterator[Refusal]:
    """After the change the groups are still carried by the bodies named, and nobody inspects their own unit."""
    changes = context.filled(HandOver).changes
    before = working_groups(case, context)
    changed = [group for group, was in zip(after(before, changes, context), before, strict=True) if group != was]
    yield from groups.weak_groups(changed, case, context)
    yield from groups.own_units(changed, context)
    for group in changed:
        for name, times in Counter(names(group)).items():
            if times > 1:
                yield refusal("already_in_the_group", Role.COORDINATOR, name=name, group=group.name)


@on_form
def successors_are_trained(case: Case, context: Context) -> Iterator[Refusal]:
    """Who joins a group after the training was trained apart, by the day of the hand-over (art. 13(3))."""
    if not case.has("training"):
        return
    trained = dossier.people_trained(case)
    for change in context.filled(HandOver).changes:
        if change.duty not in IN_GROUPS or change.takes_over is None or change.takes_over.name in trained:
            continue
        if change.trained_on is None:
            yield refusal("successor_untrained", Role.COORDINATOR, name=change.takes_over.name)
        elif change.trained_on > context.on:
            yield refusal("training_in_the_future", Role.COORDINATOR, held=change.trained_on, on=context.on)


def _has_duty(change: Change, case: Case, context: Context) -> bool:
    if change.duty == "handler":
        return handler_of(case) == change.leaves
    if change.duty == "officer":
        return bool(_units_of(change, case, context))
    return any(holds(change.duty, change.leaves, group) for group in working_groups(case, context))


def _units_of(change: Change, case: Case, context: Context) -> tuple[str, ...]:
    """The targets that the leaving officer may have answered for: that of the account, every one if it is closed."""
    account = context.facts.account(change.leaves)
    if account is None:
        return case.targets
    if not account.holds(Role.TARGET_OFFICER):
        return ()
    return tuple(code for code in case.targets if context.facts.successions().same_bearer(account.unit, code))
