"""Rectification and close-out (Tongliang art. 14)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from calendars import Term
from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.corrections import Correction
from states.engine.dates import is_within_the_calendar, lies_ahead
from states.engine.forms.text_content import is_placeholder
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form, on_place
from states.inspection import dossier
from states.inspection.forms.conduct import FeedBack, RecordFinding, ToldFinding
from states.inspection.forms.rectification import AskExtension, RectificationPlan, ReturnReport, SpotCheck


@on_form
def renewed_finding_is_known(case: Case, context: Context) -> Iterator[Refusal]:
    """A finding of a look-back may name the one it renews, which is about the same unit."""
    yield from _renewing_unknown(context.filled(RecordFinding), case, context)


@on_form
def told_renewed_findings_are_known(case: Case, context: Context) -> Iterator[Refusal]:
    """The same for findings recorded with the feedback."""
    for finding in context.filled(FeedBack).findings:
        yield from _renewing_unknown(finding, case, context)


def _renewing_unknown(finding: RecordFinding | ToldFinding, case: Case, context: Context) -> Iterator[Refusal]:
    if finding.earlier is not None:
        earlier = context.facts.case(finding.earlier)
        if earlier is None or earlier.procedure != "finding" or earlier.unit != case.unit:
            yield refusal("earlier_finding_unknown", Role.GROUP_LEADER, finding=finding.earlier)


@on_form
def findings_come_with_advice(case: Case, context: Context) -> Iterator[Refusal]:
    """Feedback with findings includes advice; without any, the advice may be 无."""
    form = context.filled(FeedBack)
    recorded = any(
        finding.unit == case.unit and finding.state == "recorded"
        for finding in context.facts.children(case.family, "finding")
    )
    if (form.findings or recorded) and is_placeholder(form.advice):
        yield refusal("advice_missing", Role.GROUP_LEADER, unit=context.named(case.unit))


def decider_did_not_record(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody decides on an objection to a finding they recorded."""
    if context.actor is not None and context.actor.name == case.opened_by:
        yield refusal("own_finding", Role.COORDINATOR, name=context.actor.name)


