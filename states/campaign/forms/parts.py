"""Duties, dated obligations, exceptions and the evaluation of units."""

from __future__ import annotations

from pydantic import Field

from states.campaign.forms.campaign import NamedPerson
from states.campaign.forms.readings import ReadingEntry
from states.engine.forms.base import Code, Codes, Day, Evidence, Form, HandedIn, Line, Name, Text


class AssignDuty(Form):
    """A task goes to its bodies, the first of which leads it, with a person in each."""

    task: Line = Field(title="任务编号", description="文本的款项编号，例如 4(1)1")
    targets: Codes = Field(title="责任单位", description="名册中的单位代码，第一个牵头", min_length=1)
    people: tuple[NamedPerson, ...] = Field((), title="责任人", description="不填的单位由其联络员负责")
    due_on: Day = Field(title="完成期限")


class Reassign(Form):
    """Other people answer for a task in its bodies."""

    people: tuple[NamedPerson, ...] = Field(title="责任人", min_length=1)
    note: Text = Field(title="理由")


class ReportProgress(HandedIn):
    """What a body did for a task, with evidence and readings."""

    text: Text = Field(title="进展情况")
    evidence: tuple[Evidence, ...] = Field(title="佐证材料", min_length=1)
    readings: tuple[ReadingEntry, ...] = Field((), title="读数")


class ClaimDuty(HandedIn):
    """The leading body reports a task as finished: what was reached, or why a target was not."""

    note: Text = Field(title="完成情况")
    evidence: tuple[Evidence, ...] = Field(title="佐证材料", min_length=1)
    unmet: str = Field("", title="未达到指标的原因", description="有指标未达到时填写")


class ReturnDuty(Form):
    """A claim is not confirmed; the task is due again."""

    note: Text = Field(title="退回理由")
    due_on: Day = Field(title="重新完成的期限")


class ScheduleOccurrence(Form):
    """An obligation falls due: which, for which days, and the last of them."""

    obligation: Line = Field(title="义务代码")
    begins: Day = Field(title="开始日期")
    due_on: Day = Field(title="到期日期")
    number: int = Field(1, title="第几次", ge=1)


class MeetOccurrence(HandedIn):
    """What shows that it was done; of a meeting its day, who convened it and the minutes."""

    held_on: Day | None = Field(None, title="办理日期", description="会议、活动的日期")
    convener: Name | None = Field(None, title="召集人")
    minutes: str = Field("", title="会议纪要", description="纪要内容或者文号")
    evidence: tuple[Evidence, ...] = Field((), title="佐证材料")


class BeginEvaluation(Form):
    """A unit is to check itself and to be evaluated."""

    due_on: Day = Field(title="自查报送期限")


class SelfCheck(HandedIn):
    """The summary of a unit's work and what it makes of it."""

    summary: Text = Field(title="工作总结")
    result: Text = Field(title="自评结果")
    evidence: tuple[Evidence, ...] = Field(title="佐证材料", min_length=1)


class CheckUnit(Form):
    """What the office or the reviewers found at a unit, and what it lacks."""

    result: Text = Field(title="考核评价情况")
    gaps: str = Field("", title="存在的差距")
    evidence: tuple[Evidence, ...] = Field((), title="材料")


class VetoUnit(Form):
    """The veto: inaction, grave delay, and a task not finished in time, all three with what shows them."""

    inaction: Text = Field(title="不作为、慢作为的事实")
    delay: Text = Field(title="严重影响进度的事实")
    unfinished: tuple[Code, ...] = Field(title="未如期完成的任务", description="任务案件编号", min_length=1)
    note: Text = Field(title="决定意见")


class SettleUnit(Form):
    """The final assessment of a unit in words: there are neither scores nor grades."""

    conclusion: Text = Field(title="考核评价结论")


class AskDutyException(HandedIn):
    """A unit asks for an exception from what its text says in principle."""

    task: Line = Field(title="任务编号")
    note: Text = Field(title="例外理由")
    evidence: tuple[Evidence, ...] = Field((), title="材料")
