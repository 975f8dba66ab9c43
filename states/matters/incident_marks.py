"""When an incident was reported, how late that was, and what the office found about the report."""

from __future__ import annotations

from datetime import datetime, timedelta

from states.engine.case import Case
from states.engine.context import Context
from states.matters.forms.incident import MarkIncident, NoteLateness, ReportIncident
from states.matters.forms.tracing import Trace
from states.matters.names import DECLINED, TRACING


def reported_moment(incident: Case) -> datetime | None:
    """When the unit reported the incident; None where it did not."""
    report = incident.read("report", ReportIncident)
    return report.reported_at if report and report.source == "unit" else None


def lateness(incident: Case, hours: int) -> NoteLateness | None:
    """How late the report was by a limit in hours after the unit knew, to the minute; None where it was in time."""
    report, reported = incident.read("report", ReportIncident), reported_moment(incident)
    if report is None or reported is None:
        return None
    due = report.known_at + timedelta(hours=hours)
    minutes = (reported - due) // timedelta(minutes=1)
    if minutes <= 0:
        return None
    return NoteLateness(limit_hours=hours, due_at=due, reported_at=reported, late_minutes=minutes)


def marks_of(incident: Case) -> tuple[str, ...]:
    """What was found about the report, in order: late, false, concealed, omitted. A mark stays for good."""
    return tuple(dict.fromkeys(str(kept["mark"]) for kept in incident.dossier.get("marks", ())))


def lateness_noted(incident: Case) -> NoteLateness | None:
    """How late the report was, as it was noted when it came in."""
    noted = [kept for kept in incident.dossier.get("marks", ()) if "late_minutes" in kept]
    return (
        NoteLateness.model_validate({k: v for k, v in noted[0].items() if k in NoteLateness.model_fields})
        if noted
        else None
    )


def marks_with_grounds(incident: Case) -> list[MarkIncident]:
    """The marks that the office made, with their grounds."""
    made = [kept for kept in incident.dossier.get("marks", ()) if "grounds" in kept]
    return [
        MarkIncident.model_validate({k: v for k, v in one.items() if k in MarkIncident.model_fields}) for one in made
    ]


def traced_marks(incident: Case, context: Context) -> frozenset[str]:
    """The marks that a tracing answers which was not declined."""
    found = context.facts.children(incident.id, TRACING)
    forms = (one.read("tracing", Trace) for one in found if one.state != DECLINED)
    return frozenset(mark for form in forms if form for mark in form.marks)
