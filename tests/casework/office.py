"""A small office for the tests: real units and people, a clock moved by hand, and acts that read as they are spoken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from access.reader import operator
from casework import do_act
from casework.acts.act_models import ActRequest
from casework.clock import FixedClock
from casework.views import case_queries
from states.engine.case import Case
from states.engine.refusals import ActRefused
from states.inspection.groups import people_of
from states.inspection.presence import visits_of
from storage.cases import cases, deadlines
from storage.cases.deadlines import Tracked
from storage.engine import Database, Session
from storage.journal import verification
from storage.rows import Row

COORDINATOR, SECOND_COORDINATOR, SERVICE = "联席办协调员甲", "联席办协调员乙", "ducha-service"
AUTHORITY, RESPONSIBLE_LEADER, SUPERVISION_OFFICE = "区委区政府", "质量工作分管负责人", "督查室"
LEADERS = ("督察组长一", "督察组长二", "督察组长三", "督察组长四")
MEMBERS = ("督察组员一", "督察组员二", "督察组员三", "督察组员四")
APPRAISAL, AUDITOR, ADMINISTRATOR = "区考核办", "审计员", "系统管理员"

BACHUAN, DONGCHENG, NANCHENG, TUQIAO = "500151001", "500151002", "500151003", "500151101"
OFFICERS = {
    BACHUAN: "巴川街道联络员",
    DONGCHENG: "东城街道联络员",
    NANCHENG: "南城街道联络员",
    TUQIAO: "土桥镇联络员",
}
CONTENTS = {"comprehensive": ["8(1)", "8(3)"], "special": ["9(3)"], "look_back": ["10(1)"]}
EVIDENCE = [{"title": "现场照片"}]

Data = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None


def groups(targets: Sequence[str], leaders: Sequence[str] = LEADERS[:1]) -> list[dict[str, Any]]:
    """The targets shared out among as many groups as there are leaders, each with one member."""
    return [
        {
            "name": f"第{number}组",
            "leader": {"name": leader, "body": "区市场监管局"},
            "members": [{"name": MEMBERS[number - 1], "body": "区委办公室"}],
            "targets": list(targets[number - 1 :: len(leaders)]),
        }
        for number, leader in enumerate(leaders, start=1)
    ]


def everybody(staffed: Sequence[Mapping[str, Any]]) -> list[str]:
    """Leaders and members of the groups."""
    return [person["name"] for group in staffed for person in (group["leader"], *group["members"])]


@dataclass
class Office:
    """A database, the day it is, and the jurisdiction; every act is recorded a second after the one before it."""

    database: Database
    day: date = date(2026, 3, 2)
    seconds: int = 0
    home: str = "TL"
    _session: Session | None = field(default=None, repr=False)

    def on(self, day: str | date) -> Office:
        """It is this day now."""
        self.day = date.fromisoformat(day) if isinstance(day, str) else day
        return self

    def later(self, days: int = 1) -> Office:
        """So many days later."""
        return self.on(self.day + timedelta(days=days))

    @property
    def clock(self) -> FixedClock:
        """Office hours of the day, a second after it was last looked at."""
        self.seconds += 1
        return FixedClock(FixedClock.on(self.day).at + timedelta(seconds=self.seconds))

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Everything within is one transaction: for what a test takes for granted."""
        with self.database.writing() as self._session:
            yield
        self._session = None

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction, or the one that goes on already."""
        if self._session is not None:
            yield self._session
            return
        with self.database.writing() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A look at the database."""
        if self._session is not None:
            yield self._session
            return
        with self.database.reading() as session:
            yield session

    def does(
        self, who: str, act: str, case: str, data: Data = None, *, dated: str | None = None, key: str | None = None
    ) -> dict[str, Any]:
        """Somebody does an act; says what came of it."""
        with self.writing() as session:
            answer = do_act.do_act(session, self.clock, self._asked(who, dated, key), case, act, data)
        return answer.model_dump(mode="json")

    def opens(self, who: str = COORDINATOR, *, dated: str | None = None, key: str | None = None, **data: Any) -> str:
        """Somebody opens an inspection; says its number."""
        with self.writing() as session:
            answer = do_act.open_inspection(session, self.clock, self._asked(who, dated, key), data)
        return answer.case

    def refused(
        self, who: str, act: str, case: str, data: Data = None, *, dated: str | None = None
    ) -> dict[str, dict[str, Any]]:
        """Somebody is refused an act, and nothing at all has changed; says every refusal by its code."""
        before = dump(self.database)
        with pytest.raises(ActRefused) as refused, self.writing() as session:
            do_act.do_act(session, self.clock, self._asked(who, dated, None), case, act, data)
        assert dump(self.database) == before
        return explained(refused.value)

    def refused_to_open(self, who: str = COORDINATOR, *, dated: str | None = None, **data: Any) -> dict[str, Any]:
        """Somebody is refused the opening of an inspection, and nothing at all has changed."""
        before = dump(self.database)
        with pytest.raises(ActRefused) as refused, self.writing() as session:
            do_act.open_inspection(session, self.clock, self._asked(who, dated, None), data)
        assert dump(self.database) == before
        return explained(refused.value)

    def _asked(self, who: str, dated: str | None, key: str | None) -> ActRequest:
        return ActRequest(who, date.fromisoformat(dated) if dated else self.day, key, self.home)

    # what is

    def case(self, case: str) -> Case:
        """A case as it stands."""
        with self.reading() as session:
            found = cases.load(session, case)
        assert found is not None, case
        return found

    def state(self, case: str) -> str:
        """The state a case is in."""
        return self.case(case).state

    def parts(self, case: str, procedure: str) -> list[Case]:
        """The cases of one procedure that belong to an inspection."""
        with self.reading() as session:
            return cases.find(session, root=case, procedure=procedure)

    def part(self, case: str, procedure: str, unit: str) -> str:
        """The one part that is about a unit."""
        [found] = [part.id for part in self.parts(case, procedure) if part.unit == unit]
        return found

    def beside(self, case: str) -> str:
        """Why this is no duplicate of whatever else is open at the same targets."""
        with self.reading() as session:
            others = cases.overlapping(session, self.home, self.case(case).targets, case)
        return "、".join(f"{other.id} 事项不同" for other in others)

    def deadline(self, case: str, *, running: bool | None = None) -> Tracked:
        """The last deadline of a case."""
        with self.reading() as session:
            found = deadlines.of_case(session, case, running=bool(running))
        return found[-1]

    def shown(self, case: str) -> dict[str, Any]:
        """A case as it is shown."""
        with self.reading() as session:
            return case_queries.show(session, self.clock, operator(), case).model_dump(mode="json")

    def breaks(self) -> list[verification.ChainBreak]:
        """Every flaw in the journal."""
        with self.reading() as session:
            return list(verification.breaks(session))

    # what a test takes for granted

    def special(self, targets: Sequence[str] = (BACHUAN, TUQIAO), to: str = "published", **application: Any) -> str:
        """A special inspection that has come so far; with findings at every target once visited."""
        return self.inspection("special", targets, to, **{"problem": "小作坊无证经营", **application})

    def inspection(self, kind: str, targets: Sequence[str], to: str, **application: Any) -> str:
        """An inspection that has come so far, a step a day."""
        with self.at_once():
            given = {"year": self.day.year, "title": f"{self.day.year}年质量督察", "reason": "年度计划", **application}
            case = self.opens(kind=kind, targets=list(targets), **given)
            self.advance(case, to)
        return case

    def advance(self, case: str, to: str) -> None:
        """Go on with an inspection, step by step and a step a day, until it has come so far."""
        for state in PATH[PATH.index(self.state(case)) + 1 : PATH.index(to) + 1]:
            STEPS[state](self, case)
            assert self.state(case) == state, (self.state(case), state)
            self.later()


