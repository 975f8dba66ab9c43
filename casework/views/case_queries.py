"""What is, what may be done now and by whom, and why something may not: asked without changing anything.

An inspection is read in one statement a kind (cases, entries, deadlines, documents, units, accounts, notices), however
many parts it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from casework.acts import case_resolution
from casework.acts.request_context import case_of, open_context
from casework.clock import Clock
from casework.views.act_verdicts import VerdictReader
from casework.views.case_models import ActAnswer, CaseView, DocumentRow, FieldView
from casework.views.case_views import case_view, deadline_view, entry_view
from states.engine.case import Case
from states.engine.evaluate import evaluate, procedure_of
from states.engine.forms import fields
from states.engine.forms.reading import read_form
from storage.cases.family_facts import FamilyFacts
from storage.engine import Session
from storage.journal import journal
from storage.messages import documents


def show(session: Session, clock: Clock, case_id: str) -> CaseView:
    """A case with its timeline, parts, deadlines, documents, and what may be done now. Raises NotFound."""
    case = case_of(session, case_id)
    facts = FamilyFacts(session, case)
    whole = case.family == case.id
    shown = list(facts.members.values()) if whole else [case]
    entries = journal.of_family(session, case.id) if whole else journal.of_case(session, case.id)
    names = {unit.code: unit.name for unit in facts.units.values()}
    reader = VerdictReader(open_context(session, clock, None), facts)
    return CaseView(
        case=case_view(case, names),
        timeline=tuple(entry_view(entry, case.regulation) for entry in entries),
        parts=tuple(case_view(part, names) for part in shown if part.id != case.id),
        deadlines=tuple(
            deadline_view(one, case.regulation, names) for owner in shown for one in facts.tracked.get(owner.id, ())
        ),
        documents=tuple(_documents(session, shown, whole)),
        now=tuple(verdict for owner in shown for verdict in reader.possible(owner)),
    )


def why(
    session: Session,
    clock: Clock,
    case_id: str,
    act: str,
    *,
    actor: str | None = None,
    on: date | None = None,
    data: Mapping[str, Any] | None = None,
) -> ActAnswer:
    """Whether an act would go through, and if not, everything that stands against it. Raises NotFound."""
    desk = open_context(session, clock, actor, on)
    case = case_of(session, case_id)
    errand = case_resolution.resolve(desk, case, act, data or {})[0]
    reader = VerdictReader(desk, FamilyFacts(session, case))
    subject = reader.opening(errand.case, errand.opens) if errand.opens else lambda _: errand.case
    meant = subject(desk.actor)
    rows = procedure_of(meant).rows(errand.act)
    form = read_form(rows[0].form, errand.data) if data and rows else None
    verdict = evaluate(meant, errand.act, reader.context(meant, form))
    view = reader.view(meant, verdict, subject)
    return ActAnswer(**dict(view), needed=_fields(rows[0].form) if rows else ())


def _documents(session: Session, shown: list[Case], whole: bool) -> list[DocumentRow]:
    """The documents of the cases, case by case."""
    of_one = documents.list_of_family if whole else documents.list_of_case
    place = {case.id: at for at, case in enumerate(shown)}
    return [
        DocumentRow(case=made.case_id, seq=made.seq, name=made.name, title=made.title, sha256=made.sha256)
        for made in sorted(of_one(session, shown[0].id), key=lambda made: place[made.case_id])
    ]


def _fields(form: type[BaseModel]) -> tuple[FieldView, ...]:
    return tuple(
        FieldView(
            field=name,
            title=fields.title(form, name),
            required=fields.is_needed(field),
            about=fields.about(form, name),
        )
        for name, field in form.model_fields.items()
    )
