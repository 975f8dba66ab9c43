"""Consequences of acts on matters for other cases, in the same transaction, named as in the procedure tables."""

from __future__ import annotations

from pydantic import BaseModel

from casework.acts import deadline_changes
from casework.acts.act_transaction import ActTransaction, Consequence
from casework.inspection.opening import open_inspection
from regulations.jurisdictions import INSPECTION
from states.engine.case import Case
from states.engine.evaluate import Move
from states.matters.forms.complaint import LinkComplaint, TakeUpComplaint
from states.matters.forms.hazard import ExtendHazard
from states.matters.forms.talk import FollowUpTalk, HeldTalk, LapseCommitment, Promise, ProposeTalk
from states.matters.forms.tracing import ChainLink, Trace
from states.matters.guards.complaint import SPECIAL, problem_of
from states.matters.incident_marks import lateness
from states.matters.names import COMMITMENT, TRACING
from states.packs import pack_of
from storage.cases import deadlines

LONGEST_TITLE = 60


def open_commitments(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """Each commitment of a talk is a case of its own, with its day as a deadline of the unit."""
    assert isinstance(form, HeldTalk)
    for one in form.commitments:
        promise = Promise(text=one.text, due_on=one.due_on)
        transaction.open_child(move.after, COMMITMENT, promise, unit=move.after.unit, title=one.text[:LONGEST_TITLE])


def trace_what_is_wanting(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """A talk found wanting ends the commitments that were not kept, and opens a tracing of responsibility.

    The tracing rests on the talk; where it goes, and what else it rests on, the office adds before it is decided.
    """
    assert isinstance(form, FollowUpTalk)
    talk = move.after
    for one in transaction.open_children(talk, COMMITMENT):
        transaction.act(one.id, "lapse", LapseCommitment(note=form.note))
    if TRACING not in pack_of(talk.regulation).procedures:
        return
    proposal = talk.read("proposal", ProposeTalk)
    subject = "、".join(proposal.people) if proposal else talk.title
    chain = (ChainLink(case=talk.id, act="hold_talk", why=form.note),)
    units = (talk.unit,) if talk.unit else ()
    trace = Trace(subject=subject[:200], units=units, facts=form.note, chain=chain, evidence=form.evidence)
    root = transaction.desk.inspection(talk)
    transaction.open_child(root, TRACING, trace, unit=talk.unit, title=subject[:LONGEST_TITLE])


def mark_late_report(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """A report after the limit that the jurisdiction set is noted as late, for good; without a limit, none is."""
    incident = move.after
    limit = transaction.desk.jurisdiction(incident).report_limit
    late = lateness(incident, limit.hours) if limit else None
    if late is not None:
        transaction.act(incident.id, "note_lateness", late)


def extend_limit(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """The limit of a hazard is put off to the day that the extension sets."""
    assert isinstance(form, ExtendHazard)
    for tracked in deadlines.of_case(transaction.desk.session, move.after.id, running=True):
        deadline_changes.extend(transaction.desk, move.after, tracked, form.until, move.step.act)


def link_inspection(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """The complaint is linked with the inspection that is named, or with one that is opened for its problem."""
    assert isinstance(form, TakeUpComplaint)
    complaint = move.after
    inspection = form.inspection or _opened_for(transaction, complaint, form).id
    transaction.act(complaint.id, "link", LinkComplaint(inspection=inspection))


def _opened_for(transaction: ActTransaction, complaint: Case, form: TakeUpComplaint) -> Case:
    """A special inspection whose problem is the complaint's, and whose reason names the complaint."""
    application = {
        "kind": SPECIAL,
        "year": form.year or transaction.desk.on.year,
        "title": form.title or complaint.title,
        "targets": list(form.targets or ((complaint.unit,) if complaint.unit else ())),
        "problem": problem_of(complaint),
        "reason": f"{complaint.id}《{complaint.title}》",
        "note": form.note,
    }
    return open_inspection(transaction, INSPECTION, application)


CONSEQUENCES: dict[str, Consequence] = {
    consequence.__name__: consequence
    for consequence in (
        open_commitments,
        trace_what_is_wanting,
        mark_late_report,
        extend_limit,
        link_inspection,
    )
}
"""Every name allowed in the ``consequences`` column of a procedure table of matters."""
