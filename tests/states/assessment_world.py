"""A small world for assessments: Yangjiang's regulation and roster, a year and its counties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import regulations
from regulations import Regulation, Unit
from states.engine.case import Actor, Case, Role
from tests.states.world import World

HOME = regulations.jurisdiction("YJ")
YANGJIANG = regulations.load("yangjiang")
ROSTER = {unit.code: unit for unit in HOME.roster()}
JIANGCHENG, YANGDONG, YANGXI, YANGCHUN = "441702", "441704", "441721", "441781"
OFFICE, SECOND_OFFICE, AUTHORITY, CADRES = "质量强市办甲", "质量强市办乙", "市政府", "干部主管部门"
LEADER, MEMBER, STRANGER, LOCAL = "考核组长一", "考核组员一", "考核组员二", "阳春人"
MEMBERS = ("市发展改革局", "市住房城乡建设局")
YEAR_ID = "YJ-2025-K01"
SPRING, AUTUMN = date(2025, 5, 12), date(2026, 8, 3)
CRITERIA = tuple(one.ref for one in YANGJIANG.criteria)
HALVES = {one.ref: one.section for one in YANGJIANG.criterion_groups}


def officer(code: str) -> str:
    """The liaison officer of a county."""
    return f"{ROSTER[code].name}联络员"


def points() -> dict[str, str]:
    """Points that add up: 40 over the 11 criteria of the goals, 60 over the 19 of the measures."""
    goals = [one.ref for one in YANGJIANG.criteria if HALVES[one.group] == "goals"]
    measures = [ref for ref in CRITERIA if ref not in goals]
    spread = dict.fromkeys(goals, "3.5") | dict.fromkeys(measures, "3")
    return spread | {goals[-1]: "5", measures[-1]: "6"}


def entries(given: Mapping[str, str], **more: Any) -> list[dict[str, Any]]:
    """A row for each criterion."""
    return [{"criterion": ref, "points": value, **more} for ref, value in given.items()]


def scores(lost: str = "0") -> list[dict[str, Any]]:
    """Full points under every criterion but the last, which loses this many."""
    given = points()
    last = CRITERIA[-1]
    taken = {**given, last: str(6 - float(lost))} if float(lost) <= 6 else dict.fromkeys(given, "0")
    return entries(taken, why="查阅台账，核对数据")


def claims() -> list[dict[str, Any]]:
    """A claim of full points under every criterion."""
    return entries(points(), said="已完成", evidence=[{"title": "台账"}])


def _accounts() -> dict[str, Actor]:
    seed = {
        one.name: Actor(one.name, frozenset(map(Role, one.roles)), "YJ", one.unit, one.automation)
        for one in HOME.accounts
    }
    return seed | {LOCAL: Actor(LOCAL, frozenset({Role.GROUP_MEMBER}), "YJ", YANGCHUN)}


@dataclass
class AssessmentWorld(World):
    """A world of Yangjiang."""

    accounts: dict[str, Actor] = field(default_factory=_accounts)
    regulation: Regulation = YANGJIANG

    def unit(self, code: str) -> Unit | None:
        return ROSTER.get(code)

    def inspections(self, states: Any) -> list[Case]:
        return [one for one in self.cases.values() if one.root is None and one.state in states]

    def new_year(self, **changes: Any) -> Case:
        """A year before it is opened."""
        return replace(
            Case(
                id="YJ-2025-K09", procedure="assessment_year", jurisdiction="YJ", region="CN-GD",
                regulation=YANGJIANG.key, title="考核", year=2025, opened_on=SPRING, acted_on=SPRING,
                opened_by=OFFICE, targets=(JIANGCHENG, YANGCHUN),
            ),
            **changes,
        )  # fmt: skip

    def year(self, state: str = "year_opened", **changes: Any) -> Case:
        """A year of two counties, with everything in its dossier that it may have by then."""
        kept = {"by": OFFICE, "on": SPRING.isoformat()}
        team = {
            "name": "第一组",
            "leader": {"name": LEADER, "body": MEMBERS[0]},
            "members": [{"name": MEMBER, "body": "省质检院", "expert": True}],
            "counties": [JIANGCHENG, YANGCHUN],
        }
        dossier = {
            "opening": {**kept, "year": 2025, "title": "考核", "counties": [JIANGCHENG, YANGCHUN], "members": MEMBERS},
            "schemes": [{**kept, "number": "阳质〔2025〕1号", "points": entries(points())}],
            "publication": {**kept, "published_at": "阳质〔2025〕2号"},
            "team": {**kept, "teams": [team]},
            "approval": {"by": AUTHORITY, "on": "2026-09-20", "note": "同意"},
        }
        case = self.new_year(
            id=YEAR_ID,
            state=state,
            version=1,
            actors_by_act={"open": (OFFICE,), "report_up": (OFFICE,)},
            dossier=dossier,
        )
        return self.put(replace(case, **changes))

    def county(self, state: str, code: str = JIANGCHENG, number: str = "A01", **changes: Any) -> Case:
        """The assessment of a county of the year, with targets, scores and a draw in its dossier."""
        year = self.cases[YEAR_ID]
        kept = {"by": officer(code), "on": "2025-06-03"}
        dossier = {
            "targets": {**kept, "goals": [], "measures": []},
            "spot_checks": {**kept, "drawn": list(CRITERIA[:2]), "size": 2},
            "scores": [{**kept, "scores": scores()}],
        }
        blank = replace(year, id=f"{YEAR_ID}-{number}", procedure="unit_assessment", state=state, unit=code)
        case = replace(blank, targets=(), parent=YEAR_ID, root=YEAR_ID, actors_by_act={}, dossier=dossier)
        return self.put(replace(case, **changes))

    def outcome(self, state: str, code: str | None = JIANGCHENG, **changes: Any) -> Case:
        """A use of a result."""
        year = self.cases[YEAR_ID]
        blank = replace(year, id=f"{YEAR_ID}-U01", procedure="result_measure", state=state, unit=code, targets=())
        case = replace(blank, parent=YEAR_ID, root=YEAR_ID, actors_by_act={}, dossier={})
        return self.put(replace(case, **changes))
