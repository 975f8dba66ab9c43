"""Consequences of reviews for findings and for the rectification of the unit that applied (Decree 733 art. 17)."""

from __future__ import annotations

from pydantic import BaseModel

from casework.acts import deadline_changes
from casework.acts.act_transaction import ActTransaction
from states.engine.case import Case
from states.engine.evaluate import Move
from states.inspection.forms.rectification import Reason
from states.inspection.forms.review import ChangeFinding, DecideReview
from states.inspection.procedures.rectification import RUNNING


def carry_out_review(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """A revoked conclusion takes its findings with it; a changed one changes or revokes those it names.

    Where a finding reads otherwise, the unit's term to report its rectification begins anew.
    """
    assert isinstance(form, DecideReview)
    inspection, unit = transaction.desk.inspection(move.after), move.after.unit
    standing = {one.id: one for one in transaction.open_children(inspection, "finding") if one.unit == unit}
    decided = {one.finding: one.text for one in form.findings}
    if form.outcome == "revoked":
        decided = dict.fromkeys(standing, "")
    for finding, text in decided.items():
        if text:
            transaction.act(finding, "change_finding", ChangeFinding(text=text, note=form.note))
        else:
            transaction.act(finding, "drop", Reason(note=form.note))
    end_stay(transaction, move, form)
    if any(decided.values()):
        for rectification in _running(transaction, move.after):
            transaction.act(rectification.id, "restart", Reason(note=form.note))


def end_stay(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """With the review ends the suspension of the unit's rectification."""
    for rectification in _running(transaction, move.after):
        if rectification.suspended:
            transaction.act(rectification.id, "lift_stay", Reason(note=getattr(form, "note", "") or move.after.id))


def pause_rectification(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """The clock of one unit's rectification stops."""
    deadline_changes.pause_all(transaction.desk, [move.after])


def resume_rectification(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """It goes on, unless the whole inspection is suspended."""
    if not transaction.desk.inspection(move.after).suspended:
        deadline_changes.resume_all(transaction.desk, [move.after], move.step.act)


def _running(transaction: ActTransaction, review: Case) -> list[Case]:
    """The rectification of the unit that applied, where its report is still to come."""
    found = transaction.open_children(transaction.desk.inspection(review), "rectification")
    return [one for one in found if one.unit == review.unit and one.state in RUNNING]
