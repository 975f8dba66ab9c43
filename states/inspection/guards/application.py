"""Application and approval: targets, contents, frequency, duplication, and separation of applicant and decider."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

import messages
from regulations import Body, Limit, Regulation
from states.engine import roster_checks
from states.engine.case import Case, Role
from states.engine.consulted_cases import compares_days
from states.engine.context import Context
from states.engine.dates import not_before
from states.engine.frequency import Use, clashes, earliest_day
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form
from states.inspection import dossier
from states.inspection.forms.application import Open, Submit


@on_form
def targets_are_on_the_roster(case: Case, context: Context) -> Iterator[Refusal]:
    """Every target is a unit of the jurisdiction, and there is at least one."""
    form = context.filled(Open)
    if not form.targets:
        yield refusal("target_missing", Role.COORDINATOR)
    for code in form.targets:
        yield from not_on_the_roster(code, context)


def not_on_the_roster(code: str, context: Context) -> Iterator[Refusal]:
    """Why a unit cannot be inspected: nobody knows the code, or the unit has ended and others go on in its place."""
    gone = tuple(roster_checks.not_on_the_roster(code, Role.COORDINATOR, context))
    yield from gone
    unit = context.facts.unit(code)
    if (
        not gone
        and unit is not None
        and unit.name in {body.name for body in _bodies(context.regulation) if body.inspects_only}
    ):
        yield refusal("body_inspects_only", Role.COORDINATOR, unit=context.named(code))


def _bodies(regulation: Regulation) -> tuple[Body, ...]:
    return (*regulation.core_bodies, *regulation.invited_bodies)


@on_form
def year_is_within_reach(case: Case, context: Context) -> Iterator[Refusal]:
    """An inspection is declared for the year it is opened in, or for one ahead within the cycle of its limit."""
    year, limit = context.filled(Open).year, context.pack.limit_of(case)
    first = context.on.year
    last = first + (limit.years if limit else 1)
    if not first <= year <= last:
        yield refusal("year_out_of_reach", Role.COORDINATOR, year=year, first=first, last=last)


@on_form
@compares_days
def parent_was_published(case: Case, context: Context) -> Iterator[Refusal]:
    """A look-back looks back at an inspection that has been published."""
    parent_id = context.filled(Open).parent
    parent = context.facts.case(parent_id) if parent_id else None
    if parent is None:
        yield refusal("parent_missing", Role.COORDINATOR, parent=parent_id or "—")
    elif parent.procedure not in ("inspection", "look_back") or parent.state not in ("published", "closed"):
        yield refusal("parent_not_published", Role.COORDINATOR, parent=parent.id, state=parent.state)
    else:
        yield from not_before(dossier.published_on(parent), parent, context)


@on_form
@compares_days
def targets_are_the_parents(case: Case, context: Context) -> Iterator[Refusal]:
    """The targets of a look-back are among those of the inspection it looks back at."""
    form = context.filled(Open)
    parent = context.facts.case(form.parent) if form.parent else None
    if parent is None:
        return
    for code in sorted(set(form.targets)):
        if any(context.facts.successions().continues(code, earlier) for earlier in parent.targets):
            continue
        yield refusal("target_not_of_parent", Role.COORDINATOR, unit=context.named(code), parent=parent.id)


@on_form
def contents_are_of_this_kind(case: Case, context: Context) -> Iterator[Refusal]:
    """The contents are chosen from the list of this kind of inspection."""
    assert case.kind is not None
    chosen = context.filled(Submit).contents
    if not chosen:
        lawful = tuple(item.code for item in context.regulation.contents(case.kind))
        article = context.regulation.kind(case.kind).contents_article
        yield refusal("contents_missing", Role.COORDINATOR, lawful=lawful, article=article)
    yield from unlawful_contents(chosen, case, context)


def unlawful_contents(chosen: Iterable[str], case: Case, context: Context) -> Iterator[Refusal]:
    """The chosen contents that are not on the list of this kind of inspection (art. 8, 9, 10)."""
    assert case.kind is not None
    lawful = tuple(item.code for item in context.regulation.contents(case.kind))
    article = context.regulation.kind(case.kind).contents_article
    for code in chosen:
        if code not in lawful:
            yield refusal("content_unlawful", Role.COORDINATOR, content=code, lawful=lawful, article=article)


def frequency_is_free(case: Case, context: Context) -> Iterator[Refusal]:
    """The limit is free, or it holds in principle and an exception is requested."""
    limit = context.pack.limit_of(case)
    asked = isinstance(context.form, Submit) and context.form.exception
    if limit is not None and limit.in_principle and asked:
        return
    yield from _barred(case, context)


def frequency_is_free_or_excepted(case: Case, context: Context) -> Iterator[Refusal]:
    """At the approval the limit is still free, or the exception was granted."""
    exceptions = context.facts.children(case.id, "frequency_exception")
    pending = [exception.id for exception in exceptions if exception.state == "asked"]
    if pending:
        yield refusal("exception_undecided", Role.AUTHORITY, exception=pending[0])
    elif not any(exception.state == "granted" for exception in exceptions):
        yield from _barred(case, context)


def _barred(case: Case, context: Context) -> Iterator[Refusal]:
    yield from bars(case, context, context.on)


def bars(case: Case, context: Context, began: date, kinds: Collection[str] | None = None) -> Iterator[Refusal]:
    """The uses of other inspections that bar this one if its window began on this day; of these kinds of key alone."""
    limit = context.pack.limit_of(case)
    if limit is None:
        return
    keys = [key for key in context.pack.keys_compared(case) if kinds is None or key.kind in kinds]
    standing = context.facts.uses(keys, case.id)
    for use in clashes(standing, limit, case, began, context.pack.frequency.topic_keys):
        yield _taken(use, limit, context)


def _taken(use: Use, limit: Limit, context: Context) -> Refusal:
    name = context.named(use.key.value) if use.key.kind == "target" else use.key.value
    what = messages.text(f"key.{use.key.kind}")
    if use.held:
        return refusal(
            f"frequency_{use.key.kind}_held", Role.AUTHORITY, what=what, key=name, case=use.case, article=limit.article
        )
    return refusal(
        f"frequency_{use.key.kind}",
        Role.AUTHORITY,
        earliest=earliest_day(use, limit),
        what=what,
        key=name,
        case=use.case,
        since=use.since,
        until=use.until,
        article=limit.article,
    )


def decider_is_not_the_applicant(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody decides their own request."""
    if context.actor is None:
        return
    if context.actor.name in {case.opened_by, *case.actors("open", "submit", "ask")}:
        yield refusal("own_request", *_deciders(case, context), name=context.actor.name)


def _deciders(case: Case, context: Context) -> tuple[Role, ...]:
    return (Role(context.regulation.approver(case.kind)),) if case.kind else (Role.AUTHORITY,)


def inspection_awaits_approval(case: Case, context: Context) -> Iterator[Refusal]:
    """An exception is decided while the request it belongs to is pending."""
    inspection = context.inspection(case)
    if inspection.state != "submitted":
        yield refusal("request_not_pending", Role.COORDINATOR, case=inspection.id, state=inspection.state)
