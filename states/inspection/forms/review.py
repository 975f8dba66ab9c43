"""Conclusions served on the units, and reviews of them (Decree 733 art. 16, 17)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from states.engine.forms.base import Code, Day, Form, FormSection, Line, Names, OptionalText, Text


class ServeConclusion(Form):
    """A unit was served the conclusion about it; its 30 days to apply for review begin (Decree 733 art. 16, 17)."""

    target: Code = Field(title="督察对象代码")
    received_on: Day | None = Field(None, title="收到日期", description="不填则为本次操作的日期")
    receipt: Line = Field(title="签收人或者回执编号")


class ReviewedFinding(FormSection):
    """What a changed conclusion makes of one finding."""

    finding: Code = Field(title="问题编号")
    text: OptionalText = Field("", title="变更后的问题", description="不填则撤销该问题")


class DecideReview(Form):
    """The decision and its reviewers, none of whom took part in the inspection."""

    outcome: Literal["upheld", "changed", "revoked"] = Field(
        title="复核决定", description="upheld 维持、changed 变更、revoked 撤销"
    )
    reviewers: Names = Field(title="复核人员", min_length=1)
    findings: tuple[ReviewedFinding, ...] = Field((), title="变更的问题", description="变更时逐一填写")
    note: Text = Field(title="复核理由")


class ChangeFinding(Form):
    """A review has changed a finding; what the group recorded stays beside it."""

    text: Text = Field(title="变更后的问题")
    note: Text = Field(title="复核理由")
