"""Where an act is weighed and written: one actor, one day, one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, partial
from typing import Final

from pydantic import BaseModel

import calendars
from calendars import Calendar, Notice
from casework.clock import Clock, FixedClock, today
from casework.errors import NotFound, NotPermitted
from regulations import Jurisdiction
from regulations.jurisdiction_files import JURISDICTION_SEPARATOR
from regulations.jurisdictions import jurisdiction_of
from states.engine.case import Actor, Case, Role
from states.engine.context import Context, Facts
from states.packs import pack_of
from storage.calendar import holiday_notices
from storage.cases import cases
from storage.cases.case_facts import StoredFacts
from storage.engine import Session
from storage.people import accounts, jurisdictions
from storage.statements import BoundStatement

FEW: Final = 5
"""How many of the accounts that a name may mean are listed."""


@dataclass(frozen=True)
class RequestContext:
    """One actor on one day in one transaction. ``actor`` None asks without acting; ``on`` dates what is done."""

    session: Session
    clock: Clock
    actor: Actor | None
    on: date

    @cached_property
    def today(self) -> date:
        """The day things are recorded."""
        return today(self.clock)

    @cached_property
    def now(self) -> datetime:
        """The moment things are recorded, one for everything in the transaction."""
        return self.clock.now()

    def acting(self) -> Actor:
        """Who acts. Raises NotPermitted when nobody does."""
        if self.actor is None:
            raise NotPermitted("nobody_acts")
        return self.actor

    def acting_for(self, jurisdiction: str | None) -> Actor:
        """Who acts, having an account of this jurisdiction where one is named.

        Raises NotPermitted, regulations.UnknownJurisdiction.
        """
        actor = self.acting()
        if jurisdiction is not None:
            jurisdiction_of(jurisdiction, self.jurisdictions)
            if actor.jurisdiction != jurisdiction:
                raise NotPermitted("account_elsewhere", name=actor.name, jurisdiction=jurisdiction)
        return actor

    def jurisdiction(self, case: Case | None = None) -> Jurisdiction:
        """The jurisdiction of a case, or of the actor."""
        return jurisdiction_of(case.jurisdiction if case else self.acting().jurisdiction, self.jurisdictions)

    @cached_property
    def jurisdictions(self) -> tuple[Jurisdiction, ...]:
        """Every jurisdiction of the package and of the database, read once."""
        return jurisdictions.known(self.session)

    def calendar(self, case: Case) -> Calendar:
        """The calendar of the region a case lies in."""
        return calendars.load(case.region, accepted=self.taken_in)

    @cached_property
    def taken_in(self) -> tuple[Notice, ...]:
        """The holiday notices taken in so far."""
        return holiday_notices.accepted_notices(self.session)

    def inspection(self, case: Case) -> Case:
        """The inspection a case belongs to."""
        return case_of(self.session, case.family)

    def dated(self, on: date) -> RequestContext:
        """The same desk at the same moment, dating what is done by another day."""
        return replace(self, clock=FixedClock(self.now), on=on)

    def facts(self, case: Case) -> StoredFacts:
        """The facts around a case and its family, read afresh."""
        return StoredFacts(self.session, case.jurisdiction, case.region, lambda: self.taken_in)

    def context(
        self, case: Case, form: BaseModel | None = None, *, facts: Facts | None = None, as_consequence: bool = False
    ) -> Context:
        """What an act on this case is weighed against; with no facts in hand, they are read afresh."""
        return Context(
            actor=self.actor,
            on=self.on,
            today=self.today,
            pack=pack_of(case.regulation),
            facts=facts or self.facts(case),
            form=form,
            as_consequence=as_consequence,
            home=partial(self.jurisdiction, case),
            now=self.now,
        )


def open_context(
    session: Session, clock: Clock, actor: str | None, on: date | None = None, *, jurisdiction: str | None = None
) -> RequestContext:
    """The context of a request by the account of this name (None: nobody acts).

    The account is the one of ``jurisdiction``; where that has none of the name, the only one in the database. A name
    may be written with its jurisdiction, ``TL:联席办协调员甲``. Raises NotPermitted for a name that no account or more
    than one has.
    """
    found = None if actor is None else account_named(session, actor, jurisdiction)
    return RequestContext(session, clock, found, on or today(clock))


def to_find_account(written: str) -> BoundStatement:
    """The statement by which ``open_context`` finds the account of this name, to be fetched ahead."""
    return accounts.to_find(written.rpartition(JURISDICTION_SEPARATOR)[2])


def account_named(session: Session, written: str, jurisdiction: str | None = None) -> Actor:
    """The account of this name, by the rules of ``open_context``, or else of its plain form. Raises NotPermitted."""
    code, explicit, name = written.rpartition(JURISDICTION_SEPARATOR)
    home = code if explicit else jurisdiction
    named = accounts.of_name(session, name)
    if not any(actor.jurisdiction == home for actor in named) and (home or not named):
        named = [*named, *(actor for actor in accounts.spelt_like(session, name) if actor not in named)]
    if (found := next((actor for actor in named if actor.jurisdiction == home), None)) is not None:
        return found
    if explicit:
        raise NotPermitted("account_unknown", name=written)
    if not named:
        raise NotPermitted("account_unknown", name=written)
    if len(named) > 1:
        spellings = [f"{actor.jurisdiction}{JURISDICTION_SEPARATOR}{actor.name}" for actor in named]
        listed = "、".join(spellings[:FEW]) + ("……" if len(spellings) > FEW else "")
        raise NotPermitted("account_ambiguous", name=written, spellings=listed, first=spellings[0])
    return named[0]


def case_of(session: Session, case_id: str) -> Case:
    """The case of this id. Raises NotFound."""
    found = cases.load(session, case_id)
    if found is None:
        raise NotFound("case_unknown", case=case_id)
    return found


def role_used(actor: Actor, by: tuple[Role, ...]) -> Role | None:
    """The role under which an actor does an act open to these roles."""
    return next((role for role in by if actor.holds(role)), None)
