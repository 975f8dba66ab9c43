"""A small world for the procedures: the real regulation, roster and calendar, and cases kept in a dictionary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import calendars
import regulations
from calendars import Calendar
from regulations import Regulation, Unit
from states.engine.case import Actor, Case, Role
from states.engine.context import Context
from states.engine.deadlines import Deadline
from states.engine.evaluate import Verdict, advance, evaluate
from states.engine.forms.reading import read_form
from states.engine.frequency import Key, Use
from states.engine.successions import NO_CHANGES, Successions
from states.inspection.kinds import Kind
from states.packs import pack_of, procedure_of

JURISDICTION = regulations.jurisdiction("TL")
TONGLIANG = regulations.load("tongliang")
CALENDAR = calendars.load()
UNITS = {unit.code: unit for unit in JURISDICTION.roster()}

COORDINATOR, SECOND_COORDINATOR, SERVICE = "联席办协调员甲", "联席办协调员乙", "ducha-service"
AUTHORITY, RESPONSIBLE_LEADER, OFFICE = "区委区政府", "质量工作分管负责人", "督查室"
LEADER, OTHER_LEADER, MEMBER, OTHER_MEMBER = "督察组长一", "督察组长二", "督察组员二", "督察组员三"
APPRAISAL, AUDITOR, ADMINISTRATOR = "区考核办", "审计员", "系统管理员"
BACHUAN, DONGCHENG, NANCHENG, PULU = "500151001", "500151002", "500151003", "500151004"
DAY = date(2026, 3, 2)

INSPECTION, PARENT = "TL-2026-X01", "TL-2025-X01"
PLAN: Mapping[str, Any] = {
    "purpose": "查清电动自行车质量安全责任落实情况",
    "targets": [BACHUAN, DONGCHENG],
    "contents": ["9(1)", "9(3)"],
    "methods": ["on_site"],
    "ways": ["11(2)1", "11(2)3"],
    "period": {"begins": "2026-03-01", "ends": "2026-06-30"},
}
APPLICATION: Mapping[str, Any] = {"kind": "special", "year": 2026, "title": "电动自行车质量安全专项督察"}
"""What every application says."""
SERVED: Mapping[str, Any] = {
    "number": "铜质督通〔2026〕1号",
    "served": [{"code": BACHUAN, "received_by": "王五"}, {"code": DONGCHENG, "received_by": "赵六"}],
}
"""Which notice was served on whom."""
GROUP = {
    "name": "第一组",
    "leader": {"name": LEADER, "body": "区委办公室"},
    "members": [{"name": MEMBER, "body": "区政府办公室"}],
    "targets": [BACHUAN, DONGCHENG],
}


def served(code: str, on: str = "2026-03-02") -> dict[str, Any]:
    """The entry that a unit received its conclusion on this day."""
    return {"by": COORDINATOR, "on": on, "target": code, "received_on": on, "receipt": "签收"}


def officer(code: str) -> str:
    """The liaison officer of a unit."""
    return f"{UNITS[code].name}联络员"


def named(code: str) -> str:
    """A unit as refusals name it."""
    return f"{UNITS[code].name}（{code}）"


def _accounts() -> dict[str, Actor]:
    return {
        one.name: Actor(one.name, frozenset(map(Role, one.roles)), "TL", one.unit, one.automation)
        for one in JURISDICTION.accounts
    }


@dataclass
class World:
    """What guards may ask about, all of it made up by the test. ``regulation`` may be bent."""

    cases: dict[str, Case] = field(default_factory=dict)
    accounts: dict[str, Actor] = field(default_factory=_accounts)
    taken: list[Use] = field(default_factory=list)
    running: list[Deadline] = field(default_factory=list)
    regulation: Regulation = TONGLIANG
    became: Successions = NO_CHANGES

    def unit(self, code: str) -> Unit | None:
        return UNITS.get(code)

    def calendar(self) -> Calendar:
        return CALENDAR

    def account(self, name: str) -> Actor | None:
        return self.accounts.get(name)

    def holders(self, role: Role) -> Sequence[str]:
        return [name for name, account in self.accounts.items() if account.holds(role)]

    def case(self, case_id: str) -> Case | None:
        return self.cases.get(case_id)

    def children(self, case_id: str, procedure: str) -> Sequence[Case]:
        return [one for one in self.cases.values() if one.parent == case_id and one.procedure == procedure]

    def last_day(self, root: str) -> date:
        return max(one.acted_on for one in self.cases.values() if one.family == root)

    def uses(self, keys: Sequence[Key], besides: str) -> Sequence[Use]:
        return [use for use in self.taken if use.key in keys and use.case != besides]

    def successions(self) -> Successions:
        return self.became

    def inspections(self, states: Set[str]) -> Sequence[Case]:
        return [one for one in self.cases.values() if one.kind and one.state in states]

    def overlapping(self, targets: Sequence[str], besides: str) -> Sequence[Case]:
        return [
            one
            for one in self.cases.values()
            if one.kind
            and one.id != besides
            and procedure_of(one).is_open(one.state)
            and set(one.targets) & set(targets)
        ]

    def deadlines(self, case_id: str) -> Sequence[Deadline]:
        return [one for one in self.running if one.case == case_id and one.running]

    def inspection(self, state: str = "drafted", kind: Kind = Kind.SPECIAL, **changes: Any) -> Case:
        """An inspection of two townships in this state, with everything in its dossier that it may have by then."""
        case = Case(
            id=INSPECTION,
            procedure="look_back" if kind == Kind.LOOK_BACK else "inspection",
            jurisdiction="TL",
            region="CN-50",
            regulation=TONGLIANG.key,
            title="电动自行车质量安全专项督察",
            year=2026,
            opened_on=DAY,
            acted_on=DAY,
            opened_by=COORDINATOR,
            state=state,
            version=1,
            kind=kind,
            targets=(BACHUAN, DONGCHENG),
            actors_by_act={"open": (COORDINATOR,), "submit": (COORDINATOR,)},
            dossier={
                "application": {**APPLICATION, "problem": "电动自行车质量", "domain": None, "reason": "群众反映强烈"},
                "scope": {"contents": ["9(1)", "9(3)"]},
                "plan": {"by": COORDINATOR, "on": "2026-03-02", **PLAN},
                "staffing": {"by": COORDINATOR, "on": "2026-03-02", "groups": [GROUP]},
                "bulletin": {"by": COORDINATOR, "on": "2026-03-02", "bulletin_on": "2026-03-02"},
                "conclusions": [served(BACHUAN), served(DONGCHENG)],
            },
        )
        return self.put(replace(case, **changes))

    def part(self, procedure: str, number: str, state: str, parent: str = INSPECTION, **changes: Any) -> Case:
        """A case that belongs to the inspection."""
        root = self.cases[INSPECTION]
        blank = replace(root, kind=None, actors_by_act={}, dossier={}, suspended=False, targets=(), unit=None)
        case = replace(
            blank, id=f"{INSPECTION}-{number}", procedure=procedure, state=state, parent=parent, root=root.id
        )
        return self.put(replace(case, **changes))

    def group(self, state: str = "formed", **changes: Any) -> Case:
        """The first group, led by LEADER, with both targets."""
        order: dict[str, Any] = {"by": COORDINATOR, "on": DAY.isoformat()}
        order |= {key: GROUP[key] for key in ("name", "leader", "members", "targets")}
        given = {"targets": (BACHUAN, DONGCHENG), "title": "第一组", "dossier": {"order": order}}
        return self.part("group", "G01", state, **{**given, **changes})

    def visit(self, code: str = BACHUAN, state: str = "assigned", number: str = "V01", **changes: Any) -> Case:
        """The visit of the first group to a unit, on site unless the order says otherwise."""
        order = {"targets": [code], "methods": ["on_site"]}
        return self.part(
            "visit", number, state, f"{INSPECTION}-G01", **{"unit": code, "dossier": {"order": order}, **changes}
        )

    def finding_at(
        self, code: str, parent: str, number: str = "F01", state: str = "closed_out", **changes: Any
    ) -> Case:
        """A finding of another inspection at a unit."""
        blank = replace(self.cases[parent], kind=None, actors_by_act={}, dossier={}, targets=())
        ids = {"id": f"{parent}-{number}", "parent": parent, "root": parent}
        return self.put(replace(blank, procedure="finding", state=state, unit=code, **{**ids, **changes}))

    def put(self, case: Case) -> Case:
        """Keep a case as it is."""
        self.cases[case.id] = case
        return case

    def weigh(
        self,
        case: Case,
        act: str,
        data: Mapping[str, Any] | None = None,
        *,
        by: str | None = COORDINATOR,
        on: date | None = None,
        today: date | None = None,
        as_consequence: bool = False,
    ) -> Verdict:
        """What would come of an act, by the form as it is handed in; ``data`` None asks without a form."""
        return evaluate(case, act, self.context(case, act, data, by, on, today, as_consequence))

    def codes(self, case: Case, act: str, data: Mapping[str, Any] | None = None, **asked: Any) -> set[str]:
        """The codes of everything that stands against an act."""
        return {item.code for item in self.weigh(case, act, data, **asked).refusals}

    def says(self, code: str, case: Case, act: str, data: Mapping[str, Any] | None = None, **asked: Any) -> str:
        """Fact and cure of the first refusal of this code, which has to be there."""
        found = [one for one in self.weigh(case, act, data, **asked).refusals if one.code == code]
        assert found, f"{act} was not refused by {code}"
        return f"{found[0].fact}{found[0].cure}"

    def do(
        self,
        case: Case,
        act: str,
        data: Mapping[str, Any] | None = None,
        *,
        by: str = COORDINATOR,
        on: date | None = None,
    ) -> Case:
        """Do an act and keep what it makes of the case. Raises ActRefused."""
        return self.put(advance(case, act, self.context(case, act, data, by, on)).after)

    def context(
        self,
        case: Case,
        act: str,
        data: Mapping[str, Any] | None = None,
        by: str | None = COORDINATOR,
        on: date | None = None,
        today: date | None = None,
        as_consequence: bool = False,
    ) -> Context:
        """What an act is weighed against: by default the coordinator, on the day of the act before it."""
        rows = procedure_of(case).rows(act)
        form = read_form(rows[0].form, data) if rows and data is not None else None
        day = on or case.acted_on
        actor = self.accounts[by] if by else None
        pack = replace(pack_of(case.regulation), regulation=self.regulation)
        return Context(actor, day, today or max(day, DAY), pack, self, form, as_consequence)
