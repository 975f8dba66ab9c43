"""A look-back follows findings of an earlier inspection, and what it finds unresolved stays open (art. 10, 14)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from states.engine.case import Case, Role
from states.engine.consulted_cases import compares_days
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form
from states.inspection import dossier
from states.inspection.forms.application import Open, Submit
from states.inspection.forms.conduct import FeedBack, RecordFinding, ToldFinding
from states.inspection.forms.planning import Amend, Plan

ENDED = ("withdrawn", "closed_out")


@compares_days
@on_form
def targets_had_findings(case: Case, context: Context) -> Iterator[Refusal]:
    """Every target of a look-back had findings in the inspection it looks back at."""
    form = context.filled(Open)
    parent = context.facts.case(form.parent) if form.parent else None
    if parent is not None:
        yield from _without_findings(form.targets, parent, context)


@compares_days
@on_form
def added_targets_had_findings(case: Case, context: Context) -> Iterator[Refusal]:
    """The same for targets that an amended plan of a look-back adds."""
    parent = context.facts.case(case.parent) if case.parent else None
    if parent is not None:
        added = set(context.filled(Amend).targets) - set(case.targets)
        yield from _without_findings(sorted(added), parent, context)


def _without_findings(targets: Iterable[str], parent: Case, context: Context) -> Iterator[Refusal]:
    found = context.facts.children(parent.id, "finding")
    known = {finding.unit for finding in found if finding.state != "withdrawn"}
    for code in targets:
        if code in parent.targets and code not in known:
            yield refusal("target_without_findings", Role.COORDINATOR, unit=context.named(code), parent=parent.id)


@on_form
def contents_follow_the_rectification(case: Case, context: Context) -> Iterator[Refusal]:
    """The contents include what the regulation requires of this kind: a look-back looks at the rectification.

    A plan keeps to it where the approval has it.
    """
    assert case.kind is not None
    form = context.form
    chosen = form.contents if isinstance(form, Submit | Plan) else ()
    required = set(context.regulation.kind(case.kind).required_contents)
    if not isinstance(form, Submit):
        required &= dossier.approved_contents(case)
    for code in sorted(required):
        if chosen and code not in chosen:
            yield refusal("content_required", Role.COORDINATOR, content=code, article=code)


@compares_days
@on_form
def finding_follows_an_earlier_one(case: Case, context: Context) -> Iterator[Refusal]:
    """What a look-back finds is that an earlier finding was not resolved; anything else is a matter of its own."""
    yield from _follows(context.filled(RecordFinding), case, context)


@compares_days
@on_form
def told_findings_follow_earlier_ones(case: Case, context: Context) -> Iterator[Refusal]:
    """The same for findings recorded with the feedback."""
    for finding in context.filled(FeedBack).findings:
        yield from _follows(finding, case, context)


def _follows(finding: RecordFinding | ToldFinding, case: Case, context: Context) -> Iterator[Refusal]:
    inspection = context.inspection(case)
    if inspection.parent is None:
        return
    if finding.earlier is None:
        yield refusal("finding_not_followed_up", Role.GROUP_LEADER, parent=inspection.parent)
        return
    earlier = context.facts.case(finding.earlier)
    if earlier is not None and (earlier.family != inspection.parent or earlier.state == "withdrawn"):
        yield refusal("finding_not_of_parent", Role.GROUP_LEADER, finding=earlier.id, parent=inspection.parent)


@compares_days
def finding_was_answered_since(case: Case, context: Context) -> Iterator[Refusal]:
    """A finding that a look-back found unresolved is closed out only after it was claimed anew."""
    yield from _unanswered([case.id], _last_day(case, "claims"), case, context)


@compares_days
def report_was_answered_since(case: Case, context: Context) -> Iterator[Refusal]:
    """A rectification that a look-back found unresolved is accepted only after it was reported anew."""
    findings = dossier.findings_to_rectify(case)
    yield from _unanswered(findings, _last_day(case, "reports"), case, context)


@compares_days
def a_look_back_calls_for_it(case: Case, context: Context) -> Iterator[Refusal]:
    """What was accepted is returned only where a look-back has found it unresolved since."""
    findings, reported = dossier.findings_to_rectify(case), _last_day(case, "reports")
    if not any(_unanswered(findings, reported, case, context)):
        yield refusal("acceptance_stands", Role.COORDINATOR, case=case.id)


def _unanswered(findings: Iterable[str], answered: date, case: Case, context: Context) -> Iterator[Refusal]:
    """A look-back found one of these unresolved, and what was handed in since is not later than that."""
    known = set(findings)
    for look_back in context.facts.children(case.family, "look_back"):
        for renewed in context.facts.children(look_back.id, "finding"):
            recorded = renewed.read("finding", RecordFinding)
            if recorded is None or recorded.earlier not in known or renewed.state in ENDED:
                continue
            day = renewed.dated("told") or renewed.dated("finding") or renewed.acted_on
            if answered <= day:
                earlier, again = recorded.earlier, renewed.id
                yield refusal("look_back_unresolved", Role.TARGET_OFFICER, finding=earlier, again=again, day=day)


def _last_day(case: Case, name: str) -> date:
    """The day of the last document of this name; the earliest day there is where there is none."""
    return (case.days(name) or [date.min])[-1]
