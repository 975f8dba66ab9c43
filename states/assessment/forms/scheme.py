"""Opening a year, its scheme of points, and the team that assesses (Yangjiang parts 2 and 3, annex)."""

from __future__ import annotations

from pydantic import Field

from states.assessment.forms.points import Points
from states.engine.forms.base import Clause, Codes, Form, FormSection, Line, Name, Names, OptionalText, Text


class OpenYear(Form):
    """An assessment year is opened: from 1 July of ``year`` to 30 June of the next."""

    year: int = Field(title="考核年度的起始年份", description="2025 即2025年7月1日至2026年6月30日", ge=2000, le=2100)
    title: Line = Field(title="名称")
    counties: Codes = Field((), title="被考核的县（市、区）", description="名册代码；不填则为名册上全部县（市、区）")
    members: Names = Field(
        title="领导小组成员单位", description="文本没有列名单，逐一写明，征求意见时据此核对", min_length=1
    )
    spot_checks: int = Field(
        5, title="每个县（市、区）抽查的考核要点数", description="内部规则：不填则为5个", ge=1, le=30
    )


class CriterionPoints(FormSection):
    """The points of one criterion, and how they are given."""

    criterion: Clause = Field(title="考核要点编号", description="附件中的编号，例如 A1(1)1")
    points: Points = Field(title="分值", description="分，至多两位小数")
    rule: OptionalText = Field("", title="评分标准")


class GivePoints(Form):
    """The leading group issues the points of every criterion."""

    number: Line = Field(title="印发文号", description="市质量强市工作领导小组印发分值和评分标准的文号")
    points: tuple[CriterionPoints, ...] = Field(title="各考核要点的分值", min_length=1)
    method: OptionalText = Field("", title="统计方案、评价方法和实施细则")


class PublishScheme(Form):
    """The scheme is made known to the counties."""

    published_at: Line = Field(title="公布方式", description="例如 印发各县（市、区）政府的文号，或者公布的网址")


class AdjustScheme(GivePoints):
    """The office adjusts the scheme: a new version, made known at once."""

    published_at: Line = Field(title="公布方式")
    note: Text = Field(title="调整理由")


class Assessor(FormSection):
    """A person of the team, and the body the person comes from."""

    name: Name = Field(title="姓名")
    body: Name = Field(
        title="所在单位", description="成员单位，或者专家所在单位；本县（市、区）人员不得考核本县（市、区）"
    )
    expert: bool = Field(False, title="有关领域专家")


class TeamGroup(FormSection):
    """A group of the team with the counties it assesses."""

    name: Name = Field(title="组名")
    leader: Assessor = Field(title="组长")
    members: tuple[Assessor, ...] = Field((), title="组员")
    counties: Codes = Field(title="负责的县（市、区）", min_length=1)


class FormTeam(Form):
    """The assessment team and its groups."""

    teams: tuple[TeamGroup, ...] = Field(title="考核工作组", min_length=1)
