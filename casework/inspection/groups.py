"""Groups and visits as staffing orders them: formed, reassigned, or dissolved (Tongliang art. 13(3), 16)."""

from __future__ import annotations

from pydantic import BaseModel

from casework.acts.act_transaction import ActTransaction
from states.engine.case import Case
from states.engine.evaluate import Move
from states.inspection import dossier
from states.inspection.forms.planning import Assignment, GroupOrder, Method, Plan, Staff
from states.inspection.forms.rectification import Reason
from states.inspection.sampling import draw
from states.packs import procedure_of
from storage.cases import cases


def form_groups(acting: ActTransaction, move: Move, form: BaseModel) -> None:
    """Bring the groups and the visits to their targets in line with the staffing.

    A visit that has been fed back stays as it is; any other visit whose target changes hands is withdrawn and assigned
    anew. With a target that is left out go the problems it was never told of.
    """
    assert isinstance(form, Staff)
    inspection = move.after
    plan = dossier.plan(inspection)
    assert plan is not None
    standing = {group.title: group for group in acting.open_children(inspection, "group")}
    visits = {
        visit.unit: visit
        for group in cases.children(acting.desk.session, inspection.id, "group")
        for visit in cases.children(acting.desk.session, group.id, "visit")
        if visit.state != "withdrawn"
    }
    for name, group in standing.items():
        if name not in {order.name for order in form.groups}:
            acting.act(group.id, "disband", Reason(note=f"{inspection.id} {move.step.act}"))
    for order in form.groups:
        group = _take_up(acting, inspection, standing.get(order.name), order, plan)
        for code in order.targets:
            _assign(acting, group, code, visits.pop(code, None), plan)
    for visit in visits.values():
        _withdraw(acting, visit)
        for finding in acting.open_children(inspection, "finding"):
            if finding.unit == visit.unit and finding.state == "recorded":
                acting.act(finding.id, "withdraw", Reason(note=f"{inspection.id} {move.step.act}"))


def methods_for(plan: Plan, code: str) -> tuple[Method, ...]:
    """How a target is inspected: by every method of the plan, on site only if it was drawn where there is a sample."""
    if plan.sampling is None or code in draw(plan.sampling.seed, plan.targets, plan.sampling.size):
        return plan.methods
    return tuple(method for method in plan.methods if method != "on_site")


def _take_up(acting: ActTransaction, inspection: Case, group: Case | None, order: GroupOrder, plan: Plan) -> Case:
    taken = Assignment(name=order.name, leader=order.leader, members=order.members, targets=order.targets)
    taken = taken.model_copy(update={"methods": plan.methods})
    if group is None:
        return acting.open_child(inspection, "group", taken, title=order.name).after
    return acting.act(group.id, "reassign", taken).after


def _assign(acting: ActTransaction, group: Case, code: str, visit: Case | None, plan: Plan) -> None:
    order = Assignment(name=group.title, targets=(code,), methods=methods_for(plan, code))
    if visit is not None and visit.state == "fed_back":
        return
    if visit is not None and visit.parent == group.id:
        acting.act(visit.id, "reassign", order)
        return
    if visit is not None:
        _withdraw(acting, visit)
    acting.open_child(group, "visit", order, unit=code)


def _withdraw(acting: ActTransaction, visit: Case) -> None:
    if procedure_of(visit).is_open(visit.state):
        acting.act(visit.id, "withdraw", Reason(note=visit.family))
