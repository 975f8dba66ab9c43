"""What is on record about a case: its journal, entry by entry, and its documents."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from access.policy import Read
from access.reader import Reader
from access.visible_cases import VisibleCase
from casework.errors import NotFound
from casework.readers import visible_case
from casework.views.case_models import DocumentRow, TimelineEntry
from casework.views.case_views import entry_view
from regulations import Jurisdiction
from states.engine.case import Case
from states.engine.pinned_versions import version_at_act
from storage.cases import cases
from storage.engine import Session
from storage.journal import journal
from storage.journal.journal import Entry
from storage.messages import documents
from storage.people import jurisdictions


class JournalEntryView(TimelineEntry):
    """One journal entry of a case with the form it was done with."""

    form: dict[str, Any] = Field(description="the form of the act, as it was handed in")
    prev_hash: str = Field(description="hash of the entry before it")


class DocumentView(DocumentRow):
    """A document of a case."""

    media: str = Field(description="media type, such as `text/markdown`")
    text: str = Field(description="the document")


def entries(session: Session, reader: Reader, case_id: str) -> list[JournalEntryView]:
    """The journal of a case, of an inspection with all its parts, each entry with its form. Raises NotFound."""
    seen = visible_case(session, reader, Read.JOURNAL, case_id)
    case = seen.case
    whole = case.family == case.id
    found = journal.of_family(session, case.id) if whole else journal.of_case(session, case.id)
    home = jurisdictions.load(session, case.jurisdiction)
    owners = {one.id: one for one in (cases.family(session, case.id) if whole else [case])}
    return [
        _entry(entry, owners[entry.case_id], seen, home)
        for entry in found
        if seen.shows_entry(entry.case_id, entry.act)
    ]


def document(session: Session, reader: Reader, case_id: str, name: str) -> DocumentView:
    """A document of a case with its text; the last one where it was made anew. Raises NotFound."""
    seen = visible_case(session, reader, Read.DOCUMENT, case_id)
    made = [one for one in documents.of_case(session, case_id) if seen.shows_document(case_id, one.name)]
    found = next((one for one in reversed(made) if one.name == name), None)
    if found is None:
        known = "、".join(dict.fromkeys(one.name for one in made)) or "—"
        raise NotFound("document_unknown", case=case_id, name=name, known=known)
    return DocumentView(
        case=found.case_id,
        seq=found.seq,
        name=found.name,
        title=found.title,
        sha256=found.sha256,
        media=found.media,
        text=found.text,
    )


def _entry(entry: Entry, owner: Case, seen: VisibleCase, home: Jurisdiction) -> JournalEntryView:
    """An entry; the forms of an inspection name all its targets, so a reader who sees it in part gets none of them."""
    form = entry.form if seen.whole or entry.case_id != seen.case.family else {}
    view = entry_view(entry, owner.procedure, version_at_act(owner, entry.seq), home)
    return JournalEntryView(**dict(view), form=form, prev_hash=entry.prev_hash)
