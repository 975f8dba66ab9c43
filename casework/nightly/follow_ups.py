"""Following an act up: its documents and the notices to whoever is next, once for each row of the outbox.

The row is leased while somebody is at it. Documents and notices are keyed by the act, so that a follow-up that died
half way is done again without doubling anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from time import perf_counter
from typing import Any, Final

import messages
import telemetry
from casework.acts.request_context import RequestContext, case_of, open_context
from casework.clock import Clock
from casework.nightly.follow_up_models import FollowUpResult, PendingAct
from casework.packs import part_for
from settings import Settings
from states.engine.case import Actor, Case, Role
from states.engine.evaluate import Verdict, evaluate, possible_acts
from states.packs import procedure_of
from storage.cases import cases, history
from storage.engine import Database
from storage.journal import journal
from storage.messages import documents, notices, outbox
from storage.messages.notices import Notice
from storage.messages.outbox import OutboxItem
from storage.people import units

LEASE_SECONDS: Final = int(Settings.lease_seconds.default)
"""How long an act that is being followed up is left to its worker before another one takes it, unless set."""


def pending(database: Database, limit: int = 100, *, ready_at: datetime | None = None) -> list[PendingAct]:
    """The acts still to be followed up, oldest first; ``ready_at`` leaves out those that must wait at that moment."""
    with database.reading() as session:
        return [PendingAct(**_identity(item)) for item in outbox.backlog(session, ready_at=ready_at, limit=limit)]


def follow_up(
    database: Database,
    clock: Clock,
    owner: str,
    *,
    only_id: int | None = None,
    only_case: str | None = None,
    limit: int = 1,
    for_seconds: int = LEASE_SECONDS,
) -> list[FollowUpResult]:
    """Follow up to ``limit`` acts, leasing them one after the other. An error gives the act back for later."""
    done: list[FollowUpResult] = []
    while len(done) < limit:
        leased = lease(database, clock, owner, only_id=only_id, only_case=only_case, for_seconds=for_seconds)
        item = next(iter(leased), None)
        if item is None:
            break
        with recorded(item):
            try:
                titles, told = compose(database, clock, item), notify(database, clock, item)
            except Exception as error:
                give_back(database, clock, item, repr(error))
                raise
            finish(database, clock, item)
        done.append(FollowUpResult(**_identity(item), documents=tuple(titles), notices=told))
    return done


@contextmanager
def recorded(*items: OutboxItem) -> Iterator[None]:
    """Record in the log that these acts were followed up within, one record each, or that the first one failed."""
    began = perf_counter()
    try:
        yield
    except Exception as error:
        telemetry.failed(error, "follow_up", **_named(items[0]), acts=len(items), ms=telemetry.milliseconds(began))
        raise
    for item in items:
        telemetry.emit("follow_up", "info", **_named(item), result="done", ms=telemetry.milliseconds(began))


def lease(
    database: Database,
    clock: Clock,
    owner: str,
    *,
    only_id: int | None = None,
    only_case: str | None = None,
    limit: int = 1,
    for_seconds: int = LEASE_SECONDS,
) -> list[OutboxItem]:
    """Lease unclaimed acts for ``for_seconds``; the lease runs out by itself if this process dies."""
    with database.writing() as session:
        return outbox.lease(
            session,
            owner,
            clock.now(),
            for_seconds=for_seconds,
            limit=limit,
            only_case=only_case,
            only_id=only_id,
        )


def compose(database: Database, clock: Clock, item: OutboxItem) -> list[str]:
    """Write the documents of the act; says the titles of those that belong to it."""
    with database.writing() as session:
        desk = open_context(session, clock, None)
        made = [paper for case, act in _acts(desk, item) for paper in part_for(case).documents_for(desk, case, act)]
        for paper in made:
            documents.add(session, paper)
        return [paper.title for paper in made]


def notify(database: Database, clock: Clock, item: OutboxItem) -> int:
    """Tell whoever is next; says how many notices are new."""
    with database.writing() as session:
        desk = open_context(session, clock, None)
        acted_on = [case for case, _ in _acts(desk, item)]
        # A part that is decided may be all that the root waited for.
        waiting = [case.family for case in acted_on if procedure_of(case).holds_up_root]
        touched = cases.load_many(session, [*waiting, *(case.id for case in acted_on)])
        return len(notices.add_all(session, [notice for case in touched.values() for notice in _tasks(desk, case)]))


def finish(database: Database, clock: Clock, item: OutboxItem) -> bool:
    """The act is followed up. False when somebody else took it over meanwhile."""
    with database.writing() as session:
        return outbox.done(session, item, clock.now())


def give_back(database: Database, clock: Clock, item: OutboxItem, error: str) -> bool:
    """It did not work out: the act waits for another try."""
    with database.writing() as session:
        return outbox.failed(session, item, clock.now(), error)


def _acts(desk: RequestContext, item: OutboxItem) -> Iterator[tuple[Case, str]]:
    """What was done in the transaction of the act, each act with its case as it left it.

    Another act recorded at the very same moment is followed up twice over, which does no harm.
    """
    for case_id, seq, act in journal.of_moment(desk.session, item.root, item.created_at):
        case = case_of(desk.session, case_id)
        yield case if case.version == seq else history.as_of(desk.session, case_id, seq), act


def _tasks(desk: RequestContext, case: Case) -> Iterator[Notice]:
    """One notice to each role that may act on the case now, as it stands."""
    roles: dict[Role, list[str]] = {}
    for verdict in possible_acts(case, desk.context(case)):
        step = verdict.step
        if step is not None and verdict.allowed and not step.optional:
            for role in _receivers(desk, case, verdict) if step.ask_roles else step.by:
                roles.setdefault(role, []).append(verdict.act)
    unit = units.load(desk.session, case.jurisdiction, case.unit) if case.unit else None
    for role, acts in roles.items():
        params = {
            "case": case.id,
            "title": case.title,
            "state": messages.text(f"state.{case.state}", "zh"),
            "unit": unit.name if unit else "",
            "acts": "、".join(messages.text(f"act.{act}", "zh") for act in dict.fromkeys(acts)),
        }
        yield Notice(
            key=f"{case.id}:{case.version}:task:{role.value}",
            jurisdiction=case.jurisdiction,
            kind="task",
            dated_on=case.acted_on,
            recipient_role=role.value,
            recipient=case.unit if role is Role.TARGET_OFFICER else None,
            subject=messages.text("notice.task_subject", "zh", **params),
            text=messages.text("notice.task", "zh", **params),
            created_at=desk.now,
            case_id=case.id,
            root=case.family,
            mail_state="queued",
        )


def _receivers(desk: RequestContext, case: Case, verdict: Verdict) -> list[Role]:
    """Results are receipted by the body they went to, and not by whoever else may receipt some."""
    assert verdict.step is not None
    blank, context = Actor("", frozenset(), case.jurisdiction), desk.context(case)
    somebody = {role: replace(context, actor=replace(blank, roles=frozenset({role}))) for role in verdict.step.by}
    return [role for role, asking in somebody.items() if evaluate(case, verdict.act, asking).allowed]


def _named(item: OutboxItem) -> dict[str, Any]:
    """The act as its own record names it: case, act and version."""
    return {"case": item.case_id, "act": item.act, "version": item.seq, "attempt": item.attempts}


def _identity(item: OutboxItem) -> dict[str, Any]:
    return {"id": item.id, "case": item.case_id, "root": item.root, "act": item.act, "stage": item.stage}
