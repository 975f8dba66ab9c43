"""What is to be done: by a person over all inspections, and after an act on one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import messages
from access.policy import Read
from access.reader import Reader
from access.visible_cases import VisibleCase, visible_cases
from casework.acts.able_accounts import always
from casework.acts.request_context import RequestContext, open_context
from casework.citations import act_name
from casework.clock import Clock
from casework.readers import visible_case
from casework.views.act_verdicts import VerdictReader
from casework.views.case_views import case_deadline
from casework.views.todo_models import NextAct, TodoList
from regulations import office_name
from states.engine.case import Case
from states.engine.deadlines import Light
from states.engine.evaluate import Verdict, possible_acts
from states.engine.forms import fields
from states.engine.late_entries import PARTY
from storage.cases import cases
from storage.cases.family_facts import FamilyFacts
from storage.engine import Session
from storage.people import jurisdictions

ORDER = (Light.RED, Light.YELLOW, Light.GREEN, Light.PAUSED, None)


def todo(session: Session, clock: Clock, reader: Reader, *, jurisdiction: str | None = None) -> TodoList:
    """What the account of the reader has to do; for the machine's operator, what anybody has to do.

    Only acts that the procedure waits for: what is done for a reason alone, such as a cancellation, is not listed.
    Raises regulations.UnknownJurisdiction.
    """
    reader.note(Read.VERDICT, jurisdiction=jurisdiction)
    if jurisdiction is not None:
        jurisdiction = jurisdictions.load(session, jurisdiction).code
    home = reader.jurisdiction or jurisdiction
    request = replace(open_context(session, clock, None), actor=reader.account)
    open_cases = cases.find(session, jurisdiction=home, open=True, where=visible_cases(reader, Read.VERDICT))
    mine: dict[str, list[Case]] = {}
    for case in open_cases:
        mine.setdefault(case.family, []).append(case)
    found = [act for theirs in mine.values() for act in _of_family(request, reader, theirs, read_who=False)]
    account = reader.account.name if reader.account else None
    return TodoList(as_of=request.today, account=account, rows=tuple(sorted(found, key=_pressing)))


def next_acts(session: Session, clock: Clock, reader: Reader, case_id: str) -> list[NextAct]:
    """Who is next on a case and the inspection it belongs to, and with what. Raises NotFound.

    A reader who sees the inspection in part is told of the case alone, and not by whom.
    """
    seen: VisibleCase = visible_case(session, reader, Read.VERDICT, case_id)
    request = open_context(session, clock, None)
    meant = [seen.case]
    if seen.whole and seen.case.family != case_id:
        meant.append(request.inspection(seen.case))
    return sorted(_of_family(request, reader, meant, read_who=seen.whole), key=_pressing)


def _of_family(request: RequestContext, reader: Reader, theirs: list[Case], *, read_who: bool) -> Iterator[NextAct]:
    """What waits for the account of the request, or for anybody, on these cases of one inspection."""
    facts = FamilyFacts(request.session, theirs[0])
    verdicts = VerdictReader(request, facts, reader.sees_account)
    for case in theirs:
        for verdict in possible_acts(case, verdicts.context(case)):
            step = verdict.step
            if step is None or not verdict.allowed or step.optional or step.advances_when_all:
                continue
            if request.actor and PARTY in step.by and not request.actor.holds(PARTY):
                continue  # The office may do it for the unit, but it is not for the office to do.
            who = verdicts.view(case, verdict, always(case)).who if read_who else ()
            yield _next_act(request, case, verdict, facts, who)


def _next_act(
    request: RequestContext, case: Case, verdict: Verdict, facts: FamilyFacts, who: tuple[str, ...]
) -> NextAct:
    step = verdict.step
    assert step is not None
    running = [one for one in facts.tracked.get(case.id, ()) if one.deadline.running]
    term = next((one for one in running if one.deadline.name == step.meets_term), None)
    term = term or next(iter(running), None)
    unit = facts.unit(case.unit) if case.unit else None
    form = step.form
    return NextAct(
        case=case.id,
        procedure=case.procedure,
        title=case.title,
        unit=case.unit,
        unit_name=unit.name if unit else "",
        state_name=messages.text(f"state.{case.state}"),
        act=verdict.act,
        act_name=act_name(verdict.act, case.procedure),
        roles=tuple(office_name(role, request.jurisdiction(case)) for role in step.by),
        who=who,
        form=form.__name__,
        needs=tuple(name for name, field in form.model_fields.items() if fields.is_needed(field)),
        since=case.acted_on,
        term=None if term is None else case_deadline(term, case.regulation, {}, facts.calendar(), request.today),
    )


def _pressing(act: NextAct) -> tuple[int, date, date, str]:
    light = Light(act.term.light) if act.term and act.term.light else None
    due = act.term.latest if act.term else None
    return ORDER.index(light), due or date.max, act.since, act.case
