"""Which cases a reader sees: one SQL condition, used for lists and for a single case."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, and_, exists, false, or_, select, true

from access.policy import Read, Scope, scopes
from access.reader import Reader, operator
from states.engine.case import Actor, Case, Role
from states.engine.serving import Served
from states.packs import newest_packs, pack_of
from storage.cases.case_rows import CASES, from_row
from storage.engine import Session
from storage.people import reading_grants, successions
from storage.rows import CaseTarget, table

_TARGETS: Final = table(CaseTarget)
_PARTS: Final = CASES.alias("part")
_ACTING_ROLE: Final = {Scope.UNIT: Role.TARGET_OFFICER, Scope.PASSED_ON: Role.APPRAISAL_OFFICE}
"""The scopes that show only part of a case, each with the role whose acts it shows."""


@dataclass(frozen=True, slots=True)
class VisibleCase:
    """A case as a reader may see it.

    ``case`` is the complete case, ``shown`` the case without the targets the reader may not see. ``served`` says what
    is shown of each case of the inspection, by case id; None when the reader sees everything.
    """

    case: Case
    shown: Case
    served: Mapping[str, tuple[Served, ...]] | None
    roles: frozenset[Role]

    @property
    def whole(self) -> bool:
        """Whether the reader sees everything."""
        return self.served is None

    def shows_case(self, case_id: str) -> bool:
        """Whether this case of the inspection is shown."""
        return self.served is None or case_id in self.served

    def shows_entry(self, case_id: str, act: str) -> bool:
        """Whether the journal entry of this act is shown."""
        return self.served is None or any(one.shows_act(act) for one in self.served.get(case_id, ()))

    def shows_document(self, case_id: str, name: str) -> bool:
        """Whether the document of this name is shown."""
        return self.served is None or any(one.shows_document(name) for one in self.served.get(case_id, ()))

    def shows_act_of(self, roles: Iterable[str]) -> bool:
        """Whether acts of these roles, and their refusals, are shown."""
        return self.served is None or not self.roles.isdisjoint(roles)


def open_reader(session: Session, account: Actor | None) -> Reader:
    """The reader of an account, or the machine's operator, with the inspections whose staffing names the account."""
    if account is None:
        return operator()
    units, granted = _units(session, account), reading_grants.granted(session, account.jurisdiction, account.name)
    if not any(Scope.INSPECTION in scopes(account.roles, read) for read in Read):
        return Reader(account, granted=granted, units=units)
    spellings = {json.dumps(name, ensure_ascii=False) for name in (account.name, account.plain_name)}
    # The JSON also holds names outside the staffing, so check each match against the parsed staffing.
    query = select(CASES).where(
        CASES.c.jurisdiction == account.jurisdiction,
        CASES.c.root.is_(None),
        or_(*(CASES.c.dossier.contains(named, autoescape=True) for named in sorted(spellings))),
    )
    found = (from_row(row) for row in session.execute(query))
    theirs = frozenset(case.id for case in found if account.plain_name in _staffed_people(case))
    return Reader(account, theirs, granted, units)


def _units(session: Session, account: Actor) -> frozenset[str]:
    """The units for which an officer answers."""
    if account.unit is None or not any(Scope.UNIT in scopes(account.roles, read) for read in Read):
        return frozenset()
    return successions.load(session, account.jurisdiction).answers_for(account.unit)


def visible_cases(reader: Reader, read: Read, *, about: str | None = None) -> ColumnElement[bool]:
    """The condition on ``case_file`` that selects the cases a reader sees.

    ``about`` is the unit that a list is filtered by: an officer must not learn from the filter which other units an
    inspection targets.
    """
    if reader.account is None:
        return true()
    found = _conditions(reader, reader.scopes(read))
    hidden = {Scope.UNIT} if about is not None and about not in reader.units else set()
    return or_(false(), *(one for scope, one in found.items() if scope not in hidden))


def load_visible(session: Session, reader: Reader, read: Read, case_id: str) -> VisibleCase | None:
    """The case with this id as the reader may see it; None when it does not exist or the reader may not see it."""
    row = session.execute(select(CASES).where(CASES.c.id == case_id, visible_cases(reader, read))).first()
    if row is None:
        return None
    case = from_row(row)
    if reader.account is None or reader.sees_whole(read, case):
        return VisibleCase(case, case, None, frozenset())
    served = _served_family(session, _conditions(reader, reader.scopes(read)), case)
    roles = frozenset(_ACTING_ROLE[scope] for scope in reader.scopes(read) if scope in _ACTING_ROLE)
    return VisibleCase(case, as_shown(reader, read, case), served, roles & reader.roles)


def as_shown(reader: Reader, read: Read, case: Case) -> Case:
    """The case without the targets that the reader may not see: a unit sees only itself."""
    if reader.sees_whole(read, case) or Scope.UNIT not in reader.scopes(read):
        return case
    return replace(case, targets=tuple(code for code in case.targets if code in reader.units))


