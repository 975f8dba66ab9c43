"""Frequency keys of a case that is migrated: where the limit is another, they are held and taken anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from casework.acts.request_context import RequestContext
from casework.administration.migration_checks import Obstacle
from regulations import Limit
from states.engine.case import Case
from states.engine.frequency import Use, clashes, window
from states.packs import pack_of
from storage.cases import frequency
from storage.cases.frequency import KeyTaken


def recount_keys(desk: RequestContext, before: Case, after: Case) -> None:
    """Hold and take the keys of a case by the limit of its new version. Raises Obstacle where others have them."""
    old, new = (pack_of(case.regulation).limit_of(case) for case in (before, after))
    standing = frequency.standing(desk.session, after.id)
    if not standing or _same(old, new):
        return
    pack, facts = pack_of(after.regulation), desk.facts(after)
    became = facts.successions()
    keys = pack.keys_compared(after)
    lines = {line for key in (*keys, *(use.key for use in standing)) for line in frequency.of_line(key, became)}
    frequency.lock_keys(desk.session, after.jurisdiction, lines)
    frequency.release(desk.session, after.id, desk.now)
    if new is None:
        return
    since = min(use.since for use in standing)
    excepted = pack.frequency.is_excepted(after, facts)
    began = pack.frequency.counted_from[new.counts_from](after) or since
    if not excepted:
        uses = frequency.uses_of_lines(desk.session, after.jurisdiction, keys, after.id, became)
        others = sorted({use.case for use in clashes(uses, new, after, began, pack.frequency.topic_keys)})
        if others:
            raise Obstacle("migrate_key_taken", case=after.id, others="、".join(others))
    try:
        _hold(desk, after, new, since, excepted=excepted)
        if any(not use.held for use in standing):
            first, last = window(new, after, began)
            frequency.take(desk.session, after.id, first, last, exception=excepted)
    except KeyTaken:
        raise Obstacle("migrate_key_taken", case=after.id, others="—") from None


def shown(use: Use) -> str:
    """The window of a use; an open one while its request is pending."""
    return f"{use.since} – {use.until or '…'}"


def _hold(desk: RequestContext, case: Case, limit: Limit, since: date, *, excepted: bool) -> None:
    keys = pack_of(case.regulation).keys_of(case)
    shared = limit.most > 1
    frequency.hold(desk.session, case.jurisdiction, case.id, keys, since, exception=excepted, shared=shared)


def _same(old: Limit | None, new: Limit | None) -> bool:
    """Whether both versions limit alike, wherever they say it."""
    if old is None or new is None:
        return old is new
    return replace(old, article="", in_principle=True) == replace(new, article="", in_principle=True)
