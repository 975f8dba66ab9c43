"""Consequences of the acts of an assessment for its other cases, named as in the procedure tables."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel

from casework.acts.act_transaction import ActTransaction, Consequence
from regulations import Outcome
from states.assessment import dossier, scheme
from states.assessment.forms.results import AnnounceResult, FindWanting, OrderOutcome
from states.assessment.forms.scoring import DrawSpotChecks, RecordFalsehood
from states.assessment.guards.results import OUTCOME, TALK, UNIT
from states.engine.case import Case
from states.engine.evaluate import Move
from states.engine.forms.base import Decision, Form
from states.engine.sampling import draw
from states.matters.forms.talk import ProposeTalk
from states.matters.forms.tracing import ChainLink, Trace
from states.matters.names import TRACING
from states.packs import pack_of
from storage.people import successions

LONGEST: Final = 200
"""Characters of the subject of a tracing."""


def open_counties(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """Each county of the year has an assessment of its own, which waits for its targets."""
    names = successions.names_on(transaction.desk.session, move.after.jurisdiction, transaction.desk.on)
    for code in move.after.targets:
        title = f"{move.after.title} {names.get(code, code)}"
        transaction.open_child(move.after, UNIT, Form(), unit=code, title=title)


def draw_spot_checks(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """The criteria that are checked on the spot are drawn once, by the hash of the entry of the self-assessment."""
    county, year = move.after, transaction.desk.inspection(move.after)
    opened = dossier.opening(year)
    if opened is None or dossier.draw(county) is not None:
        return
    among = tuple(one.ref for one in pack_of(county.regulation).regulation.criteria)
    size = min(opened.spot_checks, len(among))
    seed = transaction.keep(county.id).head
    drawn = draw(seed, among, size)
    new = DrawSpotChecks(seed=seed, filing=county.version, size=size, among=among, drawn=drawn)
    transaction.act(county.id, "draw_spot_check", new)


def announce_counties(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """The bulletin announces every county's result, and brings about what follows from each."""
    year, regulation = move.after, pack_of(move.after.regulation).regulation
    day = dossier.bulletin_day(year) or transaction.desk.on
    number = getattr(form, "number", "")
    for found in transaction.open_children(year, UNIT):
        total, grade = dossier.total(found), dossier.grade(found, regulation) or ""
        said = AnnounceResult(bulletin_on=day, total=scheme.plain(total) if total is not None else "", grade=grade)
        county = transaction.act(found.id, "announce_result", said).after
        for outcome in regulation.outcomes:
            if outcome.grade == grade:
                _order(transaction, year, outcome, OrderOutcome, county, number)
    for receiver in regulation.result_receivers:
        order = OrderOutcome(measure="results", receiver=receiver.name, begins=day, grounds=number)
        transaction.open_child(year, OUTCOME, order, title=f"{year.title} {receiver.name}")


def _order(
    transaction: ActTransaction, year: Case, outcome: Outcome, form: type[OrderOutcome], county: Case, number: str
) -> None:
    """What follows from the grade of a county, from the day of the bulletin, with no end."""
    names = successions.names_on(transaction.desk.session, year.jurisdiction, transaction.desk.on)
    receiver = outcome.receiver or names.get(county.unit or "", county.unit or "")
    begins = dossier.bulletin_day(year) or transaction.desk.on
    order = form.model_validate(
        {"measure": outcome.code, "receiver": receiver, "begins": begins, "grounds": f"{number} {outcome.title}"}
    )
    transaction.open_child(year, OUTCOME, order, unit=county.unit, title=f"{county.title} {outcome.title}")


def cancel_counties(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """With the year end the assessments of its counties."""
    reason = Decision(note=getattr(form, "note", "") or move.after.id)
    for county in transaction.open_children(move.after, UNIT):
        transaction.act(county.id, "cancel", reason)


def open_talk(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """What was not put right calls for a talk; a version without talks leaves it to the office."""
    assert isinstance(form, FindWanting)
    county = move.after
    if TALK in pack_of(county.regulation).procedures:
        talk = ProposeTalk(unit=county.unit, people=form.people, grounds=form.note, rests_on=county.id)
        transaction.open_child(transaction.desk.inspection(county), TALK, talk, unit=county.unit, title=county.title)


def trace_falsehood(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """What was concealed or false is traced to the people responsible, where the version has tracings."""
    assert isinstance(form, RecordFalsehood)
    county = move.after
    if TRACING not in pack_of(county.regulation).procedures:
        return
    handed_in = "self_assess" if county.has("self_assessment") else "file_targets"
    chain = (ChainLink(case=county.id, act=handed_in, why=form.facts),)
    subject = "、".join(form.responsible)[:LONGEST]
    units = (county.unit,) if county.unit else ()
    trace = Trace(subject=subject, units=units, facts=form.facts, chain=chain, evidence=form.evidence)
    root = transaction.desk.inspection(county)
    transaction.open_child(root, TRACING, trace, unit=county.unit, title=county.title)


CONSEQUENCES: dict[str, Consequence] = {
    consequence.__name__: consequence
    for consequence in (open_counties, draw_spot_checks, announce_counties, cancel_counties, open_talk, trace_falsehood)
}
"""Every name allowed in the ``consequences`` column of a procedure table."""
