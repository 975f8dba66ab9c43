"""The plan binds: visits, requests and findings keep to the plan in force (Tongliang art. 16, 13(4)).

Whatever the plan does not cover is refused with the way to amend it. The targets and methods of a visit are those of
its order, which follows the plan and the drawn sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form
from states.inspection import dossier
from states.inspection.forms.conduct import FeedBack, RecordFinding, RequestSelfInspection, ToldFinding, VisitOnSite
from states.inspection.forms.planning import Method


def within_the_period(case: Case, context: Context) -> Iterator[Refusal]:
    """The act is dated within the period of the plan."""
    yield from _outside_the_period(context.on, case, context)


@on_form
def report_is_due_within_the_period(case: Case, context: Context) -> Iterator[Refusal]:
    """The day by which the unit reports on itself lies within the period of the plan."""
    due, plan = context.filled(RequestSelfInspection).due_on, dossier.plan(context.inspection(case))
    if plan is not None and plan.period is not None and due > plan.period.ends:
        yield refusal("due_after_the_period", Role.COORDINATOR, due=due, ends=plan.period.ends)


def written_is_planned(case: Case, context: Context) -> Iterator[Refusal]:
    """A self-inspection is asked for only where the plan inspects in writing."""
    yield from _not_planned("written", case, context)


def on_site_is_planned(case: Case, context: Context) -> Iterator[Refusal]:
    """A unit is visited only where the plan inspects on site, and only if the sample drew it."""
    yield from _not_planned("on_site", case, context)


def third_party_is_planned(case: Case, context: Context) -> Iterator[Refusal]:
    """A third party evaluates only where the plan provides for it."""
    yield from _not_planned("third_party", case, context)


@on_form
def ways_are_planned(case: Case, context: Context) -> Iterator[Refusal]:
    """The ways of a visit are among those of the plan; a plan of an earlier version may leave them open."""
    plan = dossier.plan(context.inspection(case))
    if plan is None or not plan.ways:
        return
    lawful = {item.code for item in context.regulation.ways}
    for way in context.filled(VisitOnSite).ways:
        if way in lawful and way not in plan.ways:
            yield refusal("way_not_planned", Role.COORDINATOR, way=way, planned=plan.ways)


@on_form
def finding_is_planned_content(case: Case, context: Context) -> Iterator[Refusal]:
    """A finding is about a content of the plan."""
    yield from _outside_the_contents([context.filled(RecordFinding)], case, context)


@on_form
def told_findings_are_planned_content(case: Case, context: Context) -> Iterator[Refusal]:
    """The same for findings first named in the feedback, which are found within the period."""
    findings = context.filled(FeedBack).findings
    yield from _outside_the_contents(findings, case, context)
    if findings:
        yield from _outside_the_period(context.on, case, context)


def _outside_the_period(day: date, case: Case, context: Context) -> Iterator[Refusal]:
    plan = dossier.plan(context.inspection(case))
    if plan is None or plan.period is None:
        return
    if day < plan.period.begins:
        yield refusal("before_the_period", Role.COORDINATOR, earliest=plan.period.begins, on=day)
    if day > plan.period.ends:
        yield refusal("after_the_period", Role.COORDINATOR, on=day, ends=plan.period.ends)


def _not_planned(method: Method, case: Case, context: Context) -> Iterator[Refusal]:
    order, plan = dossier.assignment(case), dossier.plan(context.inspection(case))
    if order is None or method in order.methods:
        return
    if plan is not None and method in plan.methods:
        yield refusal("outside_the_sample", Role.COORDINATOR, unit=context.named(case.unit))
    else:
        methods = plan.methods if plan else order.methods
        yield refusal("method_not_planned", Role.COORDINATOR, method=method, methods=methods)


def _outside_the_contents(
    findings: Iterable[RecordFinding | ToldFinding], case: Case, context: Context
) -> Iterator[Refusal]:
    """What is found is about one of the planned contents; it may go unsaid where the plan has only one."""
    plan = dossier.plan(context.inspection(case))
    planned = plan.contents if plan else ()
    named = {finding.content for finding in findings}
    if None in named and len(planned) > 1:
        yield refusal("finding_without_content", Role.GROUP_LEADER, planned=planned)
    for content in sorted(named - {None, *planned}, key=str):
        yield refusal("content_not_planned", Role.COORDINATOR, content=content, planned=planned)
