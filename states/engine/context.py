"""The context an act is evaluated in: actor, dates, form, and the facts around the case."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from pydantic import BaseModel

from regulations import Jurisdiction, Regulation, Unit
from states.engine.case import Actor, Case, Role
from states.engine.frequency import Key, Use

if TYPE_CHECKING:
    from calendars import Calendar
    from states.engine.deadlines import Deadline
    from states.engine.pack import Pack
    from states.engine.successions import Successions

_Form = TypeVar("_Form", bound=BaseModel)


class Facts(Protocol):
    """The facts around a case, read only when a guard asks for them."""

    def unit(self, code: str) -> Unit | None:
        """The unit of this code on the roster."""

    def account(self, name: str) -> Actor | None:
        """The active account of this name."""

    def holders(self, role: Role) -> Sequence[str]:
        """The names of the people who hold the role."""

    def case(self, case_id: str) -> Case | None:
        """Another case by its id."""

    def children(self, case_id: str, procedure: str) -> Sequence[Case]:
        """The cases of one procedure under this case, in the order they were opened."""

    def last_day(self, root: str) -> date:
        """The day of the last act on an inspection or any of its parts."""

    def inspections(self, states: Set[str]) -> Sequence[Case]:
        """The root cases of the jurisdiction in these states."""

    def uses(self, keys: Sequence[Key], besides: str) -> Sequence[Use]:
        """The current uses of these frequency keys by cases other than ``besides``."""

    def successions(self) -> Successions:
        """What became of the units of the jurisdiction."""

    def overlapping(self, targets: Sequence[str], besides: str) -> Sequence[Case]:
        """Open inspections other than ``besides`` with any of these targets."""

    def deadlines(self, case_id: str) -> Sequence[Deadline]:
        """The running deadlines of this case."""

    def calendar(self) -> Calendar:
        """The calendar of the region the case lies in."""


@dataclass(frozen=True, slots=True)
class Context:
    """One evaluation: with ``actor`` None it is for any actor, with ``form`` None the form is not filled in yet.

    ``on`` is the day the act is dated, ``today`` the day it is recorded; both are days in Asia/Shanghai. ``pack``
    is the one the case has pinned; ``as_consequence``: the act is a consequence of another act; ``home`` reads the
    jurisdiction whose offices refusals name; ``now`` is the moment of recording, for what is told to the minute.
    """

    actor: Actor | None
    on: date
    today: date
    pack: Pack
    facts: Facts
    form: BaseModel | None = None
    as_consequence: bool = False
    home: Callable[[], Jurisdiction] | None = None
    now: datetime | None = None

    @property
    def regulation(self) -> Regulation:
        """The version of the regulation that the case has pinned."""
        return self.pack.regulation

    @property
    def calendar(self) -> Calendar:
        """The calendar the terms of the case are counted by."""
        return self.facts.calendar()

    def filled(self, form: type[_Form]) -> _Form:
        """The form as filled in; a guard that calls this is marked ``@on_form`` and runs only with a form."""
        if not isinstance(self.form, form):
            raise TypeError(f"{form.__name__} expected, got {type(self.form).__name__}")
        return self.form

    def named(self, code: str | None) -> str:
        """A unit's name with its code: 巴川街道（500151001）; the code alone when the roster has no such unit."""
        unit = self.facts.unit(code) if code else None
        return f"{unit.name}（{unit.code}）" if unit else code or "—"

    def with_form(self, form: BaseModel | None) -> Context:
        """The same context with another form."""
        return replace(self, form=form)

    def parent(self, case: Case) -> Case:
        """The parent of this case. Raises LookupError for a case without one."""
        found = self.facts.case(case.parent) if case.parent else None
        if found is None:
            raise LookupError(f"{case.id} has no parent")
        return found

    def inspection(self, case: Case) -> Case:
        """The inspection this case belongs to."""
        found = case if case.family == case.id else self.facts.case(case.family)
        if found is None:
            raise LookupError(f"{case.id} belongs to no inspection")
        return found
