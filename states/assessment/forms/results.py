"""Reporting, approving and announcing the results, and what follows (Yangjiang part 5 item 5, the second part 5)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from states.engine.forms.base import (
    NEEDED,
    Day,
    Evidence,
    Form,
    FormSection,
    HandedIn,
    Line,
    Name,
    Names,
    OptionalText,
    Text,
)

Measure = Literal["commendation", "priority", "barred_from_awards", "approvals_tightened", "results"]


class ReportUp(Form):
    """The preliminary results and the composite report go to the authority."""

    summary: Text = Field(title="综合考核评价报告")
    evidence: tuple[Evidence, ...] = Field((), title="附件")


class AnnounceResults(Form):
    """The bulletin and the public notice; the month of a county graded D counts from the day of the bulletin."""

    number: OptionalText = Field(
        "", title="通报发文字号", description="例如 阳府质考〔2026〕1号", max_length=100, json_schema_extra=NEEDED
    )
    bulletin_on: Day | None = Field(None, title="通报日期", description="不填则为本次操作的日期")
    public_at: Line = Field(title="向社会公开的方式", description="例如 政府网站的网址")
    public_on: Day | None = Field(None, title="公开日期", description="不填则为本次操作的日期")


class AnnounceResult(Form):
    """The result of one county, as the bulletin has it."""

    bulletin_on: Day | None = Field(None, title="通报日期")
    total: str = Field("", title="得分")
    grade: str = Field("", title="等级")


class Undertaking(FormSection):
    """A measure that a county undertakes, and by when."""

    measure: Text = Field(title="整改措施")
    by: Day = Field(title="完成日期")
    responsible: Line = Field(title="责任人")


class ReportPuttingRight(HandedIn):
    """The written report of a county graded D: what it puts right, and by when."""

    report: Text = Field(title="书面报告")
    measures: tuple[Undertaking, ...] = Field(title="限期整改措施", min_length=1)
    copied: Line = Field(title="抄送市质量强市办的文号")


class FindWanting(Form):
    """Things were not put right, and the people who answer for it are to be talked to."""

    people: Names = Field(title="被约谈人", description="县（市、区）政府主要负责人或者分管负责人", min_length=1)
    note: Text = Field(title="整改不到位的情况")


class SettleAfterTalk(Form):
    """The talk was held, and it is said what became of it."""

    talk: Line = Field(title="约谈记录", description="约谈的编号")
    held_on: Day = Field(title="约谈日期")
    note: Text = Field(title="约谈后的情况", description="整改落实，或者已依法追究责任")


class OrderOutcome(Form):
    """A use that is made of a result: by whom, from when, until when."""

    measure: Measure = Field(
        title="措施",
        description="commendation 通报表扬、priority 优先考虑、barred_from_awards 不得参加评奖授誉、"
        "approvals_tightened 收紧或者暂停核准审批、results 结果送交",
    )
    receiver: Name = Field(title="接收单位")
    begins: Day = Field(title="起始日期")
    ends: Day | None = Field(None, title="终止日期", description="不填则为未定")
    grounds: Text = Field(title="事由")


class ReceiptOutcome(Form):
    """The receiver confirms receipt."""

    receipt: Line = Field(title="签收人或者回执编号")


class LiftOutcome(Form):
    """A measure ends."""

    ends_on: Day | None = Field(None, title="终止日期", description="不填则为本次操作的日期")
    note: Text = Field(title="理由")
