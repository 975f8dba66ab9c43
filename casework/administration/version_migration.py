"""Migrate open cases to another version of their regulation: by an act, on record, each with all that belongs to it.

A trial does the same and takes it back. What has ended stays as it was: met and closed deadlines, past acts and papers
are cited by the version that they were done under.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import messages
import regulations
from calendars import Term
from casework.acts.act_transaction import ActTransaction
from casework.acts.deadline_changes import put_moved
from casework.acts.request_context import RequestContext, open_context, role_used
from casework.administration import migrated_keys
from casework.administration.migration_checks import MigrationRefused, Obstacle, obstacles, term_obstacles
from casework.administration.version_models import (
    ChangedAct,
    ChangedKey,
    ChangedTerm,
    MigratedCase,
    VersionMigration,
)
from casework.citations import act_name, term_title
from casework.clock import Clock
from casework.errors import NotFound, NotPermitted
from casework.packs import consequences_for
from messages.answers import RefusalView
from regulations import Regulation, office_name
from states.engine.case import Case, Role
from states.engine.deadlines import Deadline
from states.engine.evaluate import possible_acts
from states.engine.forms.text_content import says_nothing
from states.packs import pack_of, procedure_of, root_procedures
from storage import statements
from storage.cases import cases, deadlines, frequency
from storage.cases.deadlines import Tracked
from storage.engine import Session
from storage.held_cases import held_cases

DECIDE = (Role.AUTHORITY, Role.COORDINATOR)
"""Who may migrate: the authority, or a coordinator who names its decision."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A case and its parts as they stand: refusals of each possible act, running deadlines, frequency keys."""

    acts: dict[tuple[str, str], tuple[str, ...]]
    terms: dict[str, Tracked]
    keys: dict[str, str]


def migrate(
    session: Session,
    clock: Clock,
    actor: str,
    to: str,
    note: str,
    chosen: Sequence[str] = (),
    *,
    jurisdiction: str | None = None,
    dry: bool = False,
) -> VersionMigration:
    """Migrate these cases, or every open one of the text in the actor's jurisdiction, to a version, all or none.

    A trial lists the reasons against each case instead of refusing. Raises NotPermitted, NotFound, UnknownRegulation,
    MigrationRefused.
    """
    desk = open_context(session, clock, actor, jurisdiction=jurisdiction)
    acting = desk.acting_for(jurisdiction)
    role = role_used(acting, DECIDE)
    if role is None or acting.automation:
        home = desk.jurisdiction()
        names = {one.value: office_name(one, home) for one in DECIDE}
        raise NotPermitted("migration_not_permitted", name=acting.name, **names)
    version = regulations.by_key(to)
    if says_nothing(note):
        raise MigrationRefused([Obstacle("migrate_unexplained").refusal()])
    found = [
        _migrated(desk, root, version, role.value, note, dry=dry) for root in _roots(session, desk, version, chosen)
    ]
    against = [one for case in found for one in case.refusals]
    if against and not dry:
        raise MigrationRefused(against)
    return VersionMigration(to=version.key, dry_run=dry, cases=tuple(found))


def _roots(session: Session, desk: RequestContext, to: Regulation, chosen: Sequence[str]) -> list[str]:
    """The cases that are meant, with all that belongs to them. Raises NotFound."""
    home = desk.acting().jurisdiction
    if chosen:
        known = cases.load_many(session, chosen)
        for id in chosen:
            if id not in known or known[id].jurisdiction != home:
                raise NotFound("case_unknown", case=id)
        return list(dict.fromkeys(known[id].family for id in chosen))
    found = cases.find(session, jurisdiction=home, procedure=root_procedures(), open=True)
    return [one.id for one in found if one.regulation.partition("@")[0] == to.id and one.regulation != to.key]


