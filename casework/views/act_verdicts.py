"""Which acts are possible on a case and for whom, evaluated on facts in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from pydantic import BaseModel

from casework.acts.able_accounts import AbleAccounts, Subject, always
from casework.acts.case_resolution import unit_meant
from casework.acts.request_context import RequestContext
from casework.citations import act_name, citation
from casework.views.case_models import ActVerdict, RoleView
from regulations import office_name
from states.engine.case import NEW, Actor, Case, Role
from states.engine.context import Context
from states.engine.evaluate import Verdict, evaluate, possible_acts
from states.packs import pack_of
from storage.cases.family_facts import FamilyFacts


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

    @cached_property
    def able(self) -> AbleAccounts:
        """Finds the accounts that can act."""
        return AbleAccounts(self.request, self.facts, self.shows_account)

    def possible(self, case: Case) -> Iterator[ActVerdict]:
        """The acts that have a place now: on the case itself, and those that open a case under an inspection."""
        for verdict in possible_acts(case, self.context(case)):
            yield self.view(case, verdict, always(case))
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
            who=tuple(self.able.for_act(step, verdict.article, subject)) if step else (),
            refusals=tuple(refusal.view() for refusal in self.able.naming(verdict, subject)),
            form=step.form.__name__ if step else None,
        )

    def _role(self, role: Role, case: Case) -> RoleView:
        return RoleView(role=role.value, name=office_name(role, self.request.jurisdiction(case)))
