"""Verifying, scoring and grading a county, and the veto (Yangjiang parts 4 and 5, annex 8)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from states.assessment.forms.points import Points
from states.engine.forms.base import Clause, Day, Evidence, Form, FormSection, Line, Name, Names, Text


class DrawSpotChecks(Form):
    """The draw of the criteria that are checked on the spot: anybody draws the same ones from the seed.

    ``seed`` is the hash of the journal entry of the self-assessment, ``filing`` its number.
    """

    seed: str = Field("", title="抽取随机数")
    filing: int = Field(0, title="产生随机数的记录序号")
    size: int = Field(0, title="抽查数量")
    among: tuple[str, ...] = Field((), title="参加抽取的考核要点")
    drawn: tuple[str, ...] = Field((), title="抽中的考核要点")


class CheckedCriterion(FormSection):
    """What was found about one criterion on the spot."""

    criterion: Clause = Field(title="考核要点编号")
    found: Text = Field(title="抽查情况")
    evidence: tuple[Evidence, ...] = Field((), title="材料")


class VerifyOnSite(Form):
    """The visit to the county and the spot checks."""

    record: Text = Field(title="现场核查记录")
    present: Names = Field((), title="参加人员", description="不填则为登记人一人")
    checks: tuple[CheckedCriterion, ...] = Field(title="重点抽查", description="抽中的考核要点逐一填写", min_length=1)


class Score(FormSection):
    """The points a county gets under one criterion, and why."""

    criterion: Clause = Field(title="考核要点编号")
    points: Points = Field(title="得分")
    why: Text = Field(title="评分理由")


class ScoreCounty(Form):
    """A score under every criterion."""

    scores: tuple[Score, ...] = Field(title="逐项评分", min_length=1)


class GradeCounty(Form):
    """The preliminary grade, which follows from the scores."""


class VetoCounty(Form):
    """A regional or systemic product-safety event, as found by a competent body: the grade is the lowest."""

    event: Line = Field(title="事件")
    event_on: Day = Field(title="事件发生日期")
    extent: Literal["regional", "systemic"] = Field(title="事件性质", description="regional 区域性、systemic 系统性")
    finding: Text = Field(title="认定意见")
    document: Line = Field(title="认定文号")
    evidence: tuple[Evidence, ...] = Field((), title="材料")


class LiftVeto(Form):
    """The finding was wrong or was revoked."""

    note: Text = Field(title="撤销理由")


class RecordFalsehood(Form):
    """Concealed or false statements in the assessment: criticised, and the people responsible are traced."""

    falsehood: Literal["concealed", "false"] = Field(title="情形", description="concealed 瞒报、false 谎报")
    facts: Text = Field(title="事实")
    evidence: tuple[Evidence, ...] = Field((), title="材料")
    criticism: Line = Field(title="通报批评文号")
    responsible: tuple[Name, ...] = Field(title="直接责任人员", min_length=1)
    traced_by: Line = Field(title="追究责任的机关")
