"""What follows from an act on other cases, in the same transaction, by the name it has in the procedure's table."""

from __future__ import annotations

from pydantic import BaseModel

from casework.acts import deadline_changes
from casework.acts.act_transaction import ActTransaction, Consequence
from casework.inspection import groups
from states.engine.case import Case
from states.engine.evaluate import Move, evaluate
from states.engine.forms.base import Decision
from states.inspection import dossier
from states.inspection.forms.application import AskException, Submit
from states.inspection.forms.conduct import Bulletin, FeedBack, RecordFinding
from states.inspection.forms.planning import Amend
from states.inspection.forms.rectification import OpenRectification, Reason
from states.packs import procedure_of
from storage.cases import cases, deadlines


def ask_exception(acting: ActTransaction, move: Move, form: BaseModel) -> None:
    """A request that needs an exception opens one (art. 12)."""
    assert isinstance(form, Submit)
    if form.exception:
        acting.open_child(move.after, "frequency_exception", AskException(note=form.exception))


def lapse_exceptions(acting: ActTransaction, move: Move, form: BaseModel) -> None:
    """An exception falls with the request it belongs to."""
    for child in acting.open_children(move.after, "frequency_exception"):
        acting.act(child.id, "lapse")


def ask_amendment(acting: ActTransaction, move: Move, form: BaseModel) -> None:
    """A plan that changes targets or contents is put to the authority (art. 16)."""
    acting.open_child(move.after, "amendment", form)


def adopt_amendment(acting: ActTransaction, move: Move, form: BaseModel) -> None:
    """What the authority granted becomes the plan, to be filed again (art. 16)."""
    plan = move.after.read("plan", Amend)
    assert plan is not None and move.after.parent is not None
    acting.act(move.after.parent, "adopt_amendment", plan)


def move_inspection(acting: ActTransaction, move: Move, form: BaseModel) -> None:
    """The last group or visit to do an act moves the inspection on; until then nothing happens to it.

    The parts may be recorded in any order: the inspection has come so far on the latest of their days.
    """
    inspection = acting.keep(move.after.family).case
    parts = cases.parts(acting.desk.session, inspection.id, [move.after.procedure])
    last = acting.dated(max(part.acted_on for part in parts if part.state == move.after.state))
    if evaluate(inspection, move.step.act, last.context(inspection, form)).allowed:
        last.act(inspection.id, move.step.act, form)


def open_finding(acting: ActTransaction, move: Move, form: BaseModel) -> None:
    """A problem met on a visit becomes a finding of the inspection."""
    assert isinstance(form, RecordFinding)
    _record(acting, move.after, form)


def open_told_findings(acting: ActTransaction, move: Move, form: BaseModel) -> None:
    """Problems first named when the target is told are recorded with it."""
    assert isinstance(form, FeedBack)
    for told in form.findings:
        _record(acting, move.after, RecordFinding(**told.model_dump()))


def tell_findings(acting: ActTransaction, move: Move, form: BaseModel) -> None:
    """Telling the target tells it every finding recorded about it (art. 13(4))."""
    inspection = acting.desk.inspection(move.after)
    for finding in acting.open_children(inspection, "finding"):
        if finding.unit == move.after.unit and finding.state == "recorded":
            acting.act(finding.id, "tell")


def open_rectifications(acting: ActTransaction, move: Move, form: BaseModel) -> None:
    """The bulletin opens one rectification for each target with findings; the term runs from its day (art. 14)."""
    assert isinstance(form, Bulletin)
    by_unit: dict[str, list[str]] = {}
    for finding in acting.open_children(move.after, "finding"):
        acting.act(finding.id, "enter_bulletin")
        assert finding.unit is not None
        by_unit.setdefault(finding.unit, []).append(finding.id)
    day = form.bulletin_on or acting.desk.on
    for unit in sorted(by_unit):
        order = OpenRectification(bulletin_on=day, findings=tuple(by_unit[unit]))
        acting.open_child(move.after, "rectification", order, unit=unit)


def take_up_findings(acting: ActTransaction, move: Move, form: BaseModel) -> None:
    """With its plan the unit takes up its findings, but those that were dropped meanwhile (art. 14)."""
    for finding in acting.open_children(acting.desk.inspection(move.after), "finding"):
        if finding.id in dossier.findings_to_rectify(move.after):
            acting.act(finding.id, "take_up")


def drop_findings(acting: ActTransaction, move: Move, form: BaseModel) -> None:
    """With a cancelled rectification end the findings it was about (house rule)."""
    for finding in acting.open_children(acting.desk.inspection(move.after), "finding"):
        if finding.id in dossier.findings_to_rectify(move.after):
            acting.act(finding.id, "drop", form)


def extend_term(acting: ActTransaction, move: Move, form: BaseModel) -> None:
    """The extension that was granted lengthens the term."""
    asked = dossier.extensions_asked(move.after)[-1]
    for tracked in deadlines.of_case(acting.desk.session, move.after.id, running=True):
        deadline_changes.extend(acting.desk, move.after, tracked, asked.until)


def begin_suspension(acting: ActTransaction, move: Move, form: BaseModel) -> None:
    """The suspension is a case of its own, and every clock of the inspection stops (house rule)."""
    assert isinstance(form, Decision)
    acting.open_child(move.after, "suspension", form)
    deadline_changes.pause_all(acting.desk, _family(acting, move.after))


def lift_suspension(acting: ActTransaction, move: Move, form: BaseModel) -> None:
    """The suspension ends, and every clock goes on."""
    for suspension in acting.open_children(move.after, "suspension"):
        acting.act(suspension.id, "lift", form)
    deadline_changes.resume_all(acting.desk, _family(acting, move.after))


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
"""How the cases under a cancelled inspection end. Matters, referrals and reviews go on: they are about more than it."""


def cancel_children(acting: ActTransaction, move: Move, form: BaseModel) -> None:
    """What hangs on a cancelled inspection ends with it; the clocks of what goes on stand still no longer."""
    reason = getattr(form, "note", "")
    for case in (acting.keep(found.id).case for found in _family(acting, move.after)):
        act = ENDING_ACTS.get(case.procedure)
        if act is not None and case.id != move.after.id and procedure_of(case).is_open(case.state):
            step = procedure_of(case).rows(act)[0]
            if case.state in step.from_:
                acting.act(case.id, act, _reasoned(step.form, reason))
    deadline_changes.resume_all(acting.desk, _family(acting, move.after))


def _reasoned(form: type[BaseModel], reason: str) -> BaseModel:
    return form(note=reason) if form in (Decision, Reason) else form()


def _record(acting: ActTransaction, visit: Case, form: RecordFinding) -> None:
    inspection = acting.desk.inspection(visit)
    acting.open_child(inspection, "finding", form, unit=visit.unit, title=form.text[:60])


def _family(acting: ActTransaction, inspection: Case) -> list[Case]:
    return [inspection, *cases.find(acting.desk.session, root=inspection.id)]


CONSEQUENCES: dict[str, Consequence] = {
    consequence.__name__: consequence
    for consequence in (
        ask_exception,
        lapse_exceptions,
        ask_amendment,
        adopt_amendment,
        groups.form_groups,
        move_inspection,
        open_finding,
        open_told_findings,
        tell_findings,
        open_rectifications,
        take_up_findings,
        drop_findings,
        extend_term,
        begin_suspension,
        lift_suspension,
        cancel_children,
    )
}
"""Every name that the ``follows`` column of a table may hold."""
