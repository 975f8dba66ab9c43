"""Referrals, results passed on, and reviews (Tongliang art. 16-22; Decree 733 art. 17)."""

from __future__ import annotations

from collections.abc import Iterator

from calendars import Term
from states.engine.case import Case, Role
from states.engine.consulted_cases import compares_days
from states.engine.context import Context
from states.engine.dates import not_before
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form
from states.inspection import dossier
from states.inspection.forms.oversight import DecideReview
from states.inspection.guards.planning import members


@compares_days
def inspection_is_published(case: Case, context: Context) -> Iterator[Refusal]:
    """Results exist from the day the bulletin is out."""
    inspection = context.inspection(case)
    if inspection.state not in ("published", "closed"):
        yield refusal("inspection_elsewhere", Role.COORDINATOR, case=inspection.id, state=inspection.state)
    yield from not_before(dossier.published_on(inspection), inspection, context)


@compares_days
def inspection_has_begun(case: Case, context: Context) -> Iterator[Refusal]:
    """Such matters are raised only once the groups are at work."""
    inspection = context.inspection(case)
    if inspection.state in (
        "drafted",
        "submitted",
        "returned",
        "rejected",
        "withdrawn",
        "approved",
        "planned",
        "filed",
        "cancelled",
    ):
        yield refusal("inspection_elsewhere", Role.COORDINATOR, case=inspection.id, state=inspection.state)
    yield from not_before(inspection.dated("staffing"), inspection, context)


def the_receiver_receipts(case: Case, context: Context) -> Iterator[Refusal]:
    """The receiver confirms receipt; for a body without an account the joint office does."""
    receiver, actor = dossier.receiver(case), context.actor
    body = next((body for body in context.regulation.result_receivers if body.code == receiver), None)
    if actor is None or body is None or not (actor.holds(Role.APPRAISAL_OFFICE) or actor.holds(Role.COORDINATOR)):
        return
    has_account = body.code == Role.APPRAISAL_OFFICE and context.facts.holders(Role.APPRAISAL_OFFICE)
    whose = Role.APPRAISAL_OFFICE if has_account else Role.COORDINATOR
    if not actor.holds(whose):
        roles = (whose.value,)
        yield refusal("not_the_receiver", whose, name=actor.name, body=body.name, roles=roles, article=body.article)


@compares_days
def unit_was_inspected(case: Case, context: Context) -> Iterator[Refusal]:
    """Only a unit the conclusion concerns may dispute it: a target, or one dropped after its feedback."""
    inspection = context.inspection(case)
    informed = [part.unit for part in context.facts.children(inspection.id, "rectification")]
    if case.unit not in inspection.targets and case.unit not in informed:
        yield refusal("unit_not_inspected", Role.TARGET_OFFICER, unit=context.named(case.unit), case=inspection.id)


@compares_days
def thirty_days_have_not_passed(case: Case, context: Context) -> Iterator[Refusal]:
    """A review is applied for within 30 days of receiving the conclusion (the bulletin)."""
    received = dossier.bulletin_day(context.inspection(case))
    if received is None:
        return
    term = context.regulation.term("review_application")
    due = context.calendar.count(received, Term(term.length, term.unit, term.rollover, term.article))
    if due.latest is not None and context.on > due.latest:
        yield refusal("review_too_late", received=received, due=due.latest, on=context.on)


@on_form
def reviewers_took_no_part(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody who took part in the conclusion reviews it."""
    inspection = context.inspection(case)
    took_part = {*members(inspection), inspection.opened_by, *inspection.actors(*inspection.actors_by_act)}
    for name in context.filled(DecideReview).reviewers:
        if name in took_part:
            yield refusal("reviewer_took_part", Role.AUTHORITY, name=name)
