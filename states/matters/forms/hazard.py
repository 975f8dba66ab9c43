"""Listed hazards (挂牌督办): grave hazards that one unit has to remove by a day that the listing sets."""

from __future__ import annotations

from pydantic import Field

from states.engine.forms.base import Code, Day, Evidence, Form, FormSection, HandedIn, Line, OptionalText, Text


class ListHazard(Form):
    """A hazard is listed: where it is, what has to be done, and by when."""

    title: Line = Field(title="名称")
    unit: Code = Field(title="督办对象", description="名册中的单位代码")
    hazard: Text = Field(title="重大隐患")
    requirement: Text = Field(title="整治要求")
    due_on: Day = Field(title="整治期限")
    number: OptionalText = Field("", title="挂牌文号", max_length=100)
    evidence: tuple[Evidence, ...] = Field((), title="材料")


class HazardMeasure(FormSection):
    """One measure against the hazard: what, by whom and by when."""

    measure: Text = Field(title="整治措施")
    responsible: Text = Field(title="责任人")
    by: Day = Field(title="完成时限")


class PlanRemoval(HandedIn):
    """The unit's plan to remove the hazard."""

    measures: tuple[HazardMeasure, ...] = Field(title="整治措施", min_length=1)


class ClaimRemoval(HandedIn):
    """The unit reports the hazard as removed, with evidence."""

    summary: Text = Field(title="整治情况")
    evidence: tuple[Evidence, ...] = Field(title="佐证材料", min_length=1)


class VerifyRemoval(Form):
    """The office verified on site that the hazard is removed."""

    record: Text = Field(title="现场核实情况")
    evidence: tuple[Evidence, ...] = Field(title="材料", min_length=1)


class ReturnRemoval(Form):
    """The hazard is not removed; a new day is set."""

    note: Text = Field(title="退回理由")
    due_on: Day = Field(title="重新整治的期限")


class ExtendHazard(Form):
    """The limit is put off, before it has passed."""

    note: Text = Field(title="延期理由")
    until: Day = Field(title="延至")


class EscalateHazard(Form):
    """The hazard is brought before a higher body."""

    body: Line = Field(title="提级督办的机关")
    note: Text = Field(title="提级理由")
