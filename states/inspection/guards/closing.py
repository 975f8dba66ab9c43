"""Closing: what must have ended, and what may continue and must be listed (Tongliang art. 14, 16, 19-22)."""

from __future__ import annotations

from collections.abc import Iterator

from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form
from states.inspection import dossier
from states.inspection.forms.oversight import Close

ENDED = {"closed", "cancelled", "closed_out", "withdrawn", "concluded", "dropped", "rejected", "carried_out"}


def every_rectification_is_closed(case: Case, context: Context) -> Iterator[Refusal]:
    """An inspection ends when every rectification has."""
    still = tuple(
        f"{child.id} {context.named(child.unit)}"
        for child in context.facts.children(case.id, "rectification")
        if child.state not in ENDED
    )
    if still:
        yield refusal("rectifications_open", Role.TARGET_OFFICER, Role.COORDINATOR, cases=still)


def no_review_is_open(case: Case, context: Context) -> Iterator[Refusal]:
    """A review under way is decided before the inspection ends."""
    for review in context.facts.children(case.id, "review"):
        if review.state == "applied":
            yield refusal("review_open", Role.AUTHORITY, review=review.id)


def every_finding_has_ended(case: Case, context: Context) -> Iterator[Refusal]:
    """Every finding has ended, even where its rectification has already ended."""
    to_come = {
        finding
        for rectification in context.facts.children(case.id, "rectification")
        if rectification.state not in ENDED
        for finding in dossier.findings_to_rectify(rectification)
    }
    for finding in context.facts.children(case.id, "finding"):
        if finding.state not in ENDED and finding.id not in to_come:
            yield refusal("finding_open", Role.COORDINATOR, finding=finding.id, state=finding.state)


def every_matter_was_reported(case: Case, context: Context) -> Iterator[Refusal]:
    """A significant matter has reached the authority before the inspection ends."""
    for matter in context.facts.children(case.id, "significant_matter"):
        if matter.state in ("raised", "received"):
            yield refusal("matter_unreported", Role.COORDINATOR, matter=matter.id, state=matter.state)


@on_form
def what_goes_on_is_named(case: Case, context: Context) -> Iterator[Refusal]:
    """Matters, referrals, talks, recommendations and tracings may outlast the inspection, but the closing form lists
    them."""
    named = context.filled(Close).goes_on
    under_any = (name for one in context.pack.instruments if one.on_any_root for name in one.procedures)
    for procedure in ("significant_matter", "referral", "admonitory_talk", "recommendation", *under_any):
        for part in context.facts.children(case.id, procedure):
            if context.pack.procedure_of(part).is_open(part.state) and part.id not in named:
                yield refusal("goes_on_unnamed", Role.COORDINATOR, part=part.id, state=part.state)
