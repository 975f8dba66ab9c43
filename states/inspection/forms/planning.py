"""Plan, filing, staffing and training (Tongliang art. 13(2), 13(3), 16)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from states.engine.forms.base import (
    NEEDED,
    Clause,
    Codes,
    Day,
    Form,
    FormSection,
    Line,
    Name,
    OptionalText,
    Period,
    Text,
)

Method = Literal["written", "on_site", "third_party"]
InvitedAs = Literal["discipline_commission", "deputies_and_members", "experts"]
"""In which capacity people who are not of the bodies named take part (art. 13(3))."""


class Sampling(FormSection):
    """How many targets of the on-site part are drawn (art. 12); the seed of the draw comes from the filing.

    Plans of earlier versions chose the seed themselves; such a seed still reproduces their draw.
    """

    size: int = Field(title="抽查数量", ge=1)
    seed: str | None = Field(None, title="抽取随机数", max_length=64, description="由备案产生，不填")


class Plan(Form):
    """The plan: the five matters that art. 13(2) requires."""

    purpose: OptionalText = Field("", title="督察目的", json_schema_extra=NEEDED)
    targets: Codes = Field((), title="督察对象", description="名册中的单位代码", json_schema_extra=NEEDED)
    contents: tuple[Clause, ...] = Field(
        (), title="督察内容", description="{contents}的款项编号，例如 {content}", json_schema_extra=NEEDED
    )
    methods: tuple[Method, ...] = Field(
        (),
        title="督察方式",
        description="written 书面督察、on_site 实地督察、third_party 三方评价",
        json_schema_extra=NEEDED,
    )
    ways: tuple[Clause, ...] = Field((), title="实地督察的具体方式", description="{ways}的编号，例如 {way}")
    period: Period | None = Field(None, title="督察期限", json_schema_extra=NEEDED)
    sampling: Sampling | None = Field(None, title="实地抽查", description="“书面督察+实地督察”时可以抽查")


class DrawSample(Form):
    """A draw of the sample (art. 12): anybody draws the same units from the seed; a consequence of the filing.

    ``seed`` is the hash of the journal entry of the first filing of a plan with a sample, ``filing`` its number.
    """

    seed: str = Field("", title="抽取随机数")
    filing: int = Field(0, title="产生随机数的备案记录序号")
    size: int = Field(0, title="抽查数量")
    among: tuple[str, ...] = Field((), title="参加抽取的督察对象")
    drawn: tuple[str, ...] = Field((), title="抽中的督察对象")


class AcknowledgeFiling(Form):
    """The supervision office acknowledges the filing."""

    number: Line | None = Field(None, title="备案号")


class Member(FormSection):
    """A member of a group, and the body the member comes from."""

    name: Name = Field(title="姓名")
    body: Name = Field(title="所在单位", description="例如 区市场监管局；本单位人员不得督察本单位")
    invited: bool = Field(False, title="邀请人员", description="区纪监委、两代表一委员、行业专家")
    invited_as: InvitedAs | None = Field(
        None,
        title="邀请身份",
        description="discipline_commission 区纪监委、deputies_and_members 两代表一委员、experts 行业专家",
    )
    unit: str | None = Field(None, title="所在单位代码", description="所在单位在督察对象名册中时填写")


class GroupOrder(FormSection):
    """A group: its leader, members and targets."""

    name: Name = Field(title="组名")
    leader: Member = Field(title="组长")
    members: tuple[Member, ...] = Field((), title="组员")
    targets: Codes = Field(title="负责的督察对象", min_length=1)


class Staff(Form):
    """The groups of the inspection."""

    groups: tuple[GroupOrder, ...] = Field(title="督察组", min_length=1)


class Train(Form):
    """The training before the inspection; every member takes part."""

    content: Text = Field(title="培训内容")
    attended: tuple[Name, ...] = Field(title="参训人员", min_length=1)
    held_on: Day | None = Field(None, title="培训日期", description="不填则为本次操作的日期")


class Amend(Plan):
    """A new version of the plan, with the reason for it."""

    note: Text = Field(title="调整理由")
    not_duplicate: OptionalText = Field(
        "", title="不属于重复督察的说明", description="增加的对象与其他未结督察对象重合时填写，写明其编号和理由"
    )


class AskDeparture(Form):
    """The reason for an exception from a rule that holds in principle, for this inspection."""

    rule: Literal["on_site", "core_members", "frequency"] = Field(
        title="请予例外的“原则上”规定",
        description="on_site 回头看采取实地督察（{on_site}）、core_members 以规定部门人员为主体（{core_members}）、"
        "frequency 一年内不得开展两次及以上专项督察（{frequency}）",
    )
    note: Text = Field(title="例外理由")


class Assignment(Form):
    """The order of a group or a visit; a consequence of staffing."""

    name: str = Field("", title="组名")
    leader: Member | None = Field(None, title="组长")
    members: tuple[Member, ...] = Field((), title="组员")
    targets: tuple[str, ...] = Field((), title="督察对象")
    methods: tuple[Method, ...] = Field((), title="督察方式")
