"""A small world for campaigns: Shizong's text, roster and people, and cases kept in a dictionary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import calendars
import regulations
from calendars import Calendar
from regulations import Regulation, Unit
from regulations.rosters import officer_names
from states.engine.case import Actor, Case, Role
from states.engine.context import Context
from states.engine.deadlines import Deadline
from tests.states.world import COORDINATOR as ELSEWHERE
from tests.states.world import World

HOME = regulations.jurisdiction("SZ")
SHIZONG = regulations.load("shizong")
UNITS = {unit.code: unit for unit in HOME.roster()}
OFFICERS = officer_names(HOME.roster())

COORDINATOR, SECOND_COORDINATOR = "创建办甲", "创建办乙"
AUTHORITY, LEADER, REVIEWER = "县政府", "分管副县长", "评审组长一"
MARKET, PLANNING, EDUCATION, TOWN = "SZ-D-01", "SZ-D-02", "SZ-D-06", "530323102"
CAMPAIGN = "SZ-2018-C01"
DAY = date(2018, 11, 6)
EVIDENCE: list[Mapping[str, Any]] = [{"title": "台账"}]
APPLICATION: Mapping[str, Any] = {
    "year": 2018,
    "title": "创建全国质量强市示范城市",
    "targets": [MARKET, PLANNING, EDUCATION, TOWN],
}
READING: Mapping[str, Any] = {
    "indicator": "awareness",
    "period": "2019",
    "value": "83.5",
    "measure": "%",
    "source": "第三方测评报告",
    "evidence": EVIDENCE,
}


def _accounts() -> dict[str, Actor]:
    seeds = {
        one.name: Actor(one.name, frozenset(map(Role, one.roles)), "SZ", one.unit, one.automation)
        for one in HOME.accounts
    }
    officers = {name: Actor(name, frozenset({Role.TARGET_OFFICER}), "SZ", code) for code, name in OFFICERS.items()}
    return seeds | officers


@dataclass
class CampaignWorld(World):
    """What guards of a campaign may ask about, all of it made up by the test."""

    accounts: dict[str, Actor] = field(default_factory=_accounts)
    regulation: Regulation = SHIZONG

    def unit(self, code: str) -> Unit | None:
        return UNITS.get(code)

    def calendar(self) -> Calendar:
        return calendars.load("CN-YN")

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
        """By default the coordinator of this office acts."""
        day = on or case.acted_on
        return super().context(
            case, act, data, COORDINATOR if by == ELSEWHERE else by, day, today or day, as_consequence
        )

    def deadlines(self, case_id: str) -> Sequence[Deadline]:
        return [one for one in self.running if one.case == case_id and one.running]

    def campaign(self, state: str = "under_way", **changes: Any) -> Case:
        """A campaign of four units in this state."""
        by = {"by": COORDINATOR, "on": "2018-11-01"}
        case = Case(
            id=CAMPAIGN,
            procedure="campaign",
            jurisdiction="SZ",
            region="CN-YN",
            regulation=self.regulation.key,
            title="创建全国质量强市示范城市",
            year=2018,
            opened_on=DAY,
            acted_on=DAY,
            opened_by=COORDINATOR,
            state=state,
            version=1,
            targets=tuple(APPLICATION["targets"]),
            actors_by_act={"open": (COORDINATOR,)},
            dossier={"application": {**by, **APPLICATION}, "launch": {**by, "reviewers": [REVIEWER], **LAUNCH}},
        )
        return self.put(replace(case, **changes))

    def of_campaign(self, procedure: str, number: str, state: str, **changes: Any) -> Case:
        """A part of the campaign."""
        root = self.cases[CAMPAIGN]
        blank = replace(root, actors_by_act={}, dossier={}, targets=(), unit=None, parent=root.id, root=root.id)
        return self.put(replace(blank, id=f"{CAMPAIGN}-{number}", procedure=procedure, state=state, **changes))

    def duty(
        self, task: str = "4(2)2", bodies: Sequence[str] = (EDUCATION, TOWN), state: str = "assigned", **changes: Any
    ) -> Case:
        """The duty of a task; the first of its bodies leads."""
        people = [{"code": code, "name": OFFICERS[code]} for code in bodies]
        order = {"by": COORDINATOR, "on": DAY.isoformat(), "task": task, "targets": list(bodies), "people": people}
        given = {"unit": bodies[0], "targets": tuple(bodies), "dossier": {"order": {**order, "due_on": "2019-12-31"}}}
        return self.of_campaign("unit_duty", changes.pop("number", "D01"), state, **{**given, **changes})

    def occurrence(
        self, obligation: str = "joint_meeting", number: str = "O01", state: str = "due", **changes: Any
    ) -> Case:
        """An occurrence of the last quarter of 2018."""
        plan = {"obligation": obligation, "begins": "2018-10-01", "due_on": "2018-12-31", "number": 1}
        schedule = {"by": COORDINATOR, "on": DAY.isoformat(), **plan}
        given = {"dossier": {"schedule": schedule, **changes.pop("also", {})}}
        return self.of_campaign("occurrence", number, state, **{**given, **changes})

    def evaluation(self, unit: str = TOWN, state: str = "awaited", number: str = "U01", **changes: Any) -> Case:
        """The evaluation of a unit."""
        return self.of_campaign("unit_evaluation", number, state, unit=unit, **changes)

    def term(self, case: Case, due: date) -> None:
        """A deadline of a case that runs until this day."""
        self.running.append(Deadline(case.id, "term", 1, "SZ", "house", DAY, case.unit, fixed=due))


LAUNCH: Mapping[str, Any] = {
    "leading_group": "县长任组长",
    "office": "设在县市监局",
    "mobilised_on": "2018-11-05",
    "minutes": EVIDENCE,
}
