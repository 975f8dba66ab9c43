"""Before the visits: information on every target, and the notice that was served on it (Tongliang art. 13(4), 16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form
from states.inspection.forms.conduct import Prepare, Start


@on_form
def information_covers_every_target(case: Case, context: Context) -> Iterator[Refusal]:
    """Information on every target is collected first, and what is entered speaks of each of them."""
    form = context.filled(Prepare)
    collected, said = form.targets, {one.code for one in form.about}
    for code in case.targets:
        if collected and code not in collected:
            yield refusal("information_missing", Role.GROUP_LEADER, unit=context.named(code))
        elif code not in said and not _speaks_of(form.information, code, case, context):
            yield refusal("information_unsaid", Role.GROUP_LEADER, unit=context.named(code))
    for code in dict.fromkeys((*collected, *(one.code for one in form.about))):
        if code not in case.targets:
            yield refusal("target_of_other_group", Role.GROUP_LEADER, unit=context.named(code))


def _speaks_of(information: str, code: str, case: Case, context: Context) -> bool:
    """Whether the text names the target; what a group says that has one target only is about it."""
    unit = context.facts.unit(code)
    names = {code, *({unit.name} if unit else ())}
    return bool(information) and (case.targets == (code,) or any(name in information for name in names))


@on_form
def notice_was_served_on_every_target(case: Case, context: Context) -> Iterator[Refusal]:
    """Which notice was served on whom and when, for every target, before the inspection begins."""
    form = context.filled(Start)
    times = Counter(one.code for one in form.served)
    for code in case.targets:
        if not times[code]:
            yield refusal("notice_unserved", Role.COORDINATOR, unit=context.named(code))
    for code in times:
        if code not in case.targets:
            yield refusal("notice_to_another", Role.COORDINATOR, unit=context.named(code))
        elif times[code] > 1:
            yield refusal("notice_served_twice", Role.COORDINATOR, unit=context.named(code))
    if any(not (one.number or form.number) for one in form.served):
        yield refusal("notice_unnumbered", Role.COORDINATOR)
    yield from _served_in_time(case, context)


def _served_in_time(case: Case, context: Context) -> Iterator[Refusal]:
    """A notice is served after the plan it is about was filed, and before the inspection begins."""
    filed = case.dated("filing")
    for one in context.filled(Start).served:
        day, unit = one.served_on or context.on, context.named(one.code)
        if day > context.on:
            yield refusal("notice_not_served_yet", Role.COORDINATOR, unit=unit, day=day, on=context.on)
        if filed is not None and day < filed:
            yield refusal("notice_before_filing", Role.COORDINATOR, earliest=filed, unit=unit, day=day)
