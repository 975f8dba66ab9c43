"""Cases, journal entries and deadlines as they are answered, with the names people know them by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import messages
from calendars import Calendar
from casework.citations import act_name, citation, term_title
from casework.clock import SHANGHAI
from casework.views.case_models import CaseDeadline, CaseRow, DeadlineView, LateEntryView, TimelineEntry
from regulations import Jurisdiction, office_name
from states.engine.case import Case
from states.engine.deadlines import lateness, light
from storage.cases.deadlines import Tracked
from storage.journal.journal import Entry


def case_view(case: Case, units: Mapping[str, str]) -> CaseRow:
    """A case on one line."""
    return CaseRow(
        case=case.id,
        procedure=case.procedure,
        procedure_name=messages.text(f"procedure.{case.procedure}"),
        kind=case.kind,
        kind_name=messages.text(f"kind.{case.kind}") if case.kind else "",
        year=case.year,
        title=case.title,
        state=case.state,
        state_name=messages.text(f"state.{case.state}"),
        suspended=case.suspended,
        unit=case.unit,
        unit_name=units.get(case.unit, case.unit) if case.unit else "",
        targets=case.targets,
        target_names=tuple(units.get(code, code) for code in case.targets),
        parent=case.parent,
        root=case.family,
        jurisdiction=case.jurisdiction,
        regulation=case.regulation,
        version=case.version,
        opened_on=case.opened_on,
        opened_by=case.opened_by,
        acted_on=case.acted_on,
    )


def entry_view(entry: Entry, procedure: str, regulation: str, home: Jurisdiction) -> TimelineEntry:
    """An act as the timeline shows it."""
    recorded_at = entry.recorded_at.astimezone(SHANGHAI).replace(microsecond=0)
    late_entry = entry.form.get("late_entry")
    return TimelineEntry(
        case=entry.case_id,
        seq=entry.seq,
        on=entry.acted_on,
        recorded_at=recorded_at,
        act=entry.act,
        act_name=act_name(entry.act, procedure),
        actor=entry.actor,
        role=entry.role,
        role_name=office_name(entry.role, home) if entry.role else "",
        from_=entry.from_state,
        to=entry.to_state,
        to_name=messages.text(f"state.{entry.to_state}"),
        article=entry.article,
        citation=citation(entry.article, regulation),
        reason=entry.reason,
        hash=entry.hash,
        recorded_later=recorded_at.date() > entry.acted_on,
        late_entry=LateEntryView.model_validate(late_entry) if late_entry else None,
    )


def case_deadline(
    tracked: Tracked, regulation: str, units: Mapping[str, str], calendar: Calendar, day: date
) -> CaseDeadline:
    """A deadline with its light on the day."""
    running = tracked.deadline.running
    return CaseDeadline(
        **dict(deadline_view(tracked, regulation, units, calendar)),
        light=light(tracked.deadline.due(calendar), calendar, day).value if running else None,
        days=calendar.working_days_after(day, tracked.latest_on) if running and tracked.latest_on else None,
    )


def deadline_view(tracked: Tracked, regulation: str, units: Mapping[str, str], calendar: Calendar) -> DeadlineView:
    """A deadline with its due date, as computed when it was last changed, and how late it ended."""
    deadline = tracked.deadline
    late = lateness(deadline, tracked.latest_on, calendar)
    return DeadlineView(
        case=deadline.case,
        term=deadline.name,
        title=term_title(deadline.name, regulation),
        article=deadline.article,
        citation=citation(deadline.article, regulation),
        unit=deadline.unit,
        unit_name=units.get(deadline.unit, deadline.unit) if deadline.unit else "",
        start=deadline.start,
        due=tracked.due_on,
        latest=tracked.latest_on,
        status=tracked.due_status,
        paused=deadline.paused,
        met_on=deadline.met_on,
        closed_on=deadline.closed_on,
        recorded_on=deadline.recorded_on,
        late_days=late.days if late else None,
        late_working_days=late.working_days if late else None,
        calendar_version=tracked.calendar_version,
    )