def dump(database: Database, *, besides: str = "") -> dict[str, list[str]]:
    """Every row of every table, or of every one besides this."""
    tables = [table for table in Row.metadata.sorted_tables if table.name != besides]
    with database.reading() as session:
        return {table.name: sorted(map(str, session.execute(select(table)))) for table in tables}


def explained(refused: ActRefused) -> dict[str, dict[str, Any]]:
    """Every refusal by its code; each says what is wrong and what to do about it."""
    said = [refusal.model_dump(mode="json") for refusal in refused.refusal_views()]
    assert all(one["fact"] and one["cure"] and one["article"] for one in said)
    return {one["code"]: one for one in said}


def planned_with(office: Office, case: str, **changed: Any) -> str:
    """An inspection that was approved is planned otherwise than usual, and is under way."""
    office.does(COORDINATOR, "plan", case, plan_of(office, case, **changed))
    office.advance(case, "under_way")
    return case


def collected(targets: Sequence[str]) -> dict[str, Any]:
    """What a group collected about each of its targets before the visits."""
    return {"about": [{"code": code, "information": "考核结果和投诉举报"} for code in targets]}


def served(targets: Sequence[str]) -> dict[str, Any]:
    """The notice, served on each of the targets."""
    return {"number": "铜质督通〔2026〕1号", "served": [{"code": code, "received_by": "王五"} for code in targets]}


