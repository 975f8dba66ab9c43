"""Groups and visits as the staffing orders them: formed, reassigned or disbanded (Tongliang art. 13(3), 16)."""

from __future__ import annotations

from pydantic import BaseModel

from casework.acts.act_transaction import ActTransaction
from casework.inspection import sample
from states.engine.case import Case
from states.engine.evaluate import Move
from states.inspection import dossier
from states.inspection.forms.planning import Assignment, GroupOrder, Method, Plan, Staff
from states.inspection.forms.rectification import Reason
from states.packs import procedure_of
from storage.cases import cases


def form_groups(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """Bring the groups and the visits to their targets in line with the staffing.

    A visit whose feedback was given stays as it is; any other visit whose target moves to another group is withdrawn
    and reassigned. Findings not yet reported to a dropped target are withdrawn.
    """
    assert isinstance(form, Staff)
    inspection = move.after
    plan = dossier.plan(inspection)
    assert plan is not None
    existing = {group.title: group for group in transaction.open_children(inspection, "group")}
    visits = {
        visit.unit: visit
        for group in cases.children(transaction.desk.session, inspection.id, "group")
        for visit in cases.children(transaction.desk.session, group.id, "visit")
        if visit.state != "withdrawn"
    }
    for name, group in existing.items():
        if name not in {order.name for order in form.groups}:
            transaction.act(group.id, "disband", Reason(note=f"{inspection.id} {move.step.act}"))
    for order in form.groups:
        group = _form_group(transaction, inspection, existing.get(order.name), order, plan)
        for code in order.targets:
            methods = _methods_for(inspection, plan, code)
            _assign(transaction, group, code, visits.pop(code, None), methods)
    for visit in visits.values():
        _withdraw(transaction, visit)
        for finding in transaction.open_children(inspection, "finding"):
            if finding.unit == visit.unit and finding.state == "recorded":
                transaction.act(finding.id, "withdraw", Reason(note=f"{inspection.id} {move.step.act}"))


def change_people(transaction: ActTransaction, move: Move, form: BaseModel) -> None:
    """Give the groups that still work the people of the staffing, in which duties were handed over."""
    staffing = dossier.staffing(move.after)
    orders = {order.name: order for order in staffing.groups} if staffing else {}
    for group in transaction.open_children(move.after, "group"):
        was, now = dossier.assignment(group), orders.get(group.title)
        if was is not None and now is not None and was != (changed := _with_people_of(was, now)):
            transaction.act(group.id, "change_people", changed)


def _with_people_of(was: Assignment, now: GroupOrder) -> Assignment:
    return was.model_copy(update={"leader": now.leader, "members": now.members})


def _methods_for(inspection: Case, plan: Plan, code: str) -> tuple[Method, ...]:
    """The methods for a target: those of the plan, without on-site when the sample leaves the target out."""
    drawn = sample.drawn_units(inspection, plan)
    if drawn is None or code in drawn:
        return plan.methods
    return tuple(method for method in plan.methods if method != "on_site")


def _form_group(
    transaction: ActTransaction, inspection: Case, group: Case | None, order: GroupOrder, plan: Plan
) -> Case:
    assignment = Assignment(name=order.name, leader=order.leader, members=order.members, targets=order.targets)
    assignment = assignment.model_copy(update={"methods": plan.methods})
    if group is None:
        return transaction.open_child(inspection, "group", assignment, title=order.name).after
    return transaction.act(group.id, "reassign", assignment).after


def _assign(
    transaction: ActTransaction, group: Case, code: str, visit: Case | None, methods: tuple[Method, ...]
) -> None:
    order = Assignment(name=group.title, targets=(code,), methods=methods)
    if visit is not None and visit.state == "fed_back":
        return
    if visit is not None and visit.parent == group.id:
        transaction.act(visit.id, "reassign", order)
        return
    if visit is not None:
        _withdraw(transaction, visit)
    transaction.open_child(group, "visit", order, unit=code)


def _withdraw(transaction: ActTransaction, visit: Case) -> None:
    if procedure_of(visit).is_open(visit.state):
        transaction.act(visit.id, "withdraw", Reason(note=visit.family))
