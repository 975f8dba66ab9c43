"""Read-only queries on a case: its state, the possible acts and their actors, and why an act is refused.

An inspection takes one statement per kind (cases, entries, deadlines, documents, units, accounts, notices), however
many parts it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from access.policy import Read
from access.reader import Reader
from access.visible_cases import as_shown
from casework.acts import case_resolution
from casework.acts.able_accounts import always
from casework.acts.names_in_data import with_codes
from casework.acts.request_context import open_context
from casework.clock import Clock
from casework.errors import NotFound, NotPermitted
from casework.readers import visible_case
from casework.views.act_verdicts import VerdictReader
from casework.views.case_models import ActAnswer, ActVerdict, CaseView, DocumentRow, FieldView
from casework.views.case_views import case_deadline, case_view, entry_view
from casework.views.written_texts import written_entries
from states.engine.case import Case
from states.engine.evaluate import evaluate
from states.engine.forms import fields
from states.engine.forms.reading import read_form
from states.engine.pinned_versions import version_at_act, version_on
from states.packs import pack_of, procedure_of
from storage.cases.family_facts import FamilyFacts
from storage.engine import Session
from storage.journal import journal
from storage.messages import documents


def show(session: Session, clock: Clock, reader: Reader, case_id: str) -> CaseView:
    """A case with its timeline, parts, deadlines, documents, and what may be done now. Raises NotFound."""
    seen = visible_case(session, reader, Read.CASE, case_id)
    case = seen.shown
    facts = FamilyFacts(session, case)
    whole = case.family == case.id
    members = [as_shown(reader, Read.CASE, one) for one in facts.members.values()] if whole else [case]
    shown = [one for one in members if seen.shows_case(one.id)]
    found = journal.of_family(session, case.id) if whole else journal.of_case(session, case.id)
    entries = [entry for entry in found if seen.shows_entry(entry.case_id, entry.act)]
    names = {unit.code: unit.name for unit in facts.units.values()}
    request = open_context(session, clock, None)
    verdicts, home = VerdictReader(request, facts, reader.sees_account), request.jurisdiction(case)
    return CaseView(
        case=case_view(case, names),
        timeline=tuple(
            entry_view(
                entry,
                facts.members[entry.case_id].procedure,
                version_at_act(facts.members[entry.case_id], entry.seq),
                home,
            )
            for entry in entries
        ),
        written=tuple(written_entries(entries, facts.members, seen, names)),
        parts=tuple(case_view(part, names) for part in shown if part.id != case.id),
        deadlines=tuple(
            case_deadline(
                one, version_on(facts.members[owner.id], one.deadline.ended_on), names, facts.calendar(), request.today
            )
            for owner in shown
            for one in facts.tracked.get(owner.id, ())
        ),
        documents=tuple(one for one in _documents(session, shown, whole) if seen.shows_document(one.case, one.name)),
        now=tuple(
            verdict for owner in shown for verdict in verdicts.possible(owner) if seen.shows_act_of(_roles(verdict))
        ),
    )


def why(
    session: Session,
    clock: Clock,
    reader: Reader,
    case_id: str,
    act: str,
    *,
    actor: str | None = None,
    on: date | None = None,
    data: Mapping[str, Any] | None = None,
) -> ActAnswer:
    """Whether an act would be allowed, and if not, every refusal.

    A reader who sees the case only in part asks for their own account. Raises NotFound, NotPermitted.
    """
    seen = visible_case(session, reader, Read.VERDICT, case_id)
    case = seen.case
    if not seen.whole and reader.account is not None:
        actor = reader.account.name
    request = open_context(session, clock, actor, on, jurisdiction=case.jurisdiction)
    if request.actor is not None and not reader.sees_account(request.actor):
        raise NotPermitted("account_unknown", name=request.actor.name)
    family = case if case.family == case.id else request.inspection(case)
    given, meant_act = with_codes(session, case.jurisdiction, data or {}, family), case_resolution.act_meant(case, act)
    targeted = case_resolution.resolve(request, case, meant_act, given, seen.shows_case)[0]
    if not seen.shows_case(targeted.case.id):
        raise NotFound("no_such_part", case=case_id, act=act)
    verdicts = VerdictReader(request, FamilyFacts(session, case), reader.sees_account)
    subject = verdicts.opening(targeted.case, targeted.opens) if targeted.opens else always(targeted.case)
    meant = subject(request.actor)
    rows = procedure_of(meant).rows(targeted.act)
    form = read_form(rows[0].form, targeted.data) if data and rows else None
    verdict = evaluate(meant, targeted.act, verdicts.context(meant, form))
    view = verdicts.view(meant, verdict, subject)
    # An act out of order has no row; its refusals tell of other units all the same.
    roles = _roles(view) or [role.value for row in rows for role in row.by]
    if roles and not seen.shows_act_of(roles):
        view = _without_facts(view)
    params = pack_of(case.regulation).form_params()
    return ActAnswer(**dict(view), needed=_fields(rows[0].form, params) if rows else ())


def _roles(verdict: ActVerdict) -> list[str]:
    return [one.role for one in verdict.roles]


def _without_facts(verdict: ActVerdict) -> ActVerdict:
    """A verdict on an act of other roles: only that the reader lacks the role, no facts of the case."""
    missing = (one for one in verdict.refusals if one.code == "role_missing")
    refusals = tuple(one.model_copy(update={"people": None}) for one in missing)
    return verdict.model_copy(update={"refusals": refusals, "who": ()})


def _documents(session: Session, shown: list[Case], whole: bool) -> list[DocumentRow]:
    """The documents of these cases, of one case or of a whole inspection, case by case."""
    of_one = documents.list_of_family if whole else documents.list_of_case
    place = {case.id: at for at, case in enumerate(shown)}
    return [
        DocumentRow(case=made.case_id, seq=made.seq, name=made.name, title=made.title, sha256=made.sha256)
        for made in sorted(
            (made for made in of_one(session, shown[0].id) if made.case_id in place),
            key=lambda made: place[made.case_id],
        )
    ]


def _fields(form: type[BaseModel], params: Mapping[str, str]) -> tuple[FieldView, ...]:
    return tuple(
        FieldView(
            field=name,
            title=fields.title(form, name),
            required=fields.is_needed(field),
            about=fields.about(form, name, params),
        )
        for name, field in form.model_fields.items()
    )
