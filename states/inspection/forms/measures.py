"""Admonitory talks and recommendations about a unit (Decree 733 art. 12(7), 21)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from states.engine.forms.base import Code, Day, Evidence, Form, Line, Names, OptionalText, Text


class ArrangeTalk(Form):
    """An admonitory talk with the head of a unit or the people responsible is arranged (Decree 733 art. 12(7))."""

    unit: Code = Field(title="被约谈单位", description="本次督察的督察对象，名册中的单位代码")
    people: Names = Field(title="被约谈人", description="单位负责人或者相关责任人", min_length=1)
    reason: Text = Field(title="约谈事由")
    planned_for: Day | None = Field(None, title="拟约谈日期")


class HoldTalk(Form):
    """The talk was held: who took part, what was said, and what the unit undertook to do."""

    attended: Names = Field(title="到场人员", min_length=1)
    record: Text = Field(title="约谈记录")
    undertaking: OptionalText = Field("", title="被约谈单位的承诺", description="整改事项和时限")


class Recommend(Form):
    """What is recommended about a unit on the strength of the conclusion or the spot check (Decree 733 art. 21)."""

    measure: Literal["commend", "encourage", "criticise", "hold_accountable"] = Field(
        title="建议",
        description="commend 表扬、encourage 激励、criticise 批评、hold_accountable 追究责任",
    )
    unit: Code = Field(title="涉及单位", description="本次督察的督察对象，名册中的单位代码")
    grounds: Text = Field(title="依据的督察结论或者整改核查结果")
    evidence: tuple[Evidence, ...] = Field((), title="材料")


class CarryOut(Form):
    """What came of an approved recommendation; for accountability, the body that it was handed to."""

    body: Line = Field(title="实施机关", description="追究责任的，为接收处理的有权机关")
    result: Text = Field(title="实施情况")
