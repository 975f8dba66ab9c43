"""What the acts of a campaign bring about: duties, dated obligations and evaluations at the launch, all in one go."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

from casework.acts.act_transaction import ActTransaction, Consequence
from regulations import Regulation
from regulations.duties import Obligation
from states.campaign import dossier
from states.campaign.cycle import cycle
from states.campaign.forms.campaign import LaunchCampaign, SetInterval
from states.campaign.forms.parts import AssignDuty, BeginEvaluation, ScheduleOccurrence
from states.campaign.obligations import SELF_CHECK, Span, self_check_day, spans, spans_of_interval
from states.campaign.offices import bearers, bodies
from states.engine.case import Case
from states.engine.evaluate import Move
from states.engine.forms.base import Form
from states.packs import pack_of, procedure_of
from storage.cases import cases
from storage.people import successions


def assign_duties(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """Every task for which the text names units goes to them, due at the end of the cycle."""
    assert isinstance(form, LaunchCampaign)
    campaign, regulation = move.after, _regulation(move.after)
    roster = successions.standing(transaction.desk.session, campaign.jurisdiction)
    due = cycle(campaign, regulation).ends
    for task in regulation.tasks:
        named = bodies(task.units, roster, campaign.targets, regulation)
        targets = tuple(code for code in named if code in campaign.targets)
        if targets:
            people = tuple(one for one in form.people if one.code in targets)
            order = AssignDuty(task=task.key, targets=targets, people=people, due_on=due)
            transaction.open_child(campaign, "unit_duty", order, title=task.title)


def schedule_occurrences(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """Every obligation that has its days from the text falls due on them."""
    campaign, regulation = move.after, _regulation(move.after)
    evaluated = _is_evaluated(campaign)
    for obligation in regulation.obligations:
        if obligation.code == SELF_CHECK and evaluated:
            continue
        found = spans(obligation, cycle(campaign, regulation), transaction.desk.on)
        _schedule(transaction, campaign, obligation, found)


def schedule_by_interval(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """An obligation whose interval is set falls due by it; what was due by an earlier interval lapses."""
    assert isinstance(form, SetInterval)
    campaign, regulation = move.after, _regulation(move.after)
    for earlier in transaction.open_children(campaign, "occurrence"):
        planned = dossier.schedule(earlier)
        if planned is not None and planned.obligation == form.obligation:
            transaction.act(earlier.id, "lapse")
    obligation = next(one for one in regulation.obligations if one.code == form.obligation)
    found = spans_of_interval(form, cycle(campaign, regulation), transaction.desk.on)
    _schedule(transaction, campaign, obligation, found)


def begin_evaluations(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """Every unit of the campaign is to check itself by the day of the text, and to be evaluated."""
    campaign, regulation = move.after, _regulation(move.after)
    due = self_check_day(regulation.obligations, cycle(campaign, regulation))
    names = successions.names(transaction.desk.session, [campaign.jurisdiction])[campaign.jurisdiction]
    for code in campaign.targets:
        order = BeginEvaluation(due_on=max(due, transaction.desk.on))
        transaction.open_child(campaign, "unit_evaluation", order, unit=code, title=names.get(code, code))


def lapse_parts(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """What still goes on ends with a campaign that is cancelled."""
    for part in cases.find(transaction.desk.session, root=move.after.id, open=True):
        held = transaction.keep(part.id).case
        if procedure_of(held).rows("lapse") and procedure_of(held).is_open(held.state):
            transaction.act(held.id, "lapse", Form())


def _schedule(transaction: ActTransaction, campaign: Case, obligation: Obligation, found: Iterable[Span]) -> None:
    roster = successions.standing(transaction.desk.session, campaign.jurisdiction)
    listed = list(found)
    for unit in bearers(obligation, roster, campaign.targets, _regulation(campaign)):
        if unit is not None and unit not in campaign.targets:
            continue
        for span in listed:
            plan = ScheduleOccurrence(
                obligation=obligation.code, begins=span.begins, due_on=span.due, number=span.number
            )
            transaction.open_child(campaign, "occurrence", plan, unit=unit, title=obligation.title)


def _is_evaluated(campaign: Case) -> bool:
    """Whether the text has units evaluated at the end."""
    launch = procedure_of(campaign).rows("launch")[0]
    return begin_evaluations.__name__ in launch.consequences


def _regulation(case: Case) -> Regulation:
    return pack_of(case.regulation).regulation


CONSEQUENCES: dict[str, Consequence] = {
    consequence.__name__: consequence
    for consequence in (
        assign_duties,
        schedule_occurrences,
        schedule_by_interval,
        begin_evaluations,
        lapse_parts,
    )
}
"""Every name allowed in the ``consequences`` column of the tables of a campaign."""
