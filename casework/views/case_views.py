"""Cases, journal entries and deadlines as plain values, with the names people know them by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import messages
import regulations
from casework.clock import SHANGHAI
from regulations import Jurisdiction, UnknownProvision, office_name
from states.engine.case import Case
from storage.cases.deadlines import Tracked
from storage.journal.journal import Entry


def case_view(case: Case, units: Mapping[str, str]) -> dict[str, Any]:
    """A case on one line."""
    return {
        "case": case.id,
        "procedure": case.procedure,
        "procedure_name": messages.text(f"procedure.{case.procedure}"),
        "kind": case.kind,
        "kind_name": messages.text(f"kind.{case.kind}") if case.kind else "",
        "year": case.year,
        "title": case.title,
        "state": case.state,
        "state_name": messages.text(f"state.{case.state}"),
        "suspended": case.suspended,
        "unit": case.unit,
        "unit_name": units.get(case.unit, case.unit) if case.unit else "",
        "targets": list(case.targets),
        "target_names": [units.get(code, code) for code in case.targets],
        "parent": case.parent,
        "root": case.family,
        "jurisdiction": case.jurisdiction,
        "regulation": case.regulation,
        "version": case.version,
        "opened_on": case.opened_on.isoformat(),
        "opened_by": case.opened_by,
        "acted_on": case.acted_on.isoformat(),
    }


def entry_view(entry: Entry, regulation: str, home: Jurisdiction) -> dict[str, Any]:
    """An act as the timeline tells it."""
    return {
        "case": entry.case_id,
        "seq": entry.seq,
        "on": entry.acted_on.isoformat(),
        "recorded_at": entry.recorded_at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        "act": entry.act,
        "act_name": messages.text(f"act.{entry.act}"),
        "actor": entry.actor,
        "role": entry.role,
        "role_name": office_name(entry.role, home) if entry.role else "",
        "from": entry.from_state,
        "to": entry.to_state,
        "to_name": messages.text(f"state.{entry.to_state}"),
        "article": entry.article,
        "citation": regulations.by_key(regulation).short(entry.article),
        "reason": entry.reason,
        "hash": entry.hash,
    }


def deadline_view(tracked: Tracked, regulation: str, units: Mapping[str, str]) -> dict[str, Any]:
    """A deadline with its due date, as computed when it was last changed."""
    deadline = tracked.deadline
    return {
        "case": deadline.case,
        "term": deadline.name,
        "title": term_title(deadline.name, regulation),
        "article": deadline.article,
        "citation": regulations.by_key(regulation).short(deadline.article),
        "unit": deadline.unit,
        "unit_name": units.get(deadline.unit, deadline.unit) if deadline.unit else "",
        "start": deadline.start.isoformat(),
        "due": iso_date(tracked.due_on),
        "latest": iso_date(tracked.latest_on),
        "status": tracked.due_status,
        "paused": deadline.paused,
        "met_on": iso_date(deadline.met_on),
        "closed_on": iso_date(deadline.closed_on),
        "calendar_version": tracked.calendar_version,
    }


def term_title(name: str, regulation: str, language: messages.Language | None = None) -> str:
    """What a term is called: by the regulation that has it, otherwise by the catalogue."""
    try:
        return regulations.by_key(regulation).term(name).title
    except UnknownProvision:
        return messages.text(f"term.{name}", language)


def iso_date(value: date | None) -> str | None:
    """A day in ISO form."""
    return value.isoformat() if value else None
