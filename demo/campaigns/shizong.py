"""Shizong's campaign 2018-2019: ten townships and its bureaus, a late meeting, a late self-check, and one veto."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

import calendars
import regulations
from calendars import Calendar
from demo.steps import Step
from regulations.rosters import officer_names
from states.campaign.cycle import Cycle
from states.campaign.obligations import SELF_CHECK, spans
from states.campaign.offices import bearers

JURISDICTION: Final = "SZ"
ROOT: Final = "SZ-2018-C01"
OFFICE, SECOND, AUTHORITY, LEADER, REVIEWER = "创建办甲", "创建办乙", "县政府", "分管副县长", "评审组长一"
MARKET, PLANNING, EDUCATION, LATE = "SZ-D-01", "SZ-D-02", "SZ-D-06", "530323204"
UNFINISHED: Final = "4(2)2"
"""The task of the bureau of education that is not finished in time."""
LAUNCHED: Final = date(2018, 11, 6)
CYCLE: Final = Cycle(date(2018, 1, 1), date(2019, 12, 31))
PAPERS: Final = [{"title": "工作台账"}]
READINGS: Final[Mapping[str, str]] = {"awareness": "86.2", "support": "91.0", "satisfaction": "83.4"}


def steps() -> Iterator[Step]:
    """The whole campaign, from its draft to its close."""
    yield from _setup()
    yield from _duties()
    yield from _occurrences()
    yield from _evaluations()
    yield from _closing()


def _setup() -> Iterator[Step]:
    title = {"year": 2018, "title": "师宗县创建全国质量强市示范城市"}
    yield Step(date(2018, 11, 1), OFFICE, ROOT, "open", title, procedure="campaign")
    yield Step(date(2018, 11, 2), AUTHORITY, ROOT, "approve", {"note": "同意"})
    filed = {"number": "师质强备〔2018〕1号", "received_by": "曲靖市质量强市办"}
    yield Step(date(2018, 11, 5), OFFICE, ROOT, "file", filed)
    launch = {
        "leading_group": "县长任组长，分管副县长任副组长，各单位主要负责人为成员",
        "office": "办公室设在县市监局",
        "mobilised_on": "2018-11-05",
        "minutes": [{"title": "创建动员部署会议纪要"}],
        "reviewers": [REVIEWER],
    }
    ahead = {**launch, "mobilised_on": "2018-11-30"}
    yield Step(LAUNCHED, OFFICE, ROOT, "launch", ahead).refused_by("mobilised_ahead")
    yield Step(LAUNCHED, OFFICE, ROOT, "launch", launch)
    interval = {"obligation": "checks", "every": 6, "interval": "months", "document": "师创建办〔2018〕3号"}
    yield Step(date(2018, 11, 7), AUTHORITY, ROOT, "set_interval", {**interval, "note": "“定期”明确为每半年"})


def _duties() -> Iterator[Step]:
    officers = officer_names(regulations.jurisdiction(JURISDICTION).roster())
    for number, task in enumerate(regulations.load("shizong").tasks, start=1):
        duty, lead = f"{ROOT}-D{number:02d}", task.units[0]
        who, confirms = officers[lead], LEADER if lead == MARKET else OFFICE
        progress = {"text": f"“{task.title}”按计划推进", "evidence": PAPERS}
        yield Step(_workday(date(2019, 3, 4) + timedelta(days=number)), who, duty, "report_progress", progress)
        done = {"note": "任务完成", "evidence": PAPERS, "unmet": "全年读数尚未公布"}
        if task.key == UNFINISHED:
            yield Step(date(2019, 9, 2), who, duty, "claim", done)
            yield Step(date(2019, 9, 5), OFFICE, duty, "return", {"note": "基地尚未建成", "due_on": "2019-11-29"})
            yield Step(date(2019, 12, 10), OFFICE, duty, "record_unfinished", {"note": "基地至今未建成"})
            continue
        claimed = _workday(date(2019, 11, 1) + timedelta(days=number % 20))
        yield Step(claimed, who, duty, "claim", done)
        if number == 1:
            yield Step(claimed, OFFICE, duty, "confirm", {"note": "属实"}).refused_by("office_leads_it")
        yield Step(_workday(claimed + timedelta(days=1)), confirms, duty, "confirm", {"note": "核实无误"})


def _occurrences() -> Iterator[Step]:
    text, home = regulations.load("shizong"), regulations.jurisdiction(JURISDICTION)
    roster = sorted(home.roster(), key=lambda unit: unit.code)
    officers, targets = officer_names(roster), [unit.code for unit in roster]
    due = [
        (obligation.code, unit, span.due, span.number)
        for obligation in text.obligations
        if obligation.code != SELF_CHECK
        for unit in bearers(obligation, roster, targets, text)
        for span in spans(obligation, CYCLE, LAUNCHED)
    ]
    due += [("checks", None, date(2019, 5, 7), 1), ("checks", None, date(2019, 11, 7), 1)]
    for number, (code, unit, last, time) in enumerate(due, start=1):
        day = _workday(last - timedelta(days=2 * time + 1), -1)
        if (code, last) == ("joint_meeting", date(2019, 3, 31)):
            day = date(2019, 4, 10)
        proof = {"held_on": day.isoformat(), "convener": LEADER, "minutes": "会议、活动记录", "evidence": PAPERS}
        yield Step(day, officers[unit] if unit else OFFICE, f"{ROOT}-O{number:02d}", "meet", proof)


def _evaluations() -> Iterator[Step]:
    roster = sorted(regulations.jurisdiction(JURISDICTION).roster(), key=lambda unit: unit.code)
    officers = officer_names(roster)
    tasks = [task.key for task in regulations.load("shizong").tasks]
    for number, unit in enumerate(roster, start=1):
        part, said = f"{ROOT}-U{number:02d}", {"summary": "创建工作总结", "result": "完成", "evidence": PAPERS}
        day = date(2019, 10, 10) if unit.code == LATE else date(2019, 9, 20)
        yield Step(day, officers[unit.code], part, "self_check", said)
        checker = OFFICE if unit.code == PLANNING else REVIEWER
        yield Step(date(2019, 12, 11), checker, part, "check_unit", {"result": "逐项核对台账和现场"})
        if unit.code == EDUCATION:
            unfinished = [f"{ROOT}-D{tasks.index(UNFINISHED) + 1:02d}"]
            facts = {"inaction": "退回后两个月未开展工作", "delay": "影响全县创建进度", "unfinished": unfinished}
            yield Step(date(2019, 12, 12), AUTHORITY, part, "veto", {**facts, "note": "三个条件同时具备"})
        settles = LEADER if unit.code == MARKET else SECOND
        yield Step(date(2019, 12, 13), settles, part, "settle", {"conclusion": "考核评价结束"})


def _closing() -> Iterator[Step]:
    survey = {"period": "2019", "measure": "%", "source": "第三方测评报告", "evidence": PAPERS}
    readings = [{**survey, "indicator": code, "value": value} for code, value in READINGS.items()]
    yield Step(date(2019, 12, 5), OFFICE, ROOT, "record_readings", {"readings": readings})
    yield Step(date(2019, 12, 23), OFFICE, ROOT, "assess", {"note": "各单位考核评价完毕"})
    yield Step(date(2019, 12, 31), OFFICE, ROOT, "close", {"summary": "创建工作如期完成，一项任务未如期完成"})


def _workday(day: date, way: int = 1) -> date:
    """The day, or the next working day, or with ``way`` -1 the one before."""
    calendar: Calendar = calendars.load(regulations.jurisdiction(JURISDICTION).region)
    while not calendar.is_workday(day):
        day += timedelta(days=way)
    return day
