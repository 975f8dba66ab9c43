"""Frequency keys around an act: locked before it is evaluated, held, taken or freed after it.

What was carried out counts (house rule): cancelling an inspection that was begun at a unit frees nothing, and a unit
that an amendment drops gets its key back only if nothing was done there.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel

from casework.acts.request_context import RequestContext
from regulations import Limit
from states.engine.case import Case
from states.engine.corrections import Correction, corrected_case
from states.engine.evaluate import Move
from states.engine.forms.reading import FormRefused
from states.engine.frequency import Key, window
from states.engine.pack import Pack
from states.packs import pack_of
from storage.cases import frequency


def lock_keys(desk: RequestContext, case: Case, act: str, form: BaseModel) -> None:
    """Keep the keys this act decides on to this transaction, before anything about them is read."""
    pack = pack_of(case.regulation)
    if any(step.frequency in ("hold", "take", "recount") for step in pack.procedure_of(case).rows(act)):
        became = desk.facts(case).successions()
        compared = pack.keys_compared(_as_decided_on(pack, case, form))
        lines = {one for key in compared for one in frequency.of_line(key, became)}
        frequency.lock_keys(desk.session, case.jurisdiction, lines)


def _as_decided_on(pack: Pack, case: Case, form: BaseModel) -> Case:
    """The case as it would be after an act with this form; as it is, where the form corrects nothing readable."""
    if not isinstance(form, Correction):
        return pack.frequency.as_decided_on(case, form)
    try:
        return corrected_case(case, pack.procedure_of(case), form)
    except FormRefused:
        return case


def lock_number(desk: RequestContext, case: Case, act: str) -> None:
    """Keep a number that has to be unique in the jurisdiction to this transaction, whether it is in use or not."""
    field = next((step.unique_field for step in pack_of(case.regulation).procedure_of(case).rows(act)), None)
    if field is not None:
        frequency.lock_keys(desk.session, case.jurisdiction, [Key(f"{act}.{field}", "")])


def settle_keys(desk: RequestContext, move: Move, form: BaseModel) -> None:
    """Do with the keys what the act says."""
    if move.step.frequency is None:
        return
    case, pack = move.after, pack_of(move.after.regulation)
    if move.step.frequency == "settle":
        case = desk.inspection(case)
    limit = pack.limit_of(case)
    if limit is None:
        return
    if move.step.frequency == "hold":
        standing = set(frequency.of_case(desk.session, case.id))
        wanted = set(pack.keys_of(pack.frequency.as_decided_on(case, form)))
        excepted = not standing and pack.frequency.asks_for_an_exception(case)
        _hold(desk, case, limit, wanted - standing, exception=excepted)
    elif move.step.frequency == "settle":
        _settle_targets(desk, pack, limit, case)
    elif move.step.frequency == "take":
        _settle_targets(desk, pack, limit, case)
        # An amendment adds targets after the approval: for them the window counts from the amendment's own day, or
        # from the start or bulletin that is still to come.
        if limit.counts_from == "approval":
            _take(desk, pack, limit, case, desk.on)
    elif move.step.frequency == "free":
        _free(desk, pack, limit, move)
    elif move.step.frequency == "recount":
        if isinstance(form, Correction) and form.field == "bulletin_on" and limit.counts_from == "bulletin":
            _recount(desk, pack, limit, case)
        follow_topic(desk, pack, limit, case)
    elif move.step.frequency == limit.counts_from:
        began = pack.frequency.counted_from[limit.counts_from](case)
        _take(desk, pack, limit, case, began or desk.on)


def _hold(desk: RequestContext, case: Case, limit: Limit, keys: Iterable[Key], *, exception: bool = False) -> None:
    shared = limit.most > 1
    frequency.hold(desk.session, case.jurisdiction, case.id, keys, desk.on, exception=exception, shared=shared)


def _take(desk: RequestContext, pack: Pack, limit: Limit, case: Case, began: date) -> None:
    """The keys that are still held are taken for the window that counts from this day."""
    first, last = window(limit, case, began)
    excepted = pack.frequency.is_excepted(case, desk.facts(case))
    frequency.take(desk.session, case.id, first, last, exception=excepted)


def _recount(desk: RequestContext, pack: Pack, limit: Limit, case: Case) -> None:
    """Where the day from which the window counts was corrected, the keys are taken anew from that day."""
    keys, began = frequency.of_case(desk.session, case.id), pack.frequency.counted_from[limit.counts_from](case)
    if keys and began is not None:
        frequency.release(desk.session, case.id, desk.now)
        _hold(desk, case, limit, keys, exception=pack.frequency.is_excepted(case, desk.facts(case)))
        _take(desk, pack, limit, case, began)


def follow_topic(desk: RequestContext, pack: Pack, limit: Limit, case: Case) -> None:
    """The corrected topic takes the place of the one before, for the window of the inspection."""
    standing, wanted = set(frequency.of_case(desk.session, case.id)), set(pack.keys_of(case))
    topics = pack.frequency.topic_keys
    added = {key for key in wanted - standing if key.kind in topics}
    dropped = {key for key in standing - wanted if key.kind in topics}
    if not standing or not added | dropped:
        return
    excepted = pack.frequency.is_excepted(case, desk.facts(case))
    frequency.release(desk.session, case.id, desk.now, dropped)
    _hold(desk, case, limit, added, exception=excepted)
    if (began := pack.frequency.counted_from[limit.counts_from](case)) is not None:
        _take(desk, pack, limit, case, began)


def _settle_targets(desk: RequestContext, pack: Pack, limit: Limit, case: Case) -> None:
    """An amendment that is decided holds what it adds and frees what it drops; an approval finds everything held."""
    standing, wanted = set(frequency.of_case(desk.session, case.id)), set(pack.keys_of(case))
    if added := wanted - standing:
        _hold(desk, case, limit, added)
    if dropped := standing - wanted:
        visited = pack.frequency.units_visited(case, desk.facts(case))
        free = [key for key in dropped if key.kind != pack.frequency.unit_key or key.value not in visited]
        frequency.release(desk.session, case.id, desk.now, free)


def _free(desk: RequestContext, pack: Pack, limit: Limit, move: Move) -> None:
    """What was carried out at a unit keeps its keys; where its window had not begun, it counts from the day it ends."""
    facts = desk.facts(move.before)
    if not pack.frequency.was_begun(move.before) or not pack.frequency.units_visited(move.before, facts):
        frequency.release(desk.session, move.after.id, desk.now)
    elif limit.counts_from != "approval":
        _take(desk, pack, limit, move.after, desk.on)
