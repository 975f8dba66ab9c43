"""What is on record about a case: its journal, entry by entry, and its documents."""

from __future__ import annotations

from typing import Any

from casework.acts.request_context import case_of
from casework.errors import NotFound
from casework.views.case_views import entry_view
from storage.engine import Session
from storage.journal import journal
from storage.messages import documents


def entries(session: Session, case_id: str) -> list[dict[str, Any]]:
    """The journal of a case, of an inspection with all its parts, each entry with its form. Raises NotFound."""
    case = case_of(session, case_id)
    whole = case.family == case.id
    found = journal.of_family(session, case.id) if whole else journal.of_case(session, case.id)
    return [
        {
            **entry_view(entry, case.regulation).model_dump(mode="json"),
            "form": entry.form,
            "prev_hash": entry.prev_hash,
        }
        for entry in found
    ]


def document(session: Session, case_id: str, name: str) -> dict[str, Any]:
    """A document of a case with its text; the last one where it was made anew. Raises NotFound."""
    case_of(session, case_id)
    made = documents.of_case(session, case_id)
    found = next((one for one in reversed(made) if one.name == name), None)
    if found is None:
        known = "、".join(dict.fromkeys(one.name for one in made)) or "—"
        raise NotFound("document_unknown", case=case_id, name=name, known=known)
    return {
        "case": found.case_id,
        "seq": found.seq,
        "name": found.name,
        "title": found.title,
        "media": found.media,
        "sha256": found.sha256,
        "text": found.text,
    }
