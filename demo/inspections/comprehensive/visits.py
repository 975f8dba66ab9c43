"""March and April: self-inspection, visits by sampling, feedback, reports, bulletin (art. 11, 13(4), 13(5))."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from demo import people
from demo.inspections.closing import concluded
from demo.inspections.comprehensive.records import Finding, findings, found_at
from demo.inspections.comprehensive.teams import Team, teams
from demo.people import AUTHORITY, JIA, YI
from demo.steps import Scene, Step

NEVER_REPORTED = "500151123"
"""侣俸镇 hands no self-inspection report in."""
LATE = {"500151109": "03-16", "500151116": "03-17"}
"""双山镇 and 高楼镇 hand theirs in after the day that was set."""
VISIT_DAYS = ("03-17", "03-18", "03-19", "03-20", "03-24", "03-25")


def steps(z: Scene) -> Iterator[Step]:
    """From the first request to the bulletin."""
    yield z("03-02", JIA, "start", **people.served(f"铜质督通〔{z.year.number}〕1号", people.townships()))
    yield from _written(z)
    for team, day in zip(teams(), VISIT_DAYS, strict=True):
        yield from _on_site(z, team, day)
    yield from _told(z)
    yield from _answered(z)
    yield from _reported(z)


def _written(z: Scene) -> Iterator[Step]:
    for team in teams():
        asked = [{"target": code, "due_on": z.year.day("03-13")} for code in team.targets]
        yield z.each("03-03", team.leader, "request_self_inspection", asked)
    in_time = [code for code in people.townships() if code != NEVER_REPORTED and code not in LATE]
    for number, code in enumerate(in_time):
        yield z(f"03-{9 + number % 5:02d}", people.officer(code), "hand_in_self_inspection", **_self_inspection(code))
    for code, day in LATE.items():
        yield z(day, people.officer(code), "hand_in_self_inspection", **_self_inspection(code))
    note = "3月16日、18日两次书面催报，仍未报送，也未说明理由。"
    [team] = [team for team in teams() if NEVER_REPORTED in team.targets]
    yield z("03-20", team.leader, "record_no_self_inspection", target=NEVER_REPORTED, note=note)


def _self_inspection(code: str) -> dict[str, Any]:
    name = people.names()[code]
    return {
        "report": f"{name}对照督察内容逐项自查：质量工作纳入党（工）委重要议事日程，存在的问题和整改措施见附表。",
        "evidence": [{"title": f"{name}质量工作会议纪要"}, {"title": f"{name}质量问题整改台账"}],
    }


def _on_site(z: Scene, team: Team, day: str) -> Iterator[Step]:
    yield z.each_drawn(day, team.leader, "visit_on_site", [_visit(team, code) for code in team.targets])
    for code in team.targets:
        for finding in found_at(code, recorded=True):
            yield z(day, team.members[0], "record_finding", target=code, **finding.told())


def _visit(team: Team, code: str) -> dict[str, Any]:
    record = f"听取{people.names()[code]}工作汇报，查阅台账和会议记录，走访经营主体5户、群众12人。"
    return {"target": code, "ways": ["11(2)1", "11(2)2", "11(2)4"], "record": record, "present": team.people}


def _told(z: Scene) -> Iterator[Step]:
    first = teams()[0]
    unvisited = [{"code": first.targets[0], "advice": "见整改建议"}]
    yield z("03-12", first.leader, "feed_back", targets=unvisited).refused_by("method_not_used")
    for team in teams():
        yield z("04-01", team.leader, "feed_back", targets=[_feedback(code) for code in team.targets])


def _feedback(code: str) -> dict[str, Any]:
    advice = "".join(finding.advice for finding in found_at(code))
    return {
        "code": code,
        "findings": [finding.told() for finding in found_at(code, recorded=False)],
        "advice": advice or "总体较好，请继续完善质量工作长效机制。",
    }


def _answered(z: Scene) -> Iterator[Step]:
    for finding in findings():
        officer = people.officer(finding.unit)
        if finding.disputed:
            yield z("04-08", officer, "dispute", finding.number, note=finding.disputed)
        else:
            yield z("04-07", officer, "confirm", finding.number, note="情况属实，立即整改。")
    for finding in findings():
        if finding.withdrawn:
            leader = next(team.leader for team in teams() if finding.unit in team.targets)
            yield z("04-09", leader, "ask_withdrawal", finding.number, note="核对原件后，提请撤回该问题。")
    for finding in findings():
        if finding.disputed:
            yield z("04-10", YI, _ruling(finding), finding.number, note=finding.ruling)


def _ruling(finding: Finding) -> str:
    return "withdraw" if finding.withdrawn else "uphold"


def _reported(z: Scene) -> Iterator[Step]:
    number = z.year.number
    for team in teams():
        yield z("04-13", team.leader, "report", summary=_summary(team))
    draft = f"{number}年综合督察覆盖28个镇街，实地抽查10个，发现问题14个。"
    final = draft + "主要集中在问题整改闭环和长效机制两个方面。"
    yield z("04-16", JIA, "consolidate", summary=draft)
    yield z("04-20", AUTHORITY, "send_back", note="请补充问题分类分析后再报。")
    yield z("04-22", JIA, "consolidate", summary=final)
    yield z("04-24", AUTHORITY, "consent", note="同意印发通报，整改情况年中再看。")
    yield z("04-27", JIA, "publish", number=f"铜质督〔{number}〕1号")
    yield concluded(z, "04-28", list(people.townships()))


def _summary(team: Team) -> str:
    found = [finding for code in team.targets for finding in found_at(code) if not finding.withdrawn]
    return f"{team.name}督察{len(team.targets)}个单位，发现问题{len(found)}个，已全部反馈并提出整改建议。"
