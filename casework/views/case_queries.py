"""What is, what may be done now and by whom, and why something may not: asked without changing anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import BaseModel

import messages
import regulations
from casework.acts import case_resolution
from casework.acts.request_context import RequestContext, case_of, open_context
from casework.clock import Clock
from casework.views.case_views import case_view, deadline_view, entry_view
from states.engine.case import NEW, Case
from states.engine.evaluate import Verdict, evaluate, possible_acts
from states.engine.forms import fields
from states.engine.forms.reading import read_form
from states.packs import pack_of, procedure_of
from storage.cases import cases, deadlines
from storage.engine import Session
from storage.journal import journal
from storage.messages import documents
from storage.people import accounts, units


def show(session: Session, clock: Clock, case_id: str) -> dict[str, Any]:
    """A case with its timeline, parts, deadlines, documents, and what may be done now. Raises NotFound."""
    desk = open_context(session, clock, None)
    case = case_of(session, case_id)
    family = cases.find(session, root=case.id) if case.family == case.id else []
    entries = journal.of_family(session, case.id) if case.family == case.id else journal.of_case(session, case.id)
    names = {unit.code: unit.name for unit in units.roster(session, case.jurisdiction)}
    tracked = [one for owner in (case, *family) for one in deadlines.of_case(session, owner.id)]
    return {
        "case": case_view(case, names),
        "timeline": [entry_view(entry, case.regulation, desk.jurisdiction(case)) for entry in entries],
        "parts": [case_view(part, names) for part in family],
        "deadlines": [deadline_view(one, case.regulation, names) for one in tracked],
        "documents": [
            {"case": made.case_id, "seq": made.seq, "name": made.name, "title": made.title, "sha256": made.sha256}
            for owner in (case, *family)
            for made in documents.of_case(session, owner.id)
        ],
        "now": [_possibility(desk, owner, verdict) for owner in (case, *family) for verdict in _now(desk, owner)],
    }


def why(
    session: Session,
    clock: Clock,
    case_id: str,
    act: str,
    *,
    actor: str | None = None,
    on: date | None = None,
    data: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Whether an act would go through, and if not, everything that stands against it. Raises NotFound."""
    asked = case_of(session, case_id)
    desk = open_context(session, clock, actor, on, jurisdiction=asked.jurisdiction)
    errand = case_resolution.resolve(desk, asked, act, data or {})[0]
    case = errand.case if errand.opens is None else _to_be_opened(desk, errand.case, errand.opens)
    rows = procedure_of(case).rows(errand.act)
    context = desk.context(case)
    if data and rows:
        context = context.with_form(read_form(rows[0].form, errand.data))
    verdict = evaluate(case, errand.act, context)
    return {
        **_possibility(desk, case, verdict),
        "needed": _fields(rows[0].form, pack_of(case.regulation).form_params()) if rows else [],
    }


def _now(desk: RequestContext, case: Case) -> Iterator[Verdict]:
    """What has a place now: on the case itself, and what may be opened under it."""
    yield from possible_acts(case, desk.context(case))
    if case.family != case.id:
        return
    for asked_as, procedure in pack_of(case.regulation).openings.items():
        blank = _to_be_opened(desk, case, procedure.name)
        verdict = evaluate(blank, procedure.first_act, desk.context(blank))
        if verdict.allowed:
            yield replace(verdict, act=asked_as)


def _to_be_opened(desk: RequestContext, inspection: Case, procedure: str) -> Case:
    """The case that would be opened, before it has a number."""
    anybody = inspection.targets[0] if inspection.targets else None
    unit = case_resolution.unit_meant(desk, inspection) if desk.actor else anybody
    return replace(
        inspection,
        id=f"{inspection.id}-{pack_of(inspection.regulation).procedures[procedure].letter}",
        procedure=procedure,
        state=NEW,
        version=0,
        unit=unit,
        parent=inspection.id,
        root=inspection.id,
        kind=None,
        last_actor_by_act={},
        dossier={},
    )


def _possibility(desk: RequestContext, case: Case, verdict: Verdict) -> dict[str, Any]:
    step, home = verdict.step, desk.jurisdiction(case)
    regulation = regulations.by_key(case.regulation)
    roles = step.by if step else ()
    article = verdict.article
    return {
        "case": case.id,
        "act": verdict.act,
        "act_name": messages.text(f"act.{verdict.act}") if messages.has(f"act.{verdict.act}") else verdict.act,
        "allowed": verdict.allowed,
        "article": article,
        "citation": regulation.short(article) if article else "",
        "roles": [{"role": role.value, "name": regulations.office_name(role, home)} for role in roles],
        "who": _people(desk, case, verdict),
        "refusals": [refusal.as_json() for refusal in verdict.refusals],
        "form": step.form.__name__ if step else None,
    }


def _people(desk: RequestContext, case: Case, verdict: Verdict) -> list[str]:
    """The accounts that could do it: nothing stands against them beyond what stands against anybody."""
    step = verdict.step
    if step is None:
        return []
    anybody = replace(desk.context(case), actor=None)
    common = {refusal.code for refusal in evaluate(case, step.act, anybody).refusals}
    found: dict[str, None] = {}
    for role in step.by:
        for actor in accounts.active(desk.session, case.jurisdiction):
            if actor.holds(role):
                refusals = evaluate(case, step.act, replace(anybody, actor=actor)).refusals
                if {refusal.code for refusal in refusals} <= common:
                    found[actor.name] = None
    return list(found)


def _fields(form: type[BaseModel], params: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "field": name,
            "title": fields.title(form, name),
            "required": fields.is_needed(field),
            "about": fields.about(form, name, params),
        }
        for name, field in form.model_fields.items()
    ]
