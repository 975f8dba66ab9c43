"""Reports of quality and safety accidents and events: what happened, when it was known, and when it was reported."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from states.engine.forms.base import (
    NEEDED,
    Code,
    Evidence,
    Form,
    FormSection,
    HandedIn,
    Line,
    Moment,
    OptionalText,
    Text,
)

Mark = Literal["late", "false", "concealed", "omitted"]
Extent = Literal["regional", "systemic", "industry_wide", "major", "egregious"]


class ReportIncident(HandedIn):
    """An accident or event is reported by the unit, or entered by the office that learnt of it another way."""

    title: Line = Field(title="名称")
    unit: Code | None = Field(
        None,
        title="涉及单位",
        description="名册中的单位代码；由单位报告的可不填",
        json_schema_extra=NEEDED,
    )
    nature: Literal["accident", "event"] = Field(title="性质", description="accident 质量安全事故、event 质量事件")
    source: Literal["unit", "found"] = Field(
        "unit", title="来源", description="unit 单位报告、found 单位未报告、办公室另行掌握"
    )
    happened_at: Moment = Field(title="发生时间", description="例如 2026-03-01 08:30")
    known_at: Moment = Field(title="知悉时间", description="单位知悉的时间，精确到分")
    reported_at: Moment | None = Field(
        None, title="报告时间", description="不填则为登记的时刻；只有补录此前收到的报告时填写"
    )
    facts: Text = Field(title="基本情况")
    measures: OptionalText = Field("", title="已采取的措施")
    evidence: tuple[Evidence, ...] = Field((), title="材料")


class NoteLateness(Form):
    """The report came after the limit that the jurisdiction set."""

    limit_hours: int = Field(title="报告时限（小时）", ge=1)
    due_at: Moment = Field(title="应报时间")
    reported_at: Moment = Field(title="报告时间")
    late_minutes: int = Field(title="迟报（分钟）", ge=1)
    mark: Mark = Field("late", title="认定")


class SupplementIncident(HandedIn):
    """More is known about an incident than was reported."""

    facts: Text = Field(title="补充情况")
    evidence: tuple[Evidence, ...] = Field((), title="材料")


class MarkIncident(Form):
    """The report is found late, false or incomplete, or the incident concealed."""

    mark: Mark = Field(title="认定", description="late 迟报、false 谎报、concealed 瞒报、omitted 漏报")
    grounds: Text = Field(title="认定依据")
    evidence: tuple[Evidence, ...] = Field((), title="材料")


class ConcludeIncident(Form):
    """What the investigation found: cause, extent and responsibility."""

    cause: Text = Field(title="原因")
    extent: tuple[Extent, ...] = Field(
        (),
        title="认定的范围和程度",
        description="regional 区域性、systemic 系统性、industry_wide 行业性、major 重大、"
        "egregious 影响恶劣；均不是的不填",
    )
    responsibility: Text = Field(title="责任认定")
    evidence: tuple[Evidence, ...] = Field(title="材料", min_length=1)


class MarkReason(FormSection):
    """Why a mark is not followed by a tracing."""

    mark: Mark = Field(title="认定", description="late 迟报、false 谎报、concealed 瞒报、omitted 漏报")
    reason: Text = Field(title="不追溯的理由")


class CloseIncident(Form):
    """The incident is closed; each mark was answered by a tracing, or is by a reason."""

    reasons: tuple[MarkReason, ...] = Field(
        (), title="不追溯的理由", description="有认定而没有提请责任追溯的，逐一说明"
    )


class ReopenIncident(Form):
    """An incident that was closed by mistake is taken up again."""

    note: Text = Field(title="理由")


def moment_text(moment: datetime | None) -> str:
    """A moment as documents have it: 2026-03-01 08:30."""
    return moment.strftime("%Y-%m-%d %H:%M") if moment else "—"