def _migrated(desk: RequestContext, root_id: str, to: Regulation, role: str, note: str, *, dry: bool) -> MigratedCase:
    """Migrate one case with all that belongs to it, and say what changed; a trial takes it back."""
    with desk.session.begin_nested() as savepoint:
        transaction = ActTransaction(desk, consequences_for, depth=1)
        root = transaction.keep_family(root_id)
        family = [root, *cases.find(desk.session, root=root_id)]
        against = [one.refusal() for one in obstacles(root, family, to, desk.today)]
        running = {one.deadline.id: one for case in family for one in _running(desk, case)}
        owners = {case.id: case for case in family}
        if not against:
            against = [
                one.refusal()
                for tracked in running.values()
                for one in term_obstacles(owners[tracked.deadline.case], tracked, to)
            ]
        before = _seen(desk, family)
        after = before
        if not against:
            try:
                moved = [transaction.pin(case.id, to.key, role, note) for case in family]
                _count_anew(desk, moved, to)
                migrated_keys.recount_keys(desk, root, moved[0])
                after = _seen(desk, moved)
            except Obstacle as obstacle:
                against = [obstacle.refusal()]
        statements.send(desk.session)
        if dry or against:
            savepoint.rollback()
            held_cases(desk.session).forget()
    return _answer(family, to, before, after, against)


def _running(desk: RequestContext, case: Case) -> list[Tracked]:
    return deadlines.of_case(desk.session, case.id, running=True)


def _count_anew(desk: RequestContext, family: Sequence[Case], to: Regulation) -> None:
    """Count and cite the running deadlines by the new version; who is bound and the office learn of new due dates."""
    found = sorted(
        ((case, one) for case in family for one in _running(desk, case)), key=lambda pair: pair[1].deadline.id
    )
    what = messages.text("own_text.moved_by_migration", "zh", regulation=to.key, title=to.title)
    for case, tracked in found:
        put_moved(desk, case, tracked, _by_version(case, tracked.deadline, to), what)


def _by_version(case: Case, deadline: Deadline, to: Regulation) -> Deadline:
    """A running deadline as the new version has it: its term, or for a set day the clause that the act rests on."""
    if deadline.term is not None:
        term = to.term(deadline.name)
        counted = Term(term.length, term.unit, term.rollover, term.article)
        return replace(deadline, term=counted, article=term.article)
    pack = pack_of(to.key)
    procedure = pack.procedures[case.procedure]
    step = next((step for step in procedure.steps if step.starts_term == deadline.name), None)
    return deadline if step is None else replace(deadline, article=pack.article_of(procedure, step))


def _seen(desk: RequestContext, family: Sequence[Case]) -> _Seen:
    asking = replace(desk, actor=None)
    acts = {
        (case.id, verdict.act): tuple(sorted({one.code for one in verdict.refusals}))
        for case in family
        if procedure_of(case).is_open(case.state)
        for verdict in possible_acts(case, asking.context(case))
    }
    terms = {one.deadline.id: one for case in family for one in _running(desk, case)}
    uses = frequency.standing(desk.session, family[0].id)
    keys = {f"{use.key.kind}:{use.key.value}": migrated_keys.shown(use) for use in uses}
    return _Seen(acts, terms, keys)


def _answer(
    family: Sequence[Case], to: Regulation, before: _Seen, after: _Seen, against: Sequence[RefusalView]
) -> MigratedCase:
    root, procedures = family[0], {case.id: case.procedure for case in family}
    return MigratedCase(
        case=root.id,
        title=root.title,
        from_=root.regulation,
        to=to.key,
        parts=len(family) - 1,
        acts=tuple(
            ChangedAct(
                case=case,
                act=act,
                act_name=act_name(act, procedures[case]),
                before=before.acts.get((case, act)),
                after=after.acts.get((case, act)),
            )
            for case, act in sorted({*before.acts, *after.acts})
            if before.acts.get((case, act)) != after.acts.get((case, act))
        ),
        terms=tuple(
            ChangedTerm(
                case=was.deadline.case,
                term=was.deadline.name,
                title=term_title(was.deadline.name, to.key),
                article_before=was.deadline.article,
                article_after=now.deadline.article,
                was=was.due_on,
                due=now.due_on,
            )
            for id, was in sorted(before.terms.items())
            if (now := after.terms.get(id, was)).deadline != was.deadline
        ),
        keys=tuple(
            ChangedKey(key=key, before=before.keys.get(key, ""), after=after.keys.get(key, ""))
            for key in sorted({*before.keys, *after.keys})
            if before.keys.get(key) != after.keys.get(key)
        ),
        refusals=tuple(against),
    )
