"""Messages about a due date that moved, to the bound party and the office (rule 11 of docs/rules.md)."""

from __future__ import annotations

from datetime import date

import messages
import regulations
from casework.acts.request_context import RequestContext
from casework.citations import term_title
from regulations import office_name
from states.engine.case import Case, Role
from storage.cases.deadlines import Tracked
from storage.messages.notices import Notice
from storage.people import units


def has_moved(before: Tracked, after: Tracked) -> bool:
    """Whether the due date changed."""
    return (before.due_on, before.latest_on) != (after.due_on, after.latest_on)


def message_about_move(desk: RequestContext, case: Case, before: Tracked, after: Tracked, why: str) -> Notice:
    """The message about the new due date; its text is Chinese, whatever the language of the request."""
    deadline = after.deadline
    unit = units.load(desk.session, case.jurisdiction, deadline.unit) if deadline.unit else None
    params = {
        "case": case.id,
        "title": case.title,
        "term": term_title(deadline.name, case.regulation, "zh"),
        "unit": unit.name if unit else deadline.unit or office_name(Role.COORDINATOR, desk.jurisdiction(case), "zh"),
        "was": _span(before.due_on, before.latest_on),
        "due": _span(after.due_on, after.latest_on),
        "why": why,
        "citation": regulations.by_key(case.regulation).short(deadline.article, "zh"),
    }
    roles = (Role.COORDINATOR, Role.TARGET_OFFICER) if deadline.unit else (Role.COORDINATOR,)
    return Notice(
        key=f"{deadline.id}:moved:{desk.now.isoformat()}",
        jurisdiction=case.jurisdiction,
        kind="moved",
        dated_on=desk.today,
        recipient_role=",".join(roles),
        recipient=deadline.unit,
        subject=messages.text("notice.moved_subject", "zh", **params),
        text=messages.text("notice.moved", "zh", **params),
        created_at=desk.now,
        case_id=case.id,
        root=case.family,
        deadline_id=deadline.id,
        mail_state="queued",
    )


def _span(earliest: date | None, latest: date | None) -> str:
    """A due date, or the first and last possible one; a dash where it is unknown."""
    if earliest is None or latest is None:
        return "—"
    return f"{earliest}" if earliest == latest else f"{earliest} 至 {latest}"
