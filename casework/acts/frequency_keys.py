"""Frequency keys around an act: locked before it is weighed, held, taken or freed after it (Tongliang art. 12).

What was carried out counts (house rule): cancelling an inspection that was begun frees nothing, and a unit that an
amendment drops gets its key back only if nothing was done there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pydantic import BaseModel

import regulations
from casework.acts.request_context import RequestContext
from states.engine.case import Case
from states.engine.evaluate import Move
from states.engine.frequency import Key, keys_of, limit_of, window
from states.inspection.forms.planning import Amend
from states.packs import procedure_of
from storage.cases import cases, frequency

CARRIED_OUT: Final = frozenset(
    {"request_self_inspection", "visit_on_site", "record_evaluation", "record_finding", "feed_back"}
)
"""The acts on a visit that make it one: with any of them the inspection was carried out at that unit."""


def lock_keys(desk: RequestContext, case: Case, act: str, form: BaseModel) -> None:
    """Keep the keys this act decides on to this transaction, before anything about them is read."""
    if any(step.frequency in ("hold", "take") for step in procedure_of(case).rows(act)):
        frequency.lock_keys(desk.session, case.jurisdiction, _wanted(case, form))


def settle_keys(desk: RequestContext, move: Move) -> None:
    """Do with the keys what the act says."""
    case, session = move.before, desk.session
    if move.step.frequency == "hold":
        excepted = bool(move.after.dossier["submission"].get("exception"))
        frequency.hold(session, case.jurisdiction, case.id, keys_of(move.after), desk.on, exception=excepted)
    elif move.step.frequency == "take":
        _take(desk, move)
    elif move.step.frequency == "free" and "start" not in case.hands:
        frequency.release(session, case.id, desk.now)


def _take(desk: RequestContext, move: Move) -> None:
    """The approval takes what was held; an adopted amendment takes what it adds and frees what it drops."""
    case = move.after
    limit = limit_of(case, regulations.by_key(case.regulation))
    if limit is None:
        return
    standing, wanted = set(frequency.of_case(desk.session, case.id)), set(keys_of(case))
    if added := wanted - standing:
        frequency.hold(desk.session, case.jurisdiction, case.id, added, desk.on)
    if dropped := [key for key in standing - wanted if not _was_carried_out(desk, case, key)]:
        frequency.release(desk.session, case.id, desk.now, dropped)
    first, last = window(limit, case, desk.on)
    frequency.take(desk.session, case.id, first, last, exception=_excepted(desk, case))


def _was_carried_out(desk: RequestContext, case: Case, key: Key) -> bool:
    """Whether the unit of this key was inspected, whichever group was there and whatever became of the visit."""
    visits = cases.parts(desk.session, case.id, ["visit"])
    return any(visit.unit == key.value and CARRIED_OUT & visit.hands.keys() for visit in visits)


def _excepted(desk: RequestContext, case: Case) -> bool:
    exceptions = cases.children(desk.session, case.id, "frequency_exception")
    return any(exception.state == "granted" for exception in exceptions)


def _wanted(case: Case, form: BaseModel) -> tuple[Key, ...]:
    """The keys an act decides on: those of the case, and of the targets an amendment would add."""
    if isinstance(form, Amend):
        return keys_of(replace(case, targets=tuple({*case.targets, *form.targets})))
    return keys_of(case)
