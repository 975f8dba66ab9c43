"""The reasons why a case cannot be pinned to another version, each with what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from messages.answers import RefusalView
from messages.errors import HOUSE, DuchaError, Outcome, house_rule
from regulations import Regulation, RegulationsError
from states.engine.case import Case
from states.packs import pack_of
from storage.cases.deadlines import Tracked

_REFS: Final = frozenset({"contents", "content", "ways"})
"""Fields of forms that hold addresses of clauses."""


class Obstacle(DuchaError):
    """One reason why a case cannot be migrated."""

    area = "own_text"
    outcome = Outcome.REFUSED

    def refusal(self) -> RefusalView:
        """The reason in the form that every refusal has."""
        return RefusalView(code=self.code, article=HOUSE, citation=house_rule(), fact=self.fact, cure=self.cure)


class MigrationRefused(DuchaError):
    """Cases were not migrated; every reason is named, and none of them was changed."""

    area = "own_text"
    outcome = Outcome.REFUSED
    heading = "migration_refused"

    def __init__(self, refusals: Sequence[RefusalView]) -> None:
        super().__init__("migration_refused")
        self.refusals = tuple(refusals)

    def refusal_views(self) -> tuple[RefusalView, ...]:
        """Every reason."""
        return self.refusals


def obstacles(root: Case, family: Sequence[Case], to: Regulation, today: date) -> Iterator[Obstacle]:
    """The reasons why a case and its parts cannot be moved to this version."""
    old, new = pack_of(root.regulation), pack_of(to.key)
    if old.regulation.id != to.id:
        yield Obstacle("migrate_other_text", case=root.id, has=root.regulation, to=to.key)
        return
    if root.regulation == to.key:
        yield Obstacle("migrate_same", case=root.id, to=to.key)
    if to.applies_from > today:
        yield Obstacle("migrate_too_early", case=root.id, to=to.key, since=to.applies_from)
    if not old.procedure_of(root).is_open(root.state):
        yield Obstacle("migrate_ended", case=root.id)
    if root.suspended:
        yield Obstacle("migrate_suspended", case=root.id)
    if root.kind is not None and root.kind not in {kind.code for kind in to.kinds}:
        yield Obstacle("migrate_no_kind", case=root.id, kind=root.kind, to=to.key)
    for case in family:
        procedure = new.procedures.get(case.procedure)
        if procedure is None or case.state not in procedure.states:
            yield Obstacle("migrate_no_state", case=case.id, state=case.state, to=to.key)
        for ref in sorted(set(_refs(case.dossier))):
            if _words(old.regulation, ref) != _words(to, ref):
                yield Obstacle("migrate_other_words", case=case.id, ref=ref, to=to.key)


def term_obstacles(case: Case, tracked: Tracked, to: Regulation) -> Iterator[Obstacle]:
    """The reasons why a running deadline cannot be counted by this version."""
    deadline = tracked.deadline
    if deadline.term is None:
        return
    try:
        term = to.term(deadline.name)
    except RegulationsError:
        yield Obstacle("migrate_no_term", case=case.id, term=deadline.name, to=to.key)
        return
    if deadline.extensions and term.unit != deadline.term.unit:
        yield Obstacle("migrate_extended", case=case.id, term=deadline.name, to=to.key)


def _refs(value: Any, field: str = "") -> Iterator[str]:
    """Every address of a clause that a document of the case names."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _refs(inner, name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _refs(inner, field)
    elif isinstance(value, str) and field in _REFS:
        yield value


def _words(regulation: Regulation, ref: str) -> str | None:
    try:
        return regulation.article(ref).text
    except RegulationsError:
        return None