def _conditions(reader: Reader, scopes: frozenset[Scope]) -> Mapping[Scope, ColumnElement[bool]]:
    """One condition for each scope of the reader, who has an account."""
    assert reader.account is not None
    return _conditions_of(reader.account.jurisdiction, reader.granted, reader.inspections, reader.units, scopes)


@lru_cache(maxsize=256)
def _conditions_of(
    home: str, granted: frozenset[str], inspections: frozenset[str], units: frozenset[str], scopes: frozenset[Scope]
) -> Mapping[Scope, ColumnElement[bool]]:
    """One condition for each scope. Cached: building one takes longer than executing it."""
    within = CASES.c.jurisdiction == home
    found: dict[Scope, ColumnElement[bool]] = {}
    for scope in scopes:
        if scope is Scope.JURISDICTION:
            found[scope] = CASES.c.jurisdiction.in_(sorted({home, *granted})) if granted else within
        elif scope is Scope.INSPECTION:
            of_theirs = or_(CASES.c.id.in_(inspections), CASES.c.root.in_(inspections))
            found[scope] = and_(within, of_theirs)
        elif scope is Scope.UNIT and units:
            found[scope] = and_(within, _served_on(sorted(units)))
        elif scope is Scope.PASSED_ON:
            found[scope] = and_(within, _passed_on())
    return found


def _served_on(units: Sequence[str]) -> ColumnElement[bool]:
    """Cases about these units that were served on them, inspections with such a part, and started inspections that
    target one of them."""
    served = _served(Scope.UNIT)
    target = exists().where(_TARGETS.c.case_id == CASES.c.id, _TARGETS.c.unit.in_(units))
    started = or_(*(_is_served(CASES, name, one) for name, one in served.items() if one.in_states))
    part = exists().where(_PARTS.c.root == CASES.c.id, _part_served_on(_PARTS, units))
    return or_(_part_served_on(CASES, units), and_(CASES.c.root.is_(None), or_(part, and_(target, started))))


def _part_served_on(cases: FromClause, units: Sequence[str]) -> ColumnElement[bool]:
    parts = (_is_served(cases, name, one) for name, one in _served(Scope.UNIT).items() if not one.in_states)
    about = exists().where(_TARGETS.c.case_id == cases.c.id, _TARGETS.c.unit.in_(units))
    ours = or_(cases.c.unit.in_(units), and_(cases.c.root.is_not(None), about))
    return and_(ours, or_(*parts))


def _is_served(cases: FromClause, procedure: str, served: Served) -> ColumnElement[bool]:
    """Whether the case has been served: ``hands`` is a JSON object whose keys are the acts already done."""
    found = [cases.c.procedure == procedure]
    if served.by:
        found.append(or_(*(cases.c.hands.contains(f'"{act}":', autoescape=True) for act in sorted(served.by))))
    if served.in_states is not None:
        found.append(cases.c.state.in_(sorted(served.in_states)))
    return and_(*found)


def _passed_on() -> ColumnElement[bool]:
    """Results passed on to the appraisal office, and the inspections they are about."""

    def passed(cases: FromClause) -> ColumnElement[bool]:
        ways = dict.fromkeys(way for pack in newest_packs() for way in pack.serving.passing_on)
        return or_(
            false(),
            *(
                and_(
                    cases.c.procedure == way.procedure,
                    cases.c.dossier.contains(f'"{way.field}":"{way.value}"', autoescape=True),
                )
                for way in ways
            ),
        )

    return or_(passed(CASES), exists().where(_PARTS.c.root == CASES.c.id, passed(_PARTS)))


def _served_family(
    session: Session, conditions: Mapping[Scope, ColumnElement[bool]], case: Case
) -> dict[str, tuple[Served, ...]]:
    """What is shown of each case of the inspection, read in one statement."""
    found = {scope: one for scope, one in conditions.items() if scope in _ACTING_ROLE}
    flags: list[ColumnElement[Any]] = [one.label(scope.value) for scope, one in found.items()]
    family = or_(CASES.c.id == case.id, CASES.c.root == case.id)
    query = select(CASES.c.id, CASES.c.procedure, *flags).where(family, or_(false(), *found.values()))
    served = {scope: _served(scope) for scope in found}
    return {
        row.id: tuple(
            served[scope][row.procedure]
            for scope in found
            if row._mapping[scope.value] and row.procedure in served[scope]
        )
        for row in session.execute(query)
    }


def _served(scope: Scope) -> Mapping[str, Served]:
    """What a reader of this scope is shown of the cases of each procedure."""
    every = [one.serving for pack in newest_packs() for one in pack.instruments]
    kinds = [one.on_unit if scope is Scope.UNIT else one.results for one in every]
    return {name: served for kind in kinds for name, served in kind.items()}


def _staffed_people(inspection: Case) -> frozenset[str]:
    return pack_of(inspection.regulation).serving.staffed_people(inspection)
