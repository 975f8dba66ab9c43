"""Talks (约谈) with the people responsible in a unit, and what they commit themselves to."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from states.engine.forms.base import (
    NEEDED,
    Code,
    Day,
    Evidence,
    Form,
    FormSection,
    HandedIn,
    Line,
    Names,
    OptionalText,
    Text,
)


class ProposeTalk(Form):
    """A talk is proposed: with whom, and on what grounds."""

    unit: Code | None = Field(
        None,
        title="被约谈单位",
        description="名册中的单位代码；本事项只涉及一个单位的可不填",
        json_schema_extra=NEEDED,
    )
    people: Names = Field(title="被约谈人", description="单位负责人或者相关责任人", min_length=1)
    grounds: Text = Field(title="约谈事由")
    rests_on: Code | None = Field(None, title="所依据的事项", description="本事项之下作为约谈依据的编号，例如整改编号")


class NotifyTalk(Form):
    """The unit is told when, where and with whom the talk takes place."""

    talk_on: Day = Field(title="约谈日期")
    place: Line = Field(title="约谈地点")
    host: Line = Field(title="约谈人", description="主持约谈的人及其职务")


class TalkCommitment(FormSection):
    """One thing the unit commits itself to, and by when."""

    text: Text = Field(title="承诺事项")
    due_on: Day = Field(title="完成期限")


class HeldTalk(Form):
    """The talk was held: who took part, what was said, and what the unit committed itself to."""

    attended: Names = Field(title="到场人员", min_length=1)
    minutes: Text = Field(title="约谈记录")
    commitments: tuple[TalkCommitment, ...] = Field(title="承诺", min_length=1)


class FollowUpTalk(Form):
    """What came of the commitments: settled, or found wanting."""

    outcome: Literal["settled", "wanting"] = Field(
        title="跟踪结果", description="settled 已落实、wanting 未落实（随即提请责任追溯）"
    )
    note: Text = Field(title="跟踪情况")
    evidence: tuple[Evidence, ...] = Field((), title="材料", json_schema_extra=NEEDED)


class Promise(Form):
    """A commitment as the minutes of the talk have it."""

    text: Text = Field(title="承诺事项")
    due_on: Day = Field(title="完成期限")


class ReportCommitment(HandedIn):
    """The unit reports that it kept a commitment, with evidence."""

    summary: Text = Field(title="履行情况")
    evidence: tuple[Evidence, ...] = Field(title="佐证材料", min_length=1)


class AcceptCommitment(Form):
    """The office finds the commitment kept."""

    note: Text = Field(title="核实意见")


class ReturnCommitment(Form):
    """The office does not find the commitment kept; a new day is set."""

    note: Text = Field(title="退回理由")
    due_on: Day = Field(title="重新完成的期限")


class LapseCommitment(Form):
    """The talk ended with the commitment not kept."""

    note: OptionalText = Field("", title="说明")
