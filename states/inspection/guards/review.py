"""Conclusions served on the units, and reviews of them (Decree 733 art. 16, 17)."""

from __future__ import annotations

from collections.abc import Iterator

from calendars import Term
from states.engine.case import Case, Role
from states.engine.consulted_cases import compares_days
from states.engine.context import Context
from states.engine.dates import not_before
from states.engine.own_unit import comes_from
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form
from states.inspection import dossier
from states.inspection.forms.review import DecideReview, ServeConclusion
from states.inspection.guards.planning import members

ENDED = ("withdrawn", "closed_out")


@on_form
@compares_days
def conclusion_goes_once_to_each(case: Case, context: Context) -> Iterator[Refusal]:
    """A unit that was inspected is served its conclusion once."""
    unit = context.filled(ServeConclusion).target
    if unit not in _inspected(case, context):
        yield refusal("unit_not_inspected", Role.COORDINATOR, unit=context.named(unit), case=case.id)
    elif (received := dossier.conclusion_received(case, unit)) is not None:
        yield refusal("conclusion_served", Role.COORDINATOR, unit=context.named(unit), received=received)


@on_form
@compares_days
def receipt_day_is_lawful(case: Case, context: Context) -> Iterator[Refusal]:
    """The conclusion is received from the day of the bulletin on, and not after the day of the act."""
    received, bulletin = context.filled(ServeConclusion).received_on or context.on, dossier.bulletin_day(case)
    if received > context.on:
        yield refusal("received_in_the_future", Role.COORDINATOR, received=received, on=context.on)
    if bulletin is not None and received < bulletin:
        yield refusal("received_before_the_bulletin", Role.COORDINATOR, earliest=bulletin, received=received)


@compares_days
def every_conclusion_was_served(case: Case, context: Context) -> Iterator[Refusal]:
    """Every target has been served its conclusion before the inspection ends."""
    unserved = tuple(context.named(code) for code in case.targets if dossier.conclusion_received(case, code) is None)
    if unserved:
        yield refusal("conclusion_unserved", Role.COORDINATOR, units=unserved)


@compares_days
def unit_was_inspected(case: Case, context: Context) -> Iterator[Refusal]:
    """Only a unit the conclusion concerns may dispute it: a target, or one dropped after its feedback."""
    inspection = context.inspection(case)
    if case.unit not in _inspected(inspection, context):
        yield refusal("unit_not_inspected", Role.TARGET_OFFICER, unit=context.named(case.unit), case=inspection.id)


def _inspected(inspection: Case, context: Context) -> set[str | None]:
    informed = {part.unit for part in context.facts.children(inspection.id, "rectification")}
    return {*inspection.targets, *informed}


@compares_days
def thirty_days_have_not_passed(case: Case, context: Context) -> Iterator[Refusal]:
    """A review is applied for within 30 days of receiving the conclusion; before it was served none have begun."""
    inspection = context.inspection(case)
    received = dossier.conclusion_received(inspection, case.unit)
    if received is None and inspection.state == "closed":
        # It was closed by an earlier version, for which the bulletin was the receipt.
        received = dossier.bulletin_day(inspection)
    if received is None:
        return
    yield from not_before(received, inspection, context)
    term = context.regulation.term("review_application")
    due = context.calendar.count(received, Term(term.length, term.unit, term.rollover, term.article))
    if due.latest is not None and context.on > due.latest:
        yield refusal("review_too_late", received=received, due=due.latest, on=context.on)


@compares_days
def no_review_is_undecided(case: Case, context: Context) -> Iterator[Refusal]:
    """A unit applies for one review at a time."""
    for other in context.facts.children(case.family, "review"):
        if other.id != case.id and other.unit == case.unit and other.state == "applied":
            yield refusal("review_pending", Role.AUTHORITY, review=other.id, unit=context.named(case.unit))


@on_form
@compares_days
def reviewers_took_no_part(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody who took part in any stage of the inspection reviews its conclusion, and nobody of the unit's own."""
    took_part = _took_part(context.inspection(case), context)
    for name in context.filled(DecideReview).reviewers:
        account = context.facts.account(name)
        if name in took_part:
            yield refusal("reviewer_took_part", Role.AUTHORITY, name=name)
        elif case.unit and account is not None and comes_from(account, case.unit, context):
            yield refusal("reviewer_of_the_unit", Role.AUTHORITY, name=name, unit=context.named(case.unit))


def _took_part(inspection: Case, context: Context) -> set[str]:
    """Everybody in the groups, by any staffing, and everybody who did an act on the inspection or a part of it."""
    stages = [name for name in context.pack.procedures if name != "review"]
    parts = [part for name in stages for part in context.facts.children(inspection.id, name)]
    groups = [part for part in parts if part.procedure == "group"]
    visits = [visit for group in groups for visit in context.facts.children(group.id, "visit")]
    family = [one for one in (inspection, *parts, *visits) if one.family == inspection.id]
    acted = {name for one in family for name in (one.opened_by, *one.actors(*one.actors_by_act))}
    return {*members(inspection), *dossier.people_trained(inspection), *acted}


@on_form
@compares_days
def outcome_names_its_findings(case: Case, context: Context) -> Iterator[Refusal]:
    """A changed conclusion names the findings of the unit that change; one that is upheld changes none."""
    form = context.filled(DecideReview)
    if (form.outcome == "changed") != bool(form.findings):
        yield refusal("outcome_unfit", Role.AUTHORITY, outcome=form.outcome)
    standing = {
        finding.id
        for finding in context.facts.children(case.family, "finding")
        if finding.unit == case.unit and finding.state not in ENDED
    }
    for one in form.findings:
        if one.finding not in standing:
            yield refusal("reviewed_finding_unknown", Role.AUTHORITY, finding=one.finding)


@compares_days
def a_review_is_under_way(case: Case, context: Context) -> Iterator[Refusal]:
    """Rectification goes on during a review unless the authority suspends that of the unit which applied."""
    reviews = context.facts.children(case.family, "review")
    if not any(one.unit == case.unit and one.state == "applied" for one in reviews):
        yield refusal("no_review_under_way", Role.TARGET_OFFICER, unit=context.named(case.unit))


def rectification_is_suspended(case: Case, context: Context) -> Iterator[Refusal]:
    """Only a suspended rectification is resumed."""
    if not case.suspended:
        yield refusal("not_suspended", Role.AUTHORITY, case=case.id)
