"""The plan, its amendment, the groups and their training (Tongliang art. 11-13, 16)."""

from __future__ import annotations

from collections.abc import Iterator, Set

from states.engine.case import Case, Role
from states.engine.consulted_cases import compares_days
from states.engine.context import Context
from states.engine.frequency import Key, clashes, earliest_day
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form
from states.inspection import dossier
from states.inspection.forms.planning import Amend, Plan, Train
from states.inspection.guards.application import not_on_the_roster, unlawful_contents
from states.inspection.guards.departure import is_granted


@on_form
def plan_names_all_five(case: Case, context: Context) -> Iterator[Refusal]:
    """The plan names purpose, targets, contents, methods and period."""
    plan = context.filled(Plan)
    for item in context.regulation.plan_items:
        if not getattr(plan, item.code):
            yield refusal("plan_item_missing", Role.COORDINATOR, item=item.text, field=item.code)


@on_form
def plan_keeps_to_the_approval(case: Case, context: Context) -> Iterator[Refusal]:
    """The targets are exactly those approved, and the contents are among those approved."""
    plan = context.filled(Plan)
    for code in plan.targets:
        if context.facts.unit(code) is None:
            yield refusal("unit_unknown", Role.COORDINATOR, unit=code)
        elif code not in case.targets:
            yield refusal("target_outside_approval", Role.COORDINATOR, Role.AUTHORITY, unit=context.named(code))
    for code in case.targets:
        if plan.targets and code not in plan.targets:
            yield refusal("target_left_out", Role.COORDINATOR, Role.AUTHORITY, unit=context.named(code))
    approved = dossier.approved_contents(case)
    for code in plan.contents:
        if code not in approved:
            yield refusal("content_outside_approval", Role.COORDINATOR, Role.AUTHORITY, content=code)


@on_form
def plan_methods_fit_the_kind(case: Case, context: Context) -> Iterator[Refusal]:
    """Which methods, which on-site ways, and whether the on-site part may be by sampling.

    A method that holds in principle may be left out by an exception that was granted.
    """
    plan = context.filled(Plan)
    assert case.kind is not None
    kind = context.regulation.kind(case.kind)
    for method in plan.methods:
        if method not in kind.methods:
            yield refusal("method_unlawful", Role.COORDINATOR, method=method, article=kind.methods_article)
    for required in kind.in_principle_methods:
        if plan.methods and required not in plan.methods and not is_granted(required, case, context):
            yield refusal("method_required", Role.COORDINATOR, method=required, article=kind.methods_article)
    ways = {item.code for item in context.regulation.ways}
    for way in plan.ways:
        if way not in ways:
            yield refusal("way_unknown", Role.COORDINATOR, way=way, lawful=tuple(sorted(ways)))
    if "on_site" in plan.methods and not plan.ways:
        yield refusal("ways_missing", Role.COORDINATOR, lawful=tuple(sorted(ways)))
    if plan.sampling is not None:
        if plan.sampling.seed is not None:
            yield refusal("seed_chosen", Role.COORDINATOR)
        if not kind.may_sample(set(plan.methods)):
            yield refusal("sampling_unlawful", Role.COORDINATOR)
        elif plan.sampling.size > len(plan.targets):
            yield refusal("sample_too_large", Role.COORDINATOR, size=plan.sampling.size, targets=len(plan.targets))


@on_form
def period_is_lawful(case: Case, context: Context) -> Iterator[Refusal]:
    """The period runs forward and, where a limit counts declared years, begins in the declared one (art. 12)."""
    period = context.filled(Plan).period
    if period is None:
        return
    if period.ends < period.begins:
        yield refusal("period_backward", Role.COORDINATOR, begins=period.begins, ends=period.ends)
    limit = context.pack.limit_of(case)
    if limit is not None and limit.window == "declared-year" and period.begins.year != case.year:
        yield refusal("period_outside_year", Role.COORDINATOR, begins=period.begins, year=case.year)


def scope_changes(case: Case, context: Context) -> bool:
    """Whether an amended plan changes targets or contents, so that the authority decides again (art. 16)."""
    if not isinstance(context.form, Amend):
        return False
    amended, plan = context.form, dossier.plan(case)
    contents: Set[str] = set(plan.contents) if plan else dossier.approved_contents(case)
    return set(amended.targets) != set(case.targets) or set(amended.contents) != contents


@on_form
@compares_days
def amended_targets_are_known(case: Case, context: Context) -> Iterator[Refusal]:
    """Targets added by an amended plan are on the roster, and for a look-back targets of its parent."""
    parent = context.facts.case(case.parent) if case.parent else None
    for code in context.filled(Amend).targets:
        if code not in case.targets:
            yield from not_on_the_roster(code, context)
        if context.facts.unit(code) is None or parent is None:
            continue
        if not any(context.facts.successions().continues(code, earlier) for earlier in parent.targets):
            unit = context.named(code)
            yield refusal("target_not_of_parent", Role.COORDINATOR, unit=unit, parent=parent.id)


@on_form
def amended_contents_are_of_this_kind(case: Case, context: Context) -> Iterator[Refusal]:
    """The contents of an amended plan are on the list of this kind of inspection."""
    yield from unlawful_contents(context.filled(Amend).contents, case, context)


@on_form
def added_targets_are_free(case: Case, context: Context) -> Iterator[Refusal]:
    """An amended plan adds no target to a special inspection that was inspected within the year."""
    limit = context.pack.limit_of(case)
    if limit is None or "target" not in limit.keys:
        return
    added = sorted(set(context.filled(Plan).targets) - set(case.targets))
    standing = context.facts.uses([Key("target", code) for code in added], case.id)
    for use in clashes(standing, limit, case, context.on):
        unit, free = context.named(use.key.value), earliest_day(use, limit)
        if use.held:
            yield refusal("added_target_held", Role.COORDINATOR, unit=unit, case=use.case, article=limit.article)
        else:
            yield refusal(
                "added_target_taken", Role.COORDINATOR, earliest=free, unit=unit, case=use.case, article=limit.article
            )


def no_amendment_is_pending(case: Case, context: Context) -> Iterator[Refusal]:
    """An amendment is decided before the next one is requested."""
    for amendment in context.facts.children(case.id, "amendment"):
        if amendment.state == "asked":
            yield refusal("amendment_pending", Role.AUTHORITY, amendment=amendment.id)


@on_form
def every_member_attended(case: Case, context: Context) -> Iterator[Refusal]:
    """Everybody is trained before the inspection; earlier training of the same inspection counts."""
    form = context.filled(Train)
    attended = dossier.people_trained(case) | set(form.attended)
    missing = [name for name in members(case) if name not in attended]
    if missing:
        yield refusal("training_missed", Role.COORDINATOR, names=tuple(missing))
    held = form.held_on
    if held is not None and held > context.on:
        yield refusal("training_in_the_future", Role.COORDINATOR, held=held, on=context.on)
    staffed = case.dated("staffing")
    if held is not None and staffed is not None and held < staffed:
        yield refusal("training_before_staffing", Role.COORDINATOR, earliest=staffed, held=held, staffed=staffed)


def members(case: Case) -> list[str]:
    """Everybody in the groups of an inspection, leaders first in each."""
    staffing = dossier.staffing(case)
    groups = staffing.groups if staffing else ()
    return list(dict.fromkeys(person.name for group in groups for person in (group.leader, *group.members)))
