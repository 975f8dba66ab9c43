"""Application and approval (Tongliang art. 12, 13(1))."""

from __future__ import annotations

from pydantic import Field

from states.engine.forms.base import NEEDED, Clause, Code, Codes, Form, FormSection, Line, OptionalText, Period, Text
from states.inspection.kinds import Kind


class Designation(FormSection):
    """The government designates a department to supervise: matter, scope, duty and period (Decree 733 art. 7)."""

    department: Code = Field(title="受指定部门", description="名册中的单位代码")
    document: Line = Field(title="指定文件")
    matter: Text = Field(title="指定的事项")
    scope: Text = Field(title="指定的范围")
    duty: Text = Field(title="指定的职责")
    period: Period = Field(title="指定的期限")


class Open(Form):
    """The application for an inspection."""

    kind: Kind = Field(title="督察形式", description="本辖区所依据文件规定的形式，例如 special 专项督察")
    year: int = Field(title="年度", ge=2004, le=2100)
    title: Line = Field(title="名称")
    targets: Codes = Field((), title="督察对象", description="名册中的单位代码", json_schema_extra=NEEDED)
    problem: Line | None = Field(None, title="问题", description="专项督察针对的问题")
    domain: Line | None = Field(None, title="领域", description="专项督察针对的领域")
    reason: OptionalText = Field("", title="理由", description="为什么要开展本次督察")
    not_duplicate: OptionalText = Field(
        "", title="不属于重复督察的说明", description="与其他未结督察对象重合时填写，写明其编号"
    )
    basis: OptionalText = Field(
        "", title="立项依据", description="政府的决定、行政首长的指令，或者督查机构的建议及其批准"
    )
    designation: Designation | None = Field(None, title="指定部门开展督察", description="由政府指定所属部门开展时填写")
    parent: Code | None = Field(None, title="原督察", description="回头看所依据的督察编号")


class EditApplication(Form):
    """What is changed in an application before it is submitted, or after it was returned; the rest stays."""

    title: Line | None = Field(None, title="名称")
    targets: Codes | None = Field(None, title="督察对象", description="名册中的单位代码")
    problem: Line | None = Field(None, title="问题", description="专项督察针对的问题")
    domain: Line | None = Field(None, title="领域", description="专项督察针对的领域")
    reason: OptionalText | None = Field(None, title="理由", description="为什么要开展本次督察")
    not_duplicate: OptionalText | None = Field(
        None, title="不属于重复督察的说明", description="与其他未结督察对象重合时填写，写明其编号"
    )
    basis: OptionalText | None = Field(
        None, title="立项依据", description="政府的决定、行政首长的指令，或者督查机构的建议及其批准"
    )
    designation: Designation | None = Field(None, title="指定部门开展督察", description="由政府指定所属部门开展时填写")


class Submit(Form):
    """The request for approval."""

    contents: tuple[Clause, ...] = Field(
        (), title="督察内容", description="{contents}的款项编号，例如 {content}", json_schema_extra=NEEDED
    )
    not_duplicate: OptionalText = Field(
        "", title="不属于重复督察的说明", description="与其他未结督察对象重合、立项时未说明的，写明其编号和理由"
    )
    exception: Text | None = Field(None, title="频次例外的理由", description="频次受限而确需开展时填写")


class AskException(Form):
    """The reason for a single exception from a limit that holds in principle."""

    note: Text = Field(title="例外理由")
