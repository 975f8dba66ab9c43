"""Which acts are possible on a case and for whom, evaluated on facts in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pydantic import BaseModel

from casework.acts.case_resolution import unit_meant
from casework.acts.request_context import RequestContext
from casework.citations import act_name, citation
from casework.views.case_models import ActVerdict, RoleView
from regulations import office_name
from states.engine.case import NEW, Actor, Case, Role
from states.engine.common_guards import common_refusals
from states.engine.context import Context
from states.engine.evaluate import Verdict, evaluate, possible_acts
from states.engine.table import Step
from states.packs import pack_of
from storage.cases.family_facts import FamilyFacts

Subject = Callable[[Actor | None], Case]
"""The case that an account acts on; for a case still to be opened it depends on the account."""


@dataclass(frozen=True)
class VerdictReader:
    """Judges the acts on one family of cases; ``request`` says for whom and for which day.

    ``shows_account`` says which accounts may be named as those that could do an act.
    """

    request: RequestContext
    facts: FamilyFacts
    shows_account: Callable[[Actor], bool]

    def context(self, case: Case, form: BaseModel | None = None) -> Context:
        """What an act on this case is judged against."""
        return self.request.context(case, form, facts=self.facts)

    def possible(self, case: Case) -> Iterator[ActVerdict]:
        """The acts that have a place now: on the case itself, and those that open a case under an inspection."""
        for verdict in possible_acts(case, self.context(case)):
            yield self.view(case, verdict, lambda _: case)
        if case.family != case.id:
            return
        for asked_as, procedure in pack_of(case.regulation).openings_under(case.procedure).items():
            subject = self.opening(case, procedure.name)
            blank = subject(self.request.actor)
            verdict = evaluate(blank, procedure.first_act, self.context(blank))
            if verdict.allowed:
                yield self.view(case, replace(verdict, act=asked_as), subject)

    def opening(self, inspection: Case, procedure: str) -> Subject:
        """The case that an account would open under an inspection, before it has a number."""

        def blank(actor: Actor | None) -> Case:
            anybody = inspection.targets[0] if inspection.targets else None
            return replace(
                inspection,
                id=f"{inspection.id}-{pack_of(inspection.regulation).procedures[procedure].letter}",
                procedure=procedure,
                state=NEW,
                version=0,
                unit=unit_meant(actor, inspection, self.facts) if actor else anybody,
                parent=inspection.id,
                root=inspection.id,
                kind=None,
                actors_by_act={},
                dossier={},
            )

        return blank

    def view(self, case: Case, verdict: Verdict, subject: Subject) -> ActVerdict:
        """A verdict about an act on this case, with its citation and the accounts that could do it."""
        step = verdict.step
        return ActVerdict(
            case=case.id,
            act=verdict.act,
            act_name=act_name(verdict.act, case.procedure),
            allowed=verdict.allowed,
            article=verdict.article,
            citation=citation(verdict.article, case.regulation) if verdict.article else "",
            roles=tuple(self._role(role, case) for role in step.by) if step else (),
            who=tuple(self._capable_accounts(verdict, subject)),
            refusals=tuple(refusal.view() for refusal in verdict.refusals),
            form=step.form.__name__ if step else None,
        )

    def _capable_accounts(self, verdict: Verdict, subject: Subject) -> list[str]:
        """Accounts to which no refusal applies that would not apply to everyone, by role and name."""
        step = verdict.step
        if step is None:
            return []
        everyone = set(self._codes(verdict, step, subject, None))
        named = [actor for actor in self.facts.accounts.values() if self.shows_account(actor)]
        found = {actor.name: actor for role in step.by for actor in named if actor.holds(role)}
        return [
            name for name, actor in found.items() if everyone.issuperset(self._codes(verdict, step, subject, actor))
        ]

    def _codes(self, verdict: Verdict, step: Step, subject: Subject, actor: Actor | None) -> Iterator[str]:
        """The codes of the refusals that this account would get; None stands for any account.

        Account checks come first: they exclude most accounts before any guard runs.
        """
        case = subject(actor)
        context = replace(self.context(case), actor=actor)
        yield from (refusal.code for refusal in common_refusals(case, step, context, verdict.article))
        yield from (refusal.code for refusal in evaluate(case, step.act, context).refusals)

    def _role(self, role: Role, case: Case) -> RoleView:
        return RoleView(role=role.value, name=office_name(role, self.request.jurisdiction(case)))
