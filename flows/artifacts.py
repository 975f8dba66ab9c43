"""What the pages of a run show: the course of a case, its summary, and what is overdue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import messages
from casework.views.case_models import ActVerdict, CaseView, DeadlineView
from casework.views.overdue_deadlines import OverdueRow, OverdueTable

TIMELINE_ROWS: Final = 200
OVERDUE_ROWS: Final = 500
SUMMARY_ROWS: Final = 30
TAGGED_UNITS: Final = 5
"""Units of an inspection that its runs are tagged with; with more of them the tags would say nothing."""


def artifact_key(prefix: str, case: str) -> str:
    """A key as Prefect wants it: small letters, digits and dashes."""
    return re.sub(r"[^a-z0-9]+", "-", f"{prefix}-{case}".lower()).strip("-")


def tags(shown: CaseView, stage: str) -> list[str]:
    """Case, stage, kind, and a handful of units."""
    case = shown.case
    units = case.target_names if len(case.target_names) <= TAGGED_UNITS else []
    return [case.case, messages.text(f"stage.{stage}"), case.kind_name, *units]


def timeline(shown: CaseView) -> tuple[list[dict[str, Any]], str]:
    """The newest acts of an inspection and of its parts, as a table, and what it shows."""
    case, entries = shown.case, shown.timeline
    rows = [
        {
            messages.text("flows.column_on"): str(entry.on),
            messages.text("flows.column_case"): entry.case,
            messages.text("flows.column_act"): entry.act_name,
            messages.text("flows.column_state"): entry.to_name,
            messages.text("flows.column_actor"): entry.actor,
            messages.text("flows.column_article"): entry.citation,
            messages.text("flows.column_reason"): entry.reason,
        }
        for entry in reversed(entries[-TIMELINE_ROWS:])
    ]
    about = messages.text(
        "flows.timeline_about", case=case.case, title=case.title, count=len(entries), limit=TIMELINE_ROWS
    )
    return rows, about


def overdue(table: OverdueTable, at: str) -> tuple[list[dict[str, Any]], str]:
    """What is overdue or due soon, the most pressing first, and what it shows; ``at`` is the moment it stands for."""
    pressing = sorted((row for row in table.rows if row.light in ("red", "yellow")), key=_pressing)
    rows = [
        {
            messages.text("flows.column_light"): messages.text(f"flows.light_{row.light}"),
            messages.text("flows.column_unit"): row.unit_name,
            messages.text("flows.column_term"): row.title,
            messages.text("flows.column_case"): row.case,
            messages.text("flows.column_due"): str(row.due or ""),
            messages.text("flows.column_days"): row.days,
            messages.text("flows.column_article"): row.citation,
        }
        for row in pressing[:OVERDUE_ROWS]
    ]
    return rows, messages.text(
        "flows.overdue_about", at=at, count=len(pressing), limit=OVERDUE_ROWS, late=len(table.late)
    )


def summary(shown: CaseView, at: str) -> str:
    """An inspection on one page: where it stands, what may be done now and by whom, what is running, its documents."""
    return "\n\n".join(_sections(shown, at))


def _sections(shown: CaseView, at: str) -> Iterator[str]:
    case = shown.case
    yield messages.text("flows.summary_title", case=case.case, title=case.title)
    yield messages.text("flows.summary_state", kind=case.kind_name, year=case.year, state=case.state_name, at=at)
    possible = [_possible(one) for one in shown.now if one.allowed]
    yield messages.text("flows.summary_now")
    yield _listed(possible, case.case) if possible else messages.text("flows.summary_nothing")
    running = [_deadline(one) for one in shown.deadlines if not (one.met_on or one.closed_on)]
    if running:
        yield messages.text("flows.summary_deadlines")
        yield _listed(running, case.case)
    late = [_late(one) for one in shown.deadlines if one.late_days or (one.met_on and one.recorded_on)]
    if late:
        yield messages.text("flows.summary_late")
        yield _listed(late, case.case)
    yield messages.text("flows.summary_targets", count=len(case.target_names))
    yield "、".join(case.target_names)
    if shown.documents:
        yield messages.text("flows.summary_documents", count=len(shown.documents))
        yield _listed([f"- {one.title}" for one in shown.documents], case.case)


def _listed(lines: list[str], case: str) -> str:
    more = len(lines) - SUMMARY_ROWS
    shown = lines[:SUMMARY_ROWS] + ([messages.text("flows.summary_more", count=more, case=case)] if more > 0 else [])
    return "\n".join(shown)


def _possible(one: ActVerdict) -> str:
    roles = "、".join(role.name for role in one.roles)
    return messages.text("flows.summary_act", case=one.case, act=one.act_name, roles=roles, citation=one.citation)


def _deadline(one: DeadlineView) -> str:
    return messages.text(
        "flows.summary_deadline",
        case=one.case,
        term=one.title,
        unit=one.unit_name,
        due=one.due or one.latest or "—",
        citation=one.citation,
    )


def _late(one: DeadlineView) -> str:
    """A deadline that ended late, or whose end was entered late (补录)."""
    return messages.text(
        "flows.summary_late_deadline" if one.late_days else "flows.summary_entered_late",
        case=one.case,
        term=one.title,
        unit=one.unit_name,
        due=one.latest or "—",
        on=one.met_on or one.closed_on,
        days=one.late_days,
        working=one.late_working_days,
        recorded=one.recorded_on,
    )


def _pressing(row: OverdueRow) -> tuple[int, str]:
    return (row.days if row.days is not None else 0, row.case)
