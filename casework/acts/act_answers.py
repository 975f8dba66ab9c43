"""What is answered to an act: built without texts, so that it can be kept, and cited in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from casework.acts.act_models import ActResult, CaseState, FollowedAct, LateDeadline, StartedDeadline
from casework.acts.act_transaction import ActTransaction
from casework.acts.request_context import RequestContext
from casework.citations import act_name, citation, term_title
from states.engine.case import Case
from states.engine.deadlines import lateness
from states.engine.evaluate import Move
from states.packs import procedure_of
from storage.cases import cases, deadlines
from storage.messages import outbox

_Term = TypeVar("_Term", StartedDeadline, LateDeadline)


def answer_of(acting: ActTransaction) -> ActResult:
    """Build the result, without texts, and queue the act for follow-up."""
    desk, moves = acting.desk, acting.moves
    first = moves[0]
    outbox.append(
        desk.session,
        first.after.id,
        first.after.family,
        first.after.version,
        first.step.act,
        first.step.stage or "oversight",
        desk.now,
    )
    asked_for, inspection = acting.keep(first.after.id).case, acting.keep(first.after.family).case
    ended = asked_for is inspection and not procedure_of(inspection).is_open(inspection.state)
    return ActResult(
        case=first.after.id,
        act=first.step.act,
        procedure=first.after.procedure,
        state=asked_for.state,
        version=asked_for.version,
        on=desk.on,
        article=first.article,
        regulation=first.after.regulation,
        inspection=_state(inspection),
        followed=tuple(
            FollowedAct(
                case=move.after.id,
                act=move.step.act,
                procedure=move.after.procedure,
                from_=move.before.state,
                to=move.after.state,
            )
            for move in moves[1:]
        ),
        deadlines=tuple(row for move in moves if move.step.starts_term for row in _running(desk, move.after.id)),
        met_late=tuple(row for move in moves if move.step.meets_term for row in _met_late(desk, move)),
        goes_on=_going_on(desk, inspection.id) if ended else None,
    )


def _going_on(desk: RequestContext, inspection: str) -> tuple[CaseState, ...]:
    """Cases about more than the inspection, which outlive it."""
    return tuple(_state(part) for part in cases.find(desk.session, root=inspection, open=True))


def _state(case: Case) -> CaseState:
    return CaseState(case=case.id, state=case.state)


def _running(desk: RequestContext, case_id: str) -> Iterator[StartedDeadline]:
    for tracked in deadlines.of_case(desk.session, case_id, running=True):
        yield StartedDeadline(
            case=case_id,
            term=tracked.deadline.name,
            article=tracked.deadline.article,
            due=tracked.due_on,
            latest=tracked.latest_on,
            status=tracked.due_status,
        )


def _met_late(desk: RequestContext, move: Move) -> Iterator[LateDeadline]:
    """The deadline that this act met after its due date."""
    case = move.after
    met = [one for one in deadlines.of_case(desk.session, case.id) if one.deadline.name == move.step.meets_term]
    for tracked in met[-1:]:
        late = lateness(tracked.deadline, tracked.latest_on, desk.calendar(case))
        if late is not None and tracked.latest_on is not None:
            yield LateDeadline(
                case=case.id,
                term=tracked.deadline.name,
                article=tracked.deadline.article,
                due=tracked.latest_on,
                late_days=late.days,
                late_working_days=late.working_days,
            )


def cited(result: ActResult, regulation: str) -> ActResult:
    """The result with its citations by this version of the regulation, in the current language."""
    said = {
        "regulation": regulation,
        "citation": citation(result.article, regulation),
        "act_name": act_name(result.act, result.procedure),
        "followed": tuple(
            one.model_copy(update={"act_name": act_name(one.act, one.procedure)}) for one in result.followed
        ),
        "deadlines": tuple(_cited_term(one, regulation) for one in result.deadlines),
        "met_late": tuple(_cited_term(one, regulation) for one in result.met_late),
    }
    return result.model_copy(update=said)


def _cited_term(one: _Term, regulation: str) -> _Term:
    said = {"title": term_title(one.term, regulation), "citation": citation(one.article, regulation)}
    return one.model_copy(update=said)
