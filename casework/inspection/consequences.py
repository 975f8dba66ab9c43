"""Consequences of an act for other cases, in the same transaction, named as in the procedure tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel

from casework.acts import deadline_changes
from casework.acts.act_transaction import ActTransaction, Consequence
from casework.inspection import groups, review_consequences, sample
from states.engine.case import Case
from states.engine.corrections import Correction
from states.engine.evaluate import Move, evaluate
from states.engine.forms.base import Decision
from states.engine.refusals import Refusal
from states.inspection import dossier
from states.inspection.forms.application import AskException, Submit
from states.inspection.forms.conduct import Bulletin, FeedBack, RecordFinding
from states.inspection.forms.planning import Amend
from states.inspection.forms.rectification import OpenRectification, Reason
from states.packs import procedure_of
from storage.cases import cases, deadlines


def ask_exception(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """A request that needs an exception opens one (art. 12)."""
    assert isinstance(form, Submit)
    if form.exception:
        transaction.open_child(move.after, "frequency_exception", AskException(note=form.exception))


def lapse_exceptions(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """An exception lapses with the request it belongs to."""
    for child in transaction.open_children(move.after, "frequency_exception"):
        transaction.act(child.id, "lapse")


def ask_amendment(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """A plan that changes targets or contents needs the authority's approval (art. 16)."""
    transaction.open_child(move.after, "amendment", form)