def closer_is_a_second_person(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody closes a finding they reported as rectified, or recorded."""
    claimed = set(case.authors("claims"))
    if context.actor is not None and context.actor.name in {*claimed, case.opened_by}:
        yield refusal("own_claim", Role.COORDINATOR, name=context.actor.name)


def returner_is_a_second_person(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody returns a claim they made, or a claim about a finding they recorded."""
    if context.actor is not None and context.actor.name in {*case.actors("claim"), case.opened_by}:
        yield refusal("own_claim", Role.COORDINATOR, name=context.actor.name)


@on_form
def plan_answers_every_finding(case: Case, context: Context) -> Iterator[Refusal]:
    """The unit's plan has a measure for each of its findings that stands."""
    answered = {measure.finding for measure in context.filled(RectificationPlan).measures}
    due = set(dossier.findings_to_rectify(case))
    for finding in sorted(due - answered - _withdrawn(due, context)):
        yield refusal("finding_unanswered", Role.TARGET_OFFICER, finding=finding)
    for finding in sorted(answered - due):
        yield refusal("finding_of_other_case", Role.TARGET_OFFICER, finding=finding)


def _withdrawn(findings: Iterable[str], context: Context) -> set[str]:
    found = (context.facts.case(finding) for finding in findings)
    return {finding.id for finding in found if finding is not None and finding.state == "withdrawn"}


@on_form
def measures_lie_ahead(case: Case, context: Context) -> Iterator[Refusal]:
    """A measure is due on the day of the plan or later, and on a day that the calendar knows."""
    for measure in context.filled(RectificationPlan).measures:
        if measure.by < context.on:
            yield refusal(
                "measure_in_the_past", Role.TARGET_OFFICER, earliest=context.on, finding=measure.finding, by=measure.by
            )
        else:
            yield from is_within_the_calendar(measure.by, Role.TARGET_OFFICER, context)


@on_form
def look_back_stands_in(case: Case, context: Context) -> Iterator[Refusal]:
    """A look-back replaces the spot check if it came to this unit and found nothing unresolved."""
    look_back_id = context.filled(SpotCheck).look_back
    if look_back_id is None:
        return
    look_back = context.facts.case(look_back_id)
    inspection = context.inspection(case)
    if (
        look_back is None
        or look_back.procedure != "look_back"
        or look_back.parent != inspection.id
        or not _came_to(look_back, case.unit, context)
    ):
        yield refusal("look_back_unfit", Role.COORDINATOR, look_back=look_back_id, unit=context.named(case.unit))
        return
    if look_back.state not in ("fed_back", "reported", "consolidated", "consented", "published", "closed"):
        yield refusal("look_back_unfinished", Role.GROUP_LEADER, look_back=look_back_id)
    renewed = [f.id for f in context.facts.children(look_back.id, "finding") if _continues(f.unit, case.unit, context)]
    if renewed:
        yield refusal("look_back_found_more", Role.TARGET_OFFICER, findings=tuple(renewed))


def _came_to(look_back: Case, unit: str | None, context: Context) -> bool:
    """Whether a look-back went to this unit, or to one that goes on in its place."""
    return any(_continues(code, unit, context) for code in look_back.targets)


def _continues(code: str | None, earlier: str | None, context: Context) -> bool:
    return code is not None and earlier is not None and context.facts.successions().continues(code, earlier)


def every_finding_is_closed_out(case: Case, context: Context) -> Iterator[Refusal]:
    """A rectification closes when each of its findings is closed out."""
    for finding_id in dossier.findings_to_rectify(case):
        finding = context.facts.case(finding_id)
        if finding is not None and finding.state not in ("closed_out", "withdrawn"):
            yield refusal("finding_open", Role.COORDINATOR, finding=finding_id, state=finding.state)


@on_form
def new_term_lies_ahead(case: Case, context: Context) -> Iterator[Refusal]:
    """A returned report gets a new due date, which lies ahead."""
    yield from lies_ahead(context.filled(ReturnReport).due_on, Role.COORDINATOR, context)


@on_form
def new_term_is_no_longer_than_the_first(case: Case, context: Context) -> Iterator[Refusal]:
    """The new term is at most as long as the regulation's, with its cap on extensions (house rule)."""
    due_on, term = context.filled(ReturnReport).due_on, context.regulation.term("rectification_report")
    most = term.length + (term.extension_cap or 0)
    last = context.calendar.count(context.on, Term(most, term.unit, term.rollover, term.article)).latest
    if last is not None and due_on > last:
        yield refusal("new_term_too_long", Role.COORDINATOR, due=due_on, last=last, most=most)


@on_form
def bulletin_day_follows_the_bulletin(case: Case, context: Context) -> Iterator[Refusal]:
    """The day of the bulletin is corrected at the inspection; the rectifications follow it."""
    if context.filled(Correction).act == "open" and not context.as_consequence:
        yield refusal("bulletin_corrected_elsewhere", Role.COORDINATOR, case=case.family)


def no_extension_is_pending(case: Case, context: Context) -> Iterator[Refusal]:
    """A request is decided before the next one is made."""
    if extension_is_pending(case, context):
        yield refusal("extension_pending", Role.COORDINATOR)


@on_place
def an_extension_is_pending(case: Case, context: Context) -> Iterator[Refusal]:
    """There is a request to decide."""
    if not extension_is_pending(case, context):
        yield refusal("no_extension_pending", Role.TARGET_OFFICER)


def extension_is_pending(case: Case, context: Context) -> bool:
    """Whether a request for an extension is undecided."""
    return len(dossier.extensions_asked(case)) > len(case.authors("extension_decisions"))


def asked_before_the_due_date(case: Case, context: Context) -> Iterator[Refusal]:
    """An extension is requested before the due date, which is unknown while the deadline is paused."""
    for deadline in context.facts.deadlines(case.id):
        due = deadline.due(context.calendar)
        if due is None:
            yield refusal("case_suspended", Role.AUTHORITY, case=case.family)
        elif due.latest is not None and context.on >= due.latest:
            yield refusal("asked_too_late", Role.COORDINATOR, due=due.latest, on=context.on)


@on_form
def extension_keeps_to_the_cap(case: Case, context: Context) -> Iterator[Refusal]:
    """All extensions together stay within the regulation's cap, 0 unless a jurisdiction sets it."""
    until = context.filled(AskExtension).until
    unreachable = tuple(is_within_the_calendar(until, Role.TARGET_OFFICER, context))
    if unreachable:
        yield from unreachable
        return
    cap = context.regulation.term("rectification_report").extension_cap
    for deadline in context.facts.deadlines(case.id):
        due = deadline.due(context.calendar)
        if due is None or due.earliest is None:
            continue
        more = context.calendar.working_days_after(due.earliest, until)
        if more <= 0:
            yield refusal("extension_not_later", Role.TARGET_OFFICER, until=until, due=due.earliest)
        elif deadline.extension + more > cap:
            yield refusal("extension_over_cap", Role.ADMINISTRATOR, more=deadline.extension + more, cap=cap)


def decider_did_not_ask(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody decides their own request for an extension."""
    if context.actor is not None and context.actor.name in case.actors("ask_extension"):
        yield refusal("own_request", Role.COORDINATOR, name=context.actor.name)
