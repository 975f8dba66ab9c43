"""Frequency keys around an act: locked before it is weighed, held, taken or freed after it (Tongliang art. 12)."""

from __future__ import annotations

from dataclasses import replace

from pydantic import BaseModel

import regulations
from casework.desk import Desk
from states.case import Case
from states.forms.planning import Amend
from states.frequency import Key, keys_of, limit_of, window
from states.machine import Move, procedure_of
from storage import cases, frequency

CARRIED_OUT = ("under_way", "fed_back", "reported", "consolidated", "consented", "published")
"""From here on an inspection has been carried out: cancelling it frees nothing (house rule)."""


def lock_keys(desk: Desk, case: Case, act: str, form: BaseModel) -> None:
    """Keep the keys this act decides on to this transaction, before anything about them is read."""
    if any(step.frequency in ("hold", "take") for step in procedure_of(case).rows(act)):
        frequency.lock_keys(desk.session, case.jurisdiction, _wanted(case, form))


def settle_keys(desk: Desk, move: Move) -> None:
    """Do with the keys what the act says."""
    case, session = move.before, desk.session
    if move.step.frequency == "hold":
        excepted = bool(move.after.dossier["submission"].get("exception"))
        frequency.hold(session, case.jurisdiction, case.id, keys_of(move.after), desk.on, exception=excepted)
    elif move.step.frequency == "take":
        _take(desk, move)
    elif move.step.frequency == "free" and case.state not in CARRIED_OUT:
        frequency.release(session, case.id, desk.now)


def _take(desk: Desk, move: Move) -> None:
    """The approval takes what was held; an adopted amendment takes what it adds."""
    before, after = move.before, move.after
    limit = limit_of(after, regulations.by_key(after.regulation))
    if limit is None:
        return
    added = sorted(set(keys_of(after)) - set(keys_of(before)))
    if added:
        frequency.hold(desk.session, after.jurisdiction, after.id, added, desk.on)
    first, last = window(limit, after, desk.on)
    frequency.take(desk.session, after.id, first, last, exception=_excepted(desk, after))


def _excepted(desk: Desk, case: Case) -> bool:
    exceptions = cases.children(desk.session, case.id, "frequency_exception")
    return any(exception.state == "granted" for exception in exceptions)


def _wanted(case: Case, form: BaseModel) -> tuple[Key, ...]:
    """The keys an act decides on: those of the case, and of the targets an amendment would add."""
    if isinstance(form, Amend):
        return keys_of(replace(case, targets=tuple({*case.targets, *form.targets})))
    return keys_of(case)
