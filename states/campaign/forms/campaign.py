"""The campaign as a whole: its cycle, approval, filing, launch, and the intervals of what the text leaves unset."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from states.engine.forms.base import (
    Code,
    Codes,
    Day,
    Evidence,
    Form,
    FormSection,
    Line,
    Name,
    Names,
    OptionalText,
    Text,
)

Interval = Literal["days", "weeks", "months"]


class WindowEntry(FormSection):
    """A window of the cycle; windows may overlap."""

    title: Line = Field(title="名称")
    begins: Day = Field(title="开始日期")
    ends: Day = Field(title="结束日期")


class OpenCampaign(Form):
    """A campaign is drafted: its cycle and its windows, by default those of the text, and the units it is about."""

    year: int = Field(title="年度", ge=2004, le=2100)
    title: Line = Field(title="名称")
    begins: Day | None = Field(None, title="周期开始", description="文本写明阶段的可不填")
    ends: Day | None = Field(None, title="周期结束", description="文本写明阶段的可不填")
    windows: tuple[WindowEntry, ...] = Field((), title="阶段", description="不填则为文本的阶段")
    targets: Codes = Field((), title="单位", description="名册中的单位代码；不填则为文本所指的全部单位")
    reason: OptionalText = Field("", title="理由")


class EditCampaign(Form):
    """What is changed in the draft of a campaign; the rest stays."""

    title: Line | None = Field(None, title="名称")
    begins: Day | None = Field(None, title="周期开始")
    ends: Day | None = Field(None, title="周期结束")
    windows: tuple[WindowEntry, ...] | None = Field(None, title="阶段")
    targets: Codes | None = Field(None, title="单位", description="名册中的单位代码")
    reason: OptionalText | None = Field(None, title="理由")


class FileCampaign(Form):
    """The plan was filed with the office above, and when that acknowledged it."""

    number: Line = Field(title="备案文号")
    received_by: Line = Field(title="备案机关")
    received_on: Day | None = Field(None, title="备案日期", description="不填则为本次操作的日期")


class NamedPerson(FormSection):
    """The person of a body who answers for its tasks."""

    code: Code = Field(title="单位代码")
    name: Name = Field(title="责任人")


class LaunchCampaign(Form):
    """The leading bodies are set up and the meeting to mobilise was held; the tasks of the text go to their units."""

    leading_group: Text = Field(title="领导机构", description="组长、副组长和成员")
    office: Text = Field(title="工作机构", description="办公室设在哪个单位、由谁负责")
    mobilised_on: Day = Field(title="动员部署会议日期")
    minutes: tuple[Evidence, ...] = Field(title="会议材料", min_length=1)
    people: tuple[NamedPerson, ...] = Field((), title="各单位责任人", description="不填的单位由其联络员负责")
    reviewers: Names = Field((), title="评审人员", description="参加考核评价的人员姓名")


class SetInterval(Form):
    """How often something is owed that the text leaves unset (定期, 及时), and by which document that was set."""

    obligation: Line = Field(title="义务代码")
    every: int = Field(title="每隔多少", ge=1, le=400)
    interval: Interval = Field(title="间隔单位")
    document: Line = Field(title="规定间隔的文件")
    note: Text = Field(title="理由")


class CloseCampaign(Form):
    """The summary with which a campaign ends."""

    summary: Text = Field(title="总结")
    evidence: tuple[Evidence, ...] = Field((), title="材料")