def number_of(office: Office, case: str, year: int | None = None) -> str:
    """A number for the bulletin of an inspection that no other one bears."""
    serial = "".join(str(ord(one)) for one in case.rpartition("-")[2])
    return f"铜质督〔{year or office.day.year}〕{serial}号"


def plan_of(office: Office, case: str, **changed: Any) -> dict[str, Any]:
    """A plan that names all five."""
    found = office.case(case)
    assert found.kind is not None
    return {
        "purpose": "查清责任落实情况",
        "targets": list(found.targets),
        "contents": CONTENTS[found.kind],
        "methods": ["on_site"],
        "ways": ["11(2)2"],
        "period": {"begins": office.day.isoformat(), "ends": (office.day + timedelta(days=120)).isoformat()},
        **changed,
    }


def _submit(office: Office, case: str) -> None:
    kind = office.case(case).kind
    assert kind is not None
    office.does(COORDINATOR, "submit", case, {"contents": CONTENTS[kind], "not_duplicate": office.beside(case)})


def _approve(office: Office, case: str) -> None:
    who = RESPONSIBLE_LEADER if office.case(case).procedure == "look_back" else AUTHORITY
    office.does(who, "approve", case, {"note": "同意"})


def _staff(office: Office, case: str) -> None:
    targets = office.case(case).targets
    leaders = LEADERS[: min(len(targets), len(LEADERS))]
    office.does(COORDINATOR, "staff", case, {"groups": groups(targets, leaders)})


def _train(office: Office, case: str) -> None:
    staffed = office.case(case).dossier["staffing"]["groups"]
    office.does(COORDINATOR, "train", case, {"content": "业务培训", "attended": everybody(staffed)})


def led(office: Office, case: str) -> list[tuple[str, str]]:
    """The groups at work with their leaders."""
    at_work = [part for part in office.parts(case, "group") if part.state != "disbanded"]
    return [(part.dossier["order"]["leader"]["name"], part.id) for part in at_work]


def _prepare(office: Office, case: str) -> None:
    for leader, group in led(office, case):
        office.does(leader, "prepare", group, collected(office.case(group).targets))


def _visit(office: Office, case: str) -> None:
    for leader, group in led(office, case):
        for visit in [part for part in office.parts(case, "visit") if (part.parent, part.state) == (group, "assigned")]:
            everybody_there = sorted(people_of(office.case(group)))
            given = {"ways": ["11(2)2"], "record": "查阅台账", "present": everybody_there}
            office.does(leader, "visit_on_site", visit.id, given)
            content = office.case(case).dossier["plan"]["contents"][0]
            found = {"text": f"{visit.unit} 台账不全", "content": content, **_followed(office, case, visit.unit)}
            told = {"advice": "限期整改", "findings": [found]}
            office.does(leader, "feed_back", visit.id, told)


def _followed(office: Office, case: str, unit: str | None) -> dict[str, str]:
    """In a look-back, the finding of its inspection that what it finds follows."""
    parent = office.case(case).parent
    found = [one.id for one in office.parts(parent, "finding") if one.unit == unit] if parent else []
    return {"earlier": found[0]} if found else {}


def _report(office: Office, case: str) -> None:
    for leader, group in led(office, case):
        excuse(office, leader, group)
        office.does(leader, "report", group, {"summary": "督察报告"})


def excuse(office: Office, leader: str, group: str) -> None:
    """The leader gives the reason why members of the group were on none of its visits."""
    with office.reading() as session:
        made = visits_of(cases.children(session, group, "visit"))
    for name in sorted(people_of(office.case(group)) - {one for visit in made for one in visit.visitors}):
        if made:
            days = {"begins": made[0].on.isoformat(), "ends": office.day.isoformat()}
            office.does(leader, "record_absence", group, {"member": name, "note": "出差", **days})


STEPS: dict[str, Callable[[Office, str], object]] = {
    "submitted": _submit,
    "approved": _approve,
    "planned": lambda office, case: office.does(COORDINATOR, "plan", case, plan_of(office, case)),
    "filed": lambda office, case: office.does(SUPERVISION_OFFICE, "file", case, {"number": "督备〔2026〕8号"}),
    "staffed": _staff,
    "trained": _train,
    "prepared": _prepare,
    "under_way": lambda office, case: office.does(COORDINATOR, "start", case, served(office.case(case).targets)),
    "fed_back": _visit,
    "reported": _report,
    "consolidated": lambda office, case: office.does(COORDINATOR, "consolidate", case, {"summary": "全区报告"}),
    "consented": lambda office, case: office.does(AUTHORITY, "consent", case, {"note": "同意通报"}),
    "published": lambda office, case: office.does(COORDINATOR, "publish", case, {"number": number_of(office, case)}),
}
"""How each state is reached from the one before it."""
PATH = ("drafted", *STEPS)
