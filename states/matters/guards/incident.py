"""Guards of incident reports: what is told to the minute, and what the office finds about a report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from itertools import pairwise

from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.forms.base import BEIJING
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form
from states.matters.forms.incident import CloseIncident, MarkIncident, ReportIncident, moment_text
from states.matters.incident_marks import lateness, marks_of, reported_moment, traced_marks


@on_form
def moments_are_in_order(case: Case, context: Context) -> Iterator[Refusal]:
    """It happened, was known and was reported in this order, and none of it lies ahead."""
    form = context.filled(ReportIncident)
    named = [
        (what, moment)
        for what in ("happened_at", "known_at", "reported_at")
        if (moment := getattr(form, what)) is not None
    ]
    for (earlier, before), (later, after) in pairwise(named):
        if after < before:
            first, then = moment_text(before), moment_text(after)
            yield refusal("moments_out_of_order", *RAISERS, told_first=earlier, told_then=later, first=first, then=then)
    for what, moment in named:
        if moment > _now(context):
            yield refusal("moment_ahead", *RAISERS, told=what, moment=moment_text(moment))


@on_form
def report_counts_when_it_comes_in(case: Case, context: Context) -> Iterator[Refusal]:
    """A report counts at the moment it is recorded; another moment is that of a late entry, on the day it is dated."""
    form = context.filled(ReportIncident)
    if form.reported_at is None:
        return
    if form.late_entry is None:
        yield refusal("reported_at_without_late_entry", Role.COORDINATOR, moment=moment_text(form.reported_at))
    elif form.reported_at.date() != context.on:
        yield refusal("reported_on_another_day", Role.COORDINATOR, moment=moment_text(form.reported_at), on=context.on)


@on_form
def source_fits_who_reports(case: Case, context: Context) -> Iterator[Refusal]:
    """What the office found out by itself is entered by the office, and has no report of the unit."""
    form, actor = context.filled(ReportIncident), context.actor
    if form.source != "found":
        return
    if actor is not None and not actor.holds(Role.COORDINATOR):
        yield refusal("found_by_the_office", Role.COORDINATOR, name=actor.name)
    if form.reported_at is not None or form.late_entry is not None:
        yield refusal("found_was_not_reported", Role.COORDINATOR)


@on_form
def incident_names_its_unit(case: Case, context: Context) -> Iterator[Refusal]:
    """An incident is about one unit: the one named, or the one whose officer reports."""
    if case.unit is None:
        yield refusal("incident_unit_missing", Role.COORDINATOR)


@on_form
def mark_fits_the_report(case: Case, context: Context) -> Iterator[Refusal]:
    """Late needs a limit that the jurisdiction set and a report after it; false needs a report; none is made twice."""
    mark = context.filled(MarkIncident).mark
    if mark in marks_of(case):
        yield refusal("mark_made_already", Role.COORDINATOR, mark=mark, case=case.id)
    elif mark in ("late", "false") and reported_moment(case) is None:
        yield refusal("mark_without_a_report", Role.COORDINATOR, mark=mark)
    elif mark == "late":
        yield from _late(case, context)


def _late(case: Case, context: Context) -> Iterator[Refusal]:
    home = context.home() if context.home else None
    limit = home.report_limit if home else None
    if limit is None:
        yield refusal("report_limit_unset", Role.ADMINISTRATOR, jurisdiction=case.jurisdiction)
    elif lateness(case, limit.hours) is None:
        yield refusal("report_was_in_time", Role.COORDINATOR, hours=limit.hours)


@on_form
def every_mark_is_answered(case: Case, context: Context) -> Iterator[Refusal]:
    """Each mark is answered by a tracing of responsibility, or by a reason why there is none."""
    reasons = {one.mark for one in context.filled(CloseIncident).reasons}
    made = marks_of(case)
    for mark in made:
        if mark not in reasons and mark not in traced_marks(case, context):
            yield refusal("mark_unanswered", Role.COORDINATOR, mark=mark, case=case.id)
    for mark in sorted(reasons - {*made}):
        yield refusal("mark_not_made", Role.COORDINATOR, mark=mark, case=case.id)


def _now(context: Context) -> datetime:
    """The moment of recording; where only the day is known, its end."""
    if context.now is not None:
        return context.now.astimezone(BEIJING)
    return datetime.combine(context.today, time.max, BEIJING)


RAISERS = (Role.TARGET_OFFICER, Role.COORDINATOR)
