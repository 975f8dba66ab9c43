"""One act, whole: weighed, written with its journal entry, deadlines and frequency keys, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from pydantic import BaseModel

from casework.acts.corrected_deadlines import correct_deadlines
from casework.acts.deadline_changes import settle_terms
from casework.acts.frequency_keys import lock_keys, lock_number, settle_keys
from casework.acts.request_context import RequestContext, role_used
from casework.errors import NotFound
from regulations import HOUSE
from states.engine.case import NEW, Case
from states.engine.context import Context
from states.engine.evaluate import Move, advance
from states.engine.forms.base import Form
from states.engine.late_entries import roles_for
from states.engine.pinned_versions import MIGRATE, pinned_to
from states.packs import pack_of, procedure_of
from storage import case_numbers
from storage.cases import cases
from storage.cases.case_facts import StoredFacts
from storage.held_cases import LockedCase
from storage.journal import journal

Consequence = Callable[["ActTransaction", Move, BaseModel], None]
"""What an act brings about on other cases."""


@dataclass
class ActTransaction:
    """Acts performed in one transaction, the one that was asked for first.

    ``consequences`` finds for a case what the ``follows`` column of its table names; ``depth`` is above 0 while acts
    are brought about by another one; ``kept`` are the cases read for it, as they stand by now; ``facts`` what else is
    known.
    """

    desk: RequestContext
    consequences: Callable[[Case], Mapping[str, Consequence]]
    moves: list[Move] = field(default_factory=list)
    depth: int = 0
    kept: dict[str, LockedCase] = field(default_factory=dict)
    facts: StoredFacts | None = None

    def keep_family(self, case_id: str) -> Case:
        """The inspection a case belongs to or is, kept for this performance alone. Raises NotFound.

        An act on a part locks the whole inspection first: the parts that guards read do not change meanwhile, and two
        acts on different parts cannot deadlock.
        """
        family = cases.lock_inspection(self.desk.session, case_id)
        if not family:
            raise NotFound("case_unknown", case=case_id)
        inspection, *_ = map(self._keep, family)
        return inspection.case

    def keep(self, case_id: str) -> LockedCase:
        """A case of the family, kept for this performance alone. Raises NotFound."""
        if (kept := self.kept.get(case_id)) is not None:
            return kept
        found = cases.lock(self.desk.session, case_id)
        if found is None:
            raise NotFound("case_unknown", case=case_id)
        return self._keep(found)

    def act(self, case_id: str, act: str, form: BaseModel | None = None) -> Move:
        """Perform an act on a case. Raises NotFound, ActRefused."""
        held = self.keep(case_id)
        return self._perform(held.case, held, act, form or Form())

    def pin(self, case_id: str, regulation: str, role: str, note: str) -> Case:
        """Pin a case to another version of its regulation, on record; nothing else of it changes. Raises NotFound."""
        held, actor = self.keep(case_id), self.desk.acting()
        after = pinned_to(held.case, regulation, actor.name, self.desk.on, note)
        entry = journal.Act(
            name=MIGRATE,
            actor=actor.name,
            role=role,
            on=self.desk.on,
            at=self.desk.now,
            article=HOUSE,
            reason=note,
            form={"from": held.case.regulation, "to": regulation},
        )
        goes_on = procedure_of(after).is_open(after.state)
        self.kept[case_id] = journal.write(self.desk.session, held, after, entry, open=goes_on, pins_anew=True)
        self._known(after).learn(after)
        return after

    def open(self, blank: Case, form: BaseModel) -> Move:
        """Open a case by the first act of its procedure. Raises ActRefused."""
        return self._perform(blank, None, procedure_of(blank).first_act, form)

    def open_child(
        self, parent: Case, procedure: str, form: BaseModel, *, unit: str | None = None, title: str = ""
    ) -> Move:
        """Open a case that belongs to another one."""
        return self.open(self.blank(parent, procedure, unit=unit, title=title), form)

    def context(self, case: Case, form: BaseModel) -> Context:
        """What an act is weighed against, knowing whether another one brings it about."""
        return self.desk.context(case, form, facts=self._known(case), as_consequence=self.depth > 0)

    def dated(self, on: date) -> ActTransaction:
        """The same performance, dating what follows by another day."""
        return replace(self, desk=self.desk.dated(on))

    def open_children(self, parent: Case, procedure: str) -> list[Case]:
        """The cases of one procedure under this case that still go on."""
        found = cases.children(self.desk.session, parent.id, procedure)
        return [child for child in found if procedure_of(child).is_open(child.state)]

    def blank(self, parent: Case, procedure: str, *, unit: str | None = None, title: str = "") -> Case:
        """A case of this procedure under its parent, before its first act; it takes the next number."""
        scope = f"{parent.family}-{pack_of(parent.regulation).procedures[procedure].letter}"
        number = case_numbers.next_case_number(self.desk.session, parent.jurisdiction, scope)
        return parent.changed(
            id=f"{scope}{number:02d}",
            procedure=procedure,
            title=title or parent.title,
            opened_on=self.desk.on,
            acted_on=self.desk.on,
            opened_by=self.desk.acting().name,
            state=NEW,
            version=0,
            kind=None,
            unit=unit,
            targets=(),
            parent=parent.id,
            root=parent.family,
            suspended=False,
            actors_by_act={},
            dossier={},
        )

    def _keep(self, held: LockedCase) -> LockedCase:
        self._known(held.case).learn(held.case)
        return self.kept.setdefault(held.case.id, held)

    def _known(self, case: Case) -> StoredFacts:
        """The facts of the family, read once for all that follows, but for what it changes."""
        if self.facts is None:
            self.facts = self.desk.facts(case)
        return self.facts

    def _perform(self, case: Case, held: LockedCase | None, act: str, form: BaseModel) -> Move:
        lock_keys(self.desk, case, act, form)
        lock_number(self.desk, case, act)
        move = advance(case, act, self.context(case, form))
        self.moves.append(move)
        entry, goes_on = self._entry(move, act, form), procedure_of(case).is_open(move.after.state)
        self.kept[move.after.id] = journal.write(self.desk.session, held, move.after, entry, open=goes_on)
        settle_terms(self.desk, move, form)
        settle_keys(self.desk, move, form)
        correct_deadlines(self.desk, move, form)
        self._known(case).learn(move.after)
        self.depth += 1
        for name in move.step.consequences:
            self.consequences(move.after)[name](self, move, form)
            self._known(case).forget()
        self.depth -= 1
        return move

    def _entry(self, move: Move, act: str, form: BaseModel) -> journal.Act:
        actor = self.desk.acting()
        role = role_used(actor, roles_for(move.step, form))
        return journal.Act(
            name=act,
            actor=actor.name,
            role=role.value if role else "",
            on=self.desk.on,
            at=self.desk.now,
            article=move.article,
            reason=getattr(form, "note", ""),
            form=form.model_dump(mode="json", exclude_defaults=True),
        )
