"""Changes of some acts on matters to the case beyond its state and its dossier."""

from __future__ import annotations

from dataclasses import replace

from states.engine.case import Case
from states.engine.context import Context
from states.engine.forms.base import BEIJING
from states.matters.forms.incident import ReportIncident
from states.matters.forms.talk import ProposeTalk, ReturnCommitment
from states.matters.forms.tracing import CompleteTracing, Trace


def takes_its_unit(case: Case, context: Context) -> Case:
    """The talk is about the unit that is named, or about the one its root is about."""
    form = context.filled(ProposeTalk)
    return replace(case, unit=form.unit or case.unit, title="、".join(form.people)[:60])


def counts_from_now(case: Case, context: Context) -> Case:
    """A report of the unit without another moment counts at the moment it is recorded."""
    form = context.filled(ReportIncident)
    if form.source == "found" or form.reported_at is not None or context.now is None:
        return case
    moment = context.now.astimezone(BEIJING).replace(second=0, microsecond=0)
    return case.with_document("report", form.model_copy(update={"reported_at": moment}))


def takes_the_new_day(case: Case, context: Context) -> Case:
    """A returned commitment has the new day in its dossier; the returns keep the ones before."""
    form = context.filled(ReturnCommitment)
    promise = {**case.dossier.get("promise", {}), "due_on": form.due_on.isoformat()}
    return replace(case, dossier={**case.dossier, "promise": promise})


def takes_what_was_missing(case: Case, context: Context) -> Case:
    """The tracing has the body and the links that were added; the journal keeps both versions."""
    form, tracing = context.filled(CompleteTracing), case.read("tracing", Trace)
    if tracing is None:
        return case
    chain = (*tracing.chain, *form.chain)
    whole = tracing.model_copy(update={"destination": form.destination or tracing.destination, "chain": chain})
    return case.with_document("tracing", whole)