def adopt_amendment(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """The amendment that the authority granted becomes the plan, to be filed again (art. 16)."""
    plan = move.after.read("plan", Amend)
    assert plan is not None and move.after.parent is not None
    transaction.act(move.after.parent, "adopt_amendment", plan)


def move_inspection(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """When the last group or visit has done an act, the inspection does it too; before that, it does not change.

    The parts may be recorded in any order: the act of the inspection is dated as the latest of theirs, or as the latest
    act on another case it rests on.
    """
    inspection = transaction.keep(move.after.family).case
    parts = cases.parts(transaction.desk.session, inspection.id, [move.after.procedure])
    day: date | None = max(part.acted_on for part in parts if part.state == move.after.state)
    while day is not None:
        last = transaction.dated(day)
        refusals = evaluate(inspection, move.step.act, last.context(inspection, form)).refusals
        if not refusals:
            last.act(inspection.id, move.step.act, form)
        day = _later_day(refusals)


def _later_day(refusals: Sequence[Refusal]) -> date | None:
    """The day from which none of these refusals stands; None where the day is not all that is the matter."""
    days = [one.earliest for one in refusals if one.code == "dated_before_the_last_act" and one.earliest is not None]
    return max(days) if days and len(days) == len(refusals) else None


def open_finding(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """A problem found on a visit becomes a finding of the inspection."""
    assert isinstance(form, RecordFinding)
    _record(transaction, move.after, form)


def open_told_findings(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """Problems first named in the feedback to the target are recorded as findings."""
    assert isinstance(form, FeedBack)
    for finding in form.findings:
        _record(transaction, move.after, RecordFinding(**finding.model_dump()))


def tell_findings(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """Feedback reports every finding recorded about the target to it (art. 13(4))."""
    inspection = transaction.desk.inspection(move.after)
    for finding in transaction.open_children(inspection, "finding"):
        if finding.unit == move.after.unit and finding.state == "recorded":
            transaction.act(finding.id, "tell")


def open_rectifications(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """The bulletin opens one rectification for each target with findings; the term runs from its day (art. 14)."""
    assert isinstance(form, Bulletin)
    by_unit: dict[str, list[str]] = {}
    for finding in transaction.open_children(move.after, "finding"):
        transaction.act(finding.id, "enter_bulletin")
        assert finding.unit is not None
        by_unit.setdefault(finding.unit, []).append(finding.id)
    day = form.bulletin_on or transaction.desk.on
    visits = cases.parts(transaction.desk.session, move.after.id, ["visit"])
    told = {visit.unit: visit.read("feedback", FeedBack) for visit in visits if visit.has("feedback")}
    advice = {unit: feedback.advice for unit, feedback in told.items() if feedback}
    for unit in sorted(by_unit):
        order = OpenRectification(bulletin_on=day, findings=tuple(by_unit[unit]), advice=advice.get(unit, ""))
        transaction.open_child(move.after, "rectification", order, unit=unit)


def correct_rectifications(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """When the day of the bulletin is corrected, so is the day from which the rectifications count (art. 14)."""
    assert isinstance(form, Correction)
    if form.field != "bulletin_on":
        return
    day = dossier.bulletin_day(move.after)
    for rectification in cases.parts(transaction.desk.session, move.after.id, ["rectification"]):
        order = rectification.read("order", OpenRectification)
        if order and day and order.bulletin_on != day:
            said = Correction(act="open", field="bulletin_on", value=day.isoformat(), note=form.note)
            transaction.act(rectification.id, "correct", said)


def reissue_bulletin(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """When a finding that was published is corrected, the bulletin is issued anew; the earlier one is kept."""
    assert isinstance(form, Correction)
    inspection = transaction.desk.inspection(move.after)
    if inspection.has("bulletin") and inspection.state != "cancelled":
        transaction.act(inspection.id, "reissue_bulletin", Reason(note=form.note))


def take_up_findings(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """The rectification plan starts work on the unit's findings, except those dropped since (art. 14)."""
    for finding in transaction.open_children(transaction.desk.inspection(move.after), "finding"):
        if finding.id in dossier.findings_to_rectify(move.after):
            transaction.act(finding.id, "take_up")


def drop_findings(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """Cancelling a rectification withdraws its findings (house rule)."""
    for finding in transaction.open_children(transaction.desk.inspection(move.after), "finding"):
        if finding.id in dossier.findings_to_rectify(move.after):
            transaction.act(finding.id, "drop", form)


def end_emptied_rectification(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """A rectification whose last finding was withdrawn is cancelled: nothing is left to rectify."""
    for rectification in transaction.open_children(transaction.desk.inspection(move.after), "rectification"):
        findings = dossier.findings_to_rectify(rectification)
        if move.after.id in findings and all(_is_withdrawn(transaction, finding) for finding in findings):
            transaction.act(rectification.id, "cancel", Reason(note=getattr(form, "note", move.after.id)))


def _is_withdrawn(transaction: ActTransaction, finding: str) -> bool:
    return transaction.keep(finding).case.state == "withdrawn"


def extend_term(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """A granted extension lengthens the term."""
    asked = dossier.extensions_asked(move.after)[-1]
    for tracked in deadlines.of_case(transaction.desk.session, move.after.id, running=True):
        deadline_changes.extend(transaction.desk, move.after, tracked, asked.until, move.step.act)


def begin_suspension(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """A suspension is a separate case, and pauses every deadline of the inspection (house rule)."""
    assert isinstance(form, Decision)
    transaction.open_child(move.after, "suspension", form)
    deadline_changes.pause_all(transaction.desk, _family(transaction, move.after))


def lift_suspension(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """End the suspension and resume every deadline."""
    for suspension in transaction.open_children(move.after, "suspension"):
        transaction.act(suspension.id, "lift", form)
    going_on = [case for case in _family(transaction, move.after) if not case.suspended]
    deadline_changes.resume_all(transaction.desk, going_on, move.step.act)


ENDING_ACTS = {
    "frequency_exception": "lapse",
    "amendment": "lapse",
    "departure": "lapse",
    "suspension": "lift",
    "visit": "withdraw",
    "group": "disband",
    "finding": "drop",
    "rectification": "cancel",
}
"""The act that ends each part of a cancelled inspection. Matters, referrals and reviews outlive the inspection."""


def cancel_children(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """Cancelling an inspection ends its parts, and resumes the deadlines of the parts that outlive it."""
    reason = getattr(form, "note", "")
    for case in (transaction.keep(found.id).case for found in _family(transaction, move.after)):
        act = ENDING_ACTS.get(case.procedure)
        if act is not None and case.id != move.after.id and procedure_of(case).is_open(case.state):
            step = procedure_of(case).rows(act)[0]
            if case.state in step.from_:
                transaction.act(case.id, act, _reasoned(step.form, reason))
    deadline_changes.resume_all(transaction.desk, _family(transaction, move.after), move.step.act)


def _reasoned(form: type[BaseModel], reason: str) -> BaseModel:
    return form(note=reason) if form in (Decision, Reason) else form()


def _record(transaction: ActTransaction, visit: Case, form: RecordFinding) -> None:
    inspection = transaction.desk.inspection(visit)
    transaction.open_child(inspection, "finding", form, unit=visit.unit, title=form.text[:60])


def _family(transaction: ActTransaction, inspection: Case) -> list[Case]:
    return [inspection, *cases.find(transaction.desk.session, root=inspection.id)]


CONSEQUENCES: dict[str, Consequence] = {
    consequence.__name__: consequence
    for consequence in (
        ask_exception,
        lapse_exceptions,
        ask_amendment,
        adopt_amendment,
        sample.draw_sample,
        groups.form_groups,
        groups.change_people,
        move_inspection,
        open_finding,
        open_told_findings,
        tell_findings,
        open_rectifications,
        correct_rectifications,
        reissue_bulletin,
        take_up_findings,
        drop_findings,
        end_emptied_rectification,
        review_consequences.carry_out_review,
        review_consequences.end_stay,
        review_consequences.pause_rectification,
        review_consequences.resume_rectification,
        extend_term,
        begin_suspension,
        lift_suspension,
        cancel_children,
    )
}
"""Every name allowed in the ``consequences`` column of a procedure table."""
