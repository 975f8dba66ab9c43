"""Complaints (12365): received, and answered or taken up as the problem of a special inspection."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from states.engine.forms.base import Code, Codes, Evidence, Form, Line, OptionalText, Text


class ReceiveComplaint(Form):
    """A complaint about the quality of products, works, services or the environment."""

    title: Line = Field(title="名称")
    channel: Literal["12365", "12315", "12331", "letter", "visit", "other"] = Field(
        title="渠道", description="12365、12315、12331、letter 信函、visit 来访、other 其他"
    )
    problem: Line = Field(title="质量问题", description="一句话写明，可作为专项督察针对的问题")
    content: Text = Field(title="投诉举报内容")
    unit: Code | None = Field(None, title="涉及单位", description="名册中的单位代码")
    complainant: OptionalText = Field("", title="投诉举报人", description="匿名的不填", max_length=100)
    evidence: tuple[Evidence, ...] = Field((), title="材料")


class AnswerComplaint(Form):
    """What was found and done, as the complainant was told."""

    answer: Text = Field(title="处理情况和答复")
    told: Line = Field(title="答复方式", description="例如 电话、书面；匿名的写明公开方式")
    evidence: tuple[Evidence, ...] = Field((), title="材料")


class TakeUpComplaint(Form):
    """The complaint becomes the problem of a special inspection: one that is open, or one opened with this act."""

    inspection: Code | None = Field(None, title="专项督察编号", description="已经立项的专项督察；另行立项的不填")
    year: int | None = Field(None, title="年度", description="另行立项时填写；不填则为当年", ge=2004, le=2100)
    title: Line | None = Field(None, title="专项督察名称", description="另行立项时填写；不填则用投诉举报的名称")
    targets: Codes = Field((), title="督察对象", description="另行立项时填写；不填则为涉及单位")


class LinkComplaint(Form):
    """The inspection that the complaint was taken up in."""

    inspection: Code = Field(title="专项督察编号")
