"""Carrying out, feeding back and reporting (Tongliang art. 11, 13(4), 13(5), 14)."""

from __future__ import annotations

from pydantic import Field

from states.engine.forms.base import (
    NEEDED,
    Clause,
    Code,
    Codes,
    Day,
    Evidence,
    Form,
    FormSection,
    HandedIn,
    Line,
    Name,
    OptionalText,
    Text,
)


class TargetInformation(FormSection):
    """What was collected about one target."""

    code: Code = Field(title="督察对象代码")
    information: Text = Field(title="收集到的情况")


class Prepare(Form):
    """The information that the group collected about its targets before the visits."""

    group: str | None = Field(None, title="督察组", description="组名或者编号；组长只带一个组时可不填")
    targets: Codes = Field((), title="已收集情况的督察对象", description="不填则为本组全部对象")
    information: OptionalText = Field(
        "", title="收集到的情况", description="写明每个对象，或者逐一填写", json_schema_extra=NEEDED
    )
    about: tuple[TargetInformation, ...] = Field((), title="逐一对象的情况")


class ServedNotice(FormSection):
    """The notice as it was served on one target: on whom, and when."""

    code: Code = Field(title="督察对象代码")
    received_by: Line = Field(title="签收人")
    served_on: Day | None = Field(None, title="送达日期", description="不填则为本次操作的日期")
    number: Line | None = Field(None, title="通知文号", description="与统一文号不同时填写")


class Start(Form):
    """The visits begin; the notice was served on every target."""

    number: OptionalText = Field(
        "", title="督察通知文号", description="例如 铜质督通〔2026〕1号", max_length=100, json_schema_extra=NEEDED
    )
    served: tuple[ServedNotice, ...] = Field(
        (), title="督察通知送达情况", description="每个督察对象一条", json_schema_extra=NEEDED
    )


class RequestSelfInspection(Form):
    """The target is asked to inspect itself and report in writing by a day (art. 11(1))."""

    due_on: Day = Field(title="自查报告截止日期")


class ReceiveSelfInspection(HandedIn):
    """The written self-inspection report, with its evidence."""

    report: Text = Field(title="自查情况")
    evidence: tuple[Evidence, ...] = Field(title="佐证材料", min_length=1)


class RecordNoSelfInspection(Form):
    """The unit did not hand its self-inspection report in by the day that was set (art. 16)."""

    note: Text = Field(title="催报情况和未报送的原因")


class VisitOnSite(Form):
    """A visit to the target, by one or several of the eight ways of art. 11(2)."""

    ways: tuple[Clause, ...] = Field(title="具体方式", description="{ways}的编号，例如 {way}", min_length=1)
    record: Text = Field(title="督察记录")
    present: tuple[Name, ...] = Field((), title="参加的组员", description="不填则为登记人一人")
    evidence: tuple[Evidence, ...] = Field((), title="材料")


class RecordEvaluation(Form):
    """The evaluation by a third party (art. 11(3))."""

    contractor: Line = Field(title="评价机构")
    survey: Text = Field(title="调查方式和样本")
    report: Text = Field(title="评价报告")
    satisfaction: float | None = Field(None, title="满意度（%）", ge=0, le=100)


class RecordAbsence(Form):
    """A member is absent, for a day or longer; a reason is required (art. 17)."""

    member: Name = Field(title="缺席人员")
    begins: Day | None = Field(None, title="缺席开始日期", description="不填则为本次操作的日期")
    ends: Day | None = Field(None, title="缺席结束日期", description="不填则为一天")
    note: Text = Field(title="缺席理由")


class RecordFinding(Form):
    """A problem found at a target."""

    text: Text = Field(title="问题")
    content: Clause | None = Field(
        None, title="对应的督察内容", description="方案中的款项编号；方案只有一项内容时可不填"
    )
    basis: str = Field("", title="依据")
    earlier: Code | None = Field(None, title="原问题编号", description="回头看发现未整改到位的原问题")


class ToldFinding(FormSection):
    """A finding recorded with the feedback."""

    text: Text = Field(title="问题")
    content: Clause | None = Field(
        None, title="对应的督察内容", description="方案中的款项编号；方案只有一项内容时可不填"
    )
    basis: str = Field("", title="依据")
    earlier: Code | None = Field(None, title="原问题编号")


class TargetFeedback(FormSection):
    """The feedback to one target."""

    code: Code = Field(title="督察对象代码")
    findings: tuple[ToldFinding, ...] = Field((), title="问题")
    advice: str = Field(title="整改建议", min_length=1)


class FeedBack(Form):
    """Feedback of findings and advice to the target (art. 13(4))."""

    target: Code | None = Field(None, title="督察对象代码", description="在所属督察上操作时填写")
    findings: tuple[ToldFinding, ...] = Field((), title="问题", description="此前未登记的问题")
    advice: str = Field("", title="整改建议")
    targets: tuple[TargetFeedback, ...] = Field((), title="多个对象一并反馈")


class GroupReport(Form):
    """The written report of a group to the joint office."""

    group: str | None = Field(None, title="督察组", description="组名或者编号；组长只带一个组时可不填")
    summary: Text = Field(title="督察报告")
    evidence: tuple[Evidence, ...] = Field((), title="附件")


class DistrictReport(Form):
    """The district report, made from the group reports."""

    summary: Text = Field(title="质量督察工作报告")
    evidence: tuple[Evidence, ...] = Field((), title="附件")


class Bulletin(Form):
    """The bulletin; the 15 working days are counted from its date (art. 14)."""

    number: OptionalText = Field(
        "", title="通报发文字号", description="例如 铜质督〔2026〕3号", max_length=100, json_schema_extra=NEEDED
    )
    bulletin_on: Day | None = Field(None, title="通报日期", description="不填则为本次操作的日期")


class Answer(HandedIn):
    """The unit's answer to a finding."""

    note: str = Field("", title="意见")


class Dispute(HandedIn):
    """Why the unit does not accept a finding."""

    note: Text = Field(title="异议理由")
