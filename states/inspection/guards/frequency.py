"""Frequency in fact: what is approved a year apart is also carried out a year apart (Tongliang art. 12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from states.engine.case import Case, Role
from states.engine.consulted_cases import compares_days
from states.engine.context import Context
from states.engine.frequency import Use, clashes, earliest_day, window
from states.engine.refusals import Refusal, refusal
from states.inspection.guards.departure import is_granted


@compares_days
def is_carried_out_apart(case: Case, context: Context) -> Iterator[Refusal]:
    """No other inspection of the same keys was started within the window, whatever day the limit counts from.

    It yields to the exception granted with the approval, and to one asked for since.
    """
    pack = context.pack
    limit = pack.limit_of(case)
    if limit is None or limit.window == "declared-year" or _is_excepted(case, context):
        return
    standing = context.facts.uses(pack.keys_compared(case), case.id)
    started = [found for use in standing if (found := _as_started(use, context))]
    for use in clashes(started, limit, case, context.on, pack.frequency.topic_keys):
        name = context.named(use.key.value) if use.key.kind == pack.frequency.unit_key else use.key.value
        yield refusal(
            "carried_out_too_soon",
            Role.COORDINATOR,
            Role.AUTHORITY,
            earliest=earliest_day(use, limit),
            key=name,
            case=use.case,
            started=_start(context.facts.case(use.case), context),
            article=limit.article,
        )


def _as_started(use: Use, context: Context) -> Use | None:
    """The use as it would be if its window counted from the start; None for an inspection that was not started."""
    other = context.facts.case(use.case)
    day, limit = _start(other, context), context.pack.limit_of(other) if other else None
    if other is None or day is None or limit is None:
        return None
    since, until = window(limit, other, day)
    return replace(use, since=since, until=until)


def _start(inspection: Case | None, context: Context) -> date | None:
    return context.pack.frequency.counted_from["start"](inspection) if inspection else None


def _is_excepted(case: Case, context: Context) -> bool:
    return context.pack.frequency.is_excepted(case, context.facts) or is_granted("frequency", case, context)
