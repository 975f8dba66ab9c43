"""Which accounts can act today: they hold the role, no rule keeps them in particular out, and they are not absent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from casework.acts.request_context import RequestContext
from states.engine.case import Actor, Case, Role
from states.engine.common_guards import common_refusals
from states.engine.context import Context
from states.engine.evaluate import Verdict, evaluate, possible_acts
from states.engine.own_unit import comes_from
from states.engine.refusals import Refusal
from states.engine.table import Step
from states.packs import procedure_of
from storage.cases.family_facts import FamilyFacts

Subject = Callable[[Actor | None], Case]
"""The case that an account acts on; for a case still to be opened it depends on the account."""


def always(case: Case) -> Subject:
    """The same case for every account."""
    return lambda _: case


@dataclass(frozen=True)
class AbleAccounts:
    """Finds the accounts for acts on one family of cases; ``shows_account`` says which of them may be named."""

    request: RequestContext
    facts: FamilyFacts
    shows_account: Callable[[Actor], bool]
    _ways: dict[tuple[str, Role], frozenset[str] | None] = field(default_factory=dict, repr=False)

    def for_act(self, step: Step, article: str, subject: Subject) -> list[str]:
        """Accounts to which no refusal applies that would not apply to everyone, by role and name."""
        everyone = set(self._codes(step, article, subject, None))
        found = {actor.name: actor for role in step.by for actor in self._holders(role) if self.shows_account(actor)}
        return [
            name
            for name, actor in found.items()
            if not self._is_absent(actor, subject(actor))
            and everyone.issuperset(self._codes(step, article, subject, actor))
        ]

    def naming(self, verdict: Verdict, subject: Subject) -> tuple[Refusal, ...]:
        """The refusals of an act, each with the people who can cure it."""
        step = verdict.step
        able = frozenset(self.for_act(step, verdict.article, subject)) if step else frozenset()
        return tuple(self._named(one, step.by if step else (), able, subject) for one in verdict.refusals)

    def _named(self, found: Refusal, by: tuple[Role, ...], able: frozenset[str], subject: Subject) -> Refusal:
        """A refusal with people; without any where the reader may not know all who hold the office."""
        people: dict[str, None] = {}
        holders = [(role, actor) for role in found.who for actor in self._holders(role) if not actor.automation]
        for role, actor in holders:
            may = actor.name in able if role in by else self._may_cure(role, actor, subject)
            if may and self.shows_account(actor):
                people[actor.name] = None
        hidden = not people and not all(self.shows_account(actor) for _, actor in holders)
        return replace(found, people=tuple(people)) if found.who and not hidden else found

    def _may_cure(self, role: Role, actor: Actor, subject: Subject) -> bool:
        """Whether an account can use a role that does not do the act: for what the role can do now, if for anything."""
        case = subject(None)
        if (case.id, role) not in self._ways:
            self._ways[case.id, role] = self._able_for_any(role, case)
        able = self._ways[case.id, role]
        return self._may_at_all(role, actor, case) if able is None else actor.name in able

    def _able_for_any(self, role: Role, case: Case) -> frozenset[str] | None:
        """Who can do anything that the role can do now on the case, or else on its inspection; None for nothing."""
        for on in (case, self.facts.members.get(case.family, case)):
            possible = possible_acts(on, self._context(on, None))
            steps = [(one.step, one.article) for one in possible if one.step is not None and role in one.step.by]
            if steps:
                return frozenset(name for step, ref in steps for name in self.for_act(step, ref, always(on)))
        return None

    def _may_at_all(self, role: Role, actor: Actor, case: Case) -> bool:
        """An officer of the units in question, or anybody else who is not from them and not absent."""
        about = (case.unit,) if case.unit else case.targets
        context = self._context(case, actor)
        if role is Role.TARGET_OFFICER:
            return any(context.facts.successions().same_bearer(actor.unit, code) for code in about)
        of_unit = case.root is not None and any(comes_from(actor, code, context) for code in about)
        return not of_unit and not self._is_absent(actor, case)

    def _is_absent(self, actor: Actor, case: Case) -> bool:
        """Whether an absence of a member of the groups is on record for the day."""
        for member in self.facts.members.values():
            absent = procedure_of(member).absent
            if absent and case.family == member.family and actor.plain_name in absent(member, self.request.on):
                return True
        return False

    def _holders(self, role: Role) -> Iterable[Actor]:
        """The active accounts that hold a role."""
        return (actor for actor in self.facts.accounts.values() if actor.holds(role))

    def _codes(self, step: Step, article: str, subject: Subject, actor: Actor | None) -> Iterator[str]:
        """The codes of the refusals that this account would get; None stands for any account.

        Account checks come first: they exclude most accounts before any guard runs.
        """
        case = subject(actor)
        context = self._context(case, actor)
        yield from (refusal.code for refusal in common_refusals(case, step, context, article))
        yield from (refusal.code for refusal in evaluate(case, step.act, context).refusals)

    def _context(self, case: Case, actor: Actor | None) -> Context:
        return replace(self.request.context(case, facts=self.facts), actor=actor)
