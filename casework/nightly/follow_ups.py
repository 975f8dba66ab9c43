"""Follow up acts: write their documents and the messages to those who act next, once for each outbox row.

A worker leases the row. Documents and messages are keyed by the act, so repeating an interrupted follow-up creates no
duplicates.
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
from casework.citations import act_name
from casework.clock import Clock
from casework.nightly.follow_up_models import FollowUpResult, PendingAct
from casework.packs import part_for
from settings import Settings
from states.engine.case import Actor, Case, Role
from states.engine.evaluate import Verdict, evaluate, possible_acts
from states.packs import procedure_of
from storage import practice
from storage.cases import cases
from storage.engine import Database
from storage.journal import history, journal
from storage.messages import documents, outbox, tasks
from storage.messages.documents import Made
from storage.messages.notices import Notice
from storage.messages.outbox import OutboxItem
from storage.people import units

LEASE_SECONDS: Final = int(Settings.lease_seconds.default)
"""Default number of seconds after which another worker may take over a leased act."""


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
    """Follow up at most ``limit`` acts, leasing one at a time. On an error the act is returned to the queue."""
    done: list[FollowUpResult] = []
    while len(done) < limit:
        leased = lease(database, clock, owner, only_id=only_id, only_case=only_case, for_seconds=for_seconds)
        item = next(iter(leased), None)
        if item is None:
            break
        with recorded(item):
            try:
                titles, count = compose(database, clock, item), notify(database, clock, item)
            except Exception as error:
                give_back(database, clock, item, repr(error))
                raise
            finish(database, clock, item)
        done.append(FollowUpResult(**_identity(item), documents=tuple(titles), notices=count))
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
    """Lease unclaimed acts for ``for_seconds``; the lease expires if this process dies."""
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
    """Write the documents of the act; returns their titles."""
    with database.writing() as session:
        request = open_context(session, clock, None)
        made = [
            document
            for case, act in _acts(request, item)
            for document in part_for(case).documents_for(request, case, act)
        ]
        if practice.practice_day(session) is not None:
            made = [_for_practice(document) for document in made]
        for document in made:
            documents.add(session, document)
        return [document.title for document in made]


def _for_practice(document: Made) -> Made:
    """The document of a practice database, which says so above everything else."""
    mark = messages.text("paper.practice", "zh")
    return replace(document, title=f"{mark}{document.title}", text=f"> {mark}\n\n{document.text}")


def notify(database: Database, clock: Clock, item: OutboxItem) -> int:
    """Send messages to those who can act next; returns the number of new ones.

    What a message says is still to do is not said again, and messages about what was done no longer hold.
    """
    with database.writing() as session:
        request = open_context(session, clock, None)
        acted_on = [case for case, _ in _acts(request, item)]
        # The root may have waited only for this part to be decided.
        waiting = [case.family for case in acted_on if procedure_of(case).holds_up_root]
        touched = cases.load_many(session, [*waiting, *(case.id for case in acted_on)])
        found = [notice for case in touched.values() for notice in _tasks(request, case)]
        return tasks.replace_tasks(session, touched, found, request.now)


def finish(database: Database, clock: Clock, item: OutboxItem) -> bool:
    """Mark the act as followed up. False when another worker took it over meanwhile."""
    with database.writing() as session:
        return outbox.done(session, item, clock.now())


def give_back(database: Database, clock: Clock, item: OutboxItem, error: str) -> bool:
    """Return the act to the queue after a failure, to be retried."""
    with database.writing() as session:
        return outbox.failed(session, item, clock.now(), error)


def _acts(request: RequestContext, item: OutboxItem) -> Iterator[tuple[Case, str]]:
    """The acts of the transaction, each with its case as the act left it.

    Another act recorded at the same instant is followed up twice, which is harmless.
    """
    for case_id, seq, act in journal.of_moment(request.session, item.root, item.created_at):
        case = case_of(request.session, case_id)
        yield case if case.version == seq else history.as_of(request.session, case_id, seq), act


def _tasks(request: RequestContext, case: Case) -> Iterator[Notice]:
    """One message to each role that may act on the case now."""
    roles: dict[Role, list[str]] = {}
    for verdict in possible_acts(case, request.context(case)):
        step = verdict.step
        if step is not None and verdict.allowed and not step.optional:
            for role in _recipients(request, case, verdict) if step.ask_roles else step.by:
                roles.setdefault(role, []).append(verdict.act)
    bearer = request.facts(case).successions().bearer(case.unit) if case.unit else None
    unit = units.load(request.session, case.jurisdiction, bearer) if bearer else None
    for role, acts in roles.items():
        params = {
            "case": case.id,
            "title": case.title,
            "state": messages.text(f"state.{case.state}", "zh"),
            "unit": unit.name if unit else "",
            "acts": "、".join(act_name(act, case.procedure, "zh") for act in dict.fromkeys(acts)),
        }
        yield Notice(
            key=f"{case.id}:{case.version}:task:{role.value}",
            jurisdiction=case.jurisdiction,
            kind="task",
            dated_on=case.acted_on,
            recipient_role=role.value,
            recipient=bearer if role is Role.TARGET_OFFICER else None,
            subject=messages.text("notice.task_subject", "zh", **params),
            text=messages.text("notice.task", "zh", **params),
            created_at=request.now,
            case_id=case.id,
            root=case.family,
            mail_state="queued",
        )


def _recipients(request: RequestContext, case: Case, verdict: Verdict) -> list[Role]:
    """Only the roles for which the act is allowed: results are receipted by the body that received them."""
    assert verdict.step is not None
    blank, context = Actor("", frozenset(), case.jurisdiction), request.context(case)
    somebody = {role: replace(context, actor=replace(blank, roles=frozenset({role}))) for role in verdict.step.by}
    return [role for role, asking in somebody.items() if evaluate(case, verdict.act, asking).allowed]


def _named(item: OutboxItem) -> dict[str, Any]:
    """The act as its own record names it: case, act and version."""
    return {"case": item.case_id, "act": item.act, "version": item.seq, "attempt": item.attempts}


def _identity(item: OutboxItem) -> dict[str, Any]:
    return {"id": item.id, "case": item.case_id, "root": item.root, "act": item.act, "stage": item.stage}
