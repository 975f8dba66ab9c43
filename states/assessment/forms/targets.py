"""What counties hand in: targets before the year, self-assessments after it (Yangjiang part 5, items 1 and 2)."""

from __future__ import annotations

from pydantic import Field

from states.assessment.forms.points import Points
from states.engine.forms.base import Clause, Day, Evidence, Form, FormSection, HandedIn, Line, Name, OptionalText, Text


class Aim(FormSection):
    """What a county sets itself under one criterion."""

    criterion: Clause = Field(title="考核要点编号", description="附件中的编号，例如 A1(1)1")
    aim: Text = Field(title="目标或者措施")


class FileTargets(HandedIn):
    """The quality goals and measures of the county for the coming year."""

    goals: tuple[Aim, ...] = Field(title="质量目标", min_length=1)
    measures: tuple[Aim, ...] = Field(title="质量措施", min_length=1)


class Opinion(FormSection):
    """What a member department said, or that it said nothing by a day."""

    member: Name = Field(title="成员单位")
    asked_on: Day = Field(title="征求意见日期")
    replied_on: Day | None = Field(None, title="答复日期")
    opinion: OptionalText = Field("", title="意见", description="没有意见的写“无意见”")
    silent_on: Day | None = Field(None, title="确认未答复的日期", description="至该日仍未答复")


class Consult(Form):
    """The office asked every member department about the targets."""

    opinions: tuple[Opinion, ...] = Field(title="各成员单位的意见", min_length=1)


class RecordTargets(Form):
    """The targets are filed."""

    number: Line | None = Field(None, title="备案号")


class ReturnTargets(Form):
    """The targets go back to the county, to be handed in anew by a day."""

    due_on: Day = Field(title="重新报送截止日期")
    note: Text = Field(title="退回理由")


class ClaimedPoints(FormSection):
    """What a county claims under one criterion, with what proves it."""

    criterion: Clause = Field(title="考核要点编号")
    points: Points = Field(title="自评分")
    said: Text = Field(title="自评情况")
    evidence: tuple[Evidence, ...] = Field(title="证明材料", min_length=1)


class SelfAssess(HandedIn):
    """The self-assessment: a claim under every criterion."""

    report: Text = Field(title="自评报告")
    claims: tuple[ClaimedPoints, ...] = Field(title="逐项自评", min_length=1)


class GoOnWithout(Form):
    """The county is assessed without the self-assessment that it owes."""

    note: Text = Field(title="催报情况")
