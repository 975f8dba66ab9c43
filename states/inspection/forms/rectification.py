"""Rectification and the close-out of findings (Tongliang art. 14)."""

from __future__ import annotations

from pydantic import Field

from states.engine.forms.base import Code, Day, Evidence, Form, FormSection, HandedIn, Text


class OpenRectification(Form):
    """A unit's rectification is opened by the bulletin."""

    bulletin_on: Day = Field(title="通报日期")
    findings: tuple[Code, ...] = Field(title="问题编号", min_length=1)
    advice: str = Field("", title="整改建议")


class Measure(FormSection):
    """The measure for one finding: what, by whom and by when."""

    finding: Code = Field(title="问题编号")
    measure: Text = Field(title="整改措施")
    responsible: Text = Field(title="责任人")
    by: Day = Field(title="完成时限")


class RectificationPlan(HandedIn):
    """The unit's plan."""

    summary: str = Field("", title="整改方案")
    measures: tuple[Measure, ...] = Field(title="整改措施", min_length=1)


class RectificationReport(HandedIn):
    """The unit's report on what was done, with evidence."""

    summary: Text = Field(title="整改落实情况")
    evidence: tuple[Evidence, ...] = Field(title="佐证材料", min_length=1)


class SpotCheck(Form):
    """The result of the joint office's spot check; a look-back at the unit can replace it."""

    result: Text = Field(title="抽查核实情况")
    look_back: Code | None = Field(None, title="代替抽查的回头看编号")


class ReturnReport(Form):
    """The report is not accepted; a new term is set."""

    note: Text = Field(title="退回理由")
    due_on: Day = Field(title="重新报告的截止日期")


class AskExtension(HandedIn):
    """A request for an extension before the term ends."""

    note: Text = Field(title="延期理由")
    until: Day = Field(title="申请延至")


class Claim(HandedIn):
    """The unit reports a finding as rectified, with evidence."""

    note: Text = Field(title="整改情况")
    evidence: tuple[Evidence, ...] = Field(title="佐证材料", min_length=1)


class CloseOut(Form):
    """The finding is closed out after the evidence was checked."""

    note: Text = Field(title="核验意见")


class Reason(Form):
    """An act that requires a reason."""

    note: Text = Field(title="理由")
