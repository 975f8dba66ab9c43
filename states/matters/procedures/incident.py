"""Incident reports: accidents and events, told to the minute; late, false, concealed and omitted reports stay marked."""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.table import SAME, Procedure, Step
from states.matters.effects import counts_from_now
from states.matters.forms.incident import (
    CloseIncident,
    ConcludeIncident,
    MarkIncident,
    NoteLateness,
    ReopenIncident,
    ReportIncident,
    SupplementIncident,
)
from states.matters.guards import common, incident

COORDINATOR, RAISERS = (Role.COORDINATOR,), incident.RAISERS
OPEN = ("received", "investigated")

# fmt: off
INCIDENT = Procedure(
    "incident", "S", (*OPEN, "closed"), frozenset({"closed"}),
    (
        # act           from              to              by
        Step("report",       (NEW,),           "received",     RAISERS,     form=ReportIncident, stored_as="report", stage="matters",
             guards=(common.unit_is_on_the_roster, incident.incident_names_its_unit, incident.moments_are_in_order,
                     incident.report_counts_when_it_comes_in, incident.source_fits_who_reports),
             effect=counts_from_now, consequences=("mark_late_report",)),
        Step("note_lateness", OPEN,            SAME,           RAISERS,     form=NoteLateness, stored_as="marks[]", stage="matters", consequence_only=True),
        Step("supplement",   OPEN,             SAME,           RAISERS,     form=SupplementIncident, stored_as="supplements[]", stage="matters", optional=True),
        Step("mark_report",  OPEN,             SAME,           COORDINATOR, form=MarkIncident, stored_as="marks[]", stage="matters",
             guards=(incident.mark_fits_the_report,), in_person=True, optional=True),
        Step("conclude",     ("received",),    "investigated", COORDINATOR, form=ConcludeIncident, stored_as="conclusion", stage="matters", in_person=True),
        Step("close",        ("investigated",), "closed",      COORDINATOR, form=CloseIncident, stored_as="closing", stage="matters",
             guards=(incident.every_mark_is_answered,), in_person=True),
        Step("reopen",       ("closed",),      "investigated", COORDINATOR, form=ReopenIncident, stored_as="reopenings[]", stage="matters", in_person=True,
             reopens=True, optional=True),
    ),
    root=True,
)
# fmt: on
