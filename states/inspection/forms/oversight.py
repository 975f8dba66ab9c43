"""Significant matters, referrals, results passed on, and reviews (Tongliang art. 16-22; Decree 733 art. 17)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from states.engine.forms.base import Codes, Evidence, Form, HandedIn, Line, Text


class RaiseMatter(Form):
    """A significant matter met in the inspection (art. 19)."""

    matter: Line = Field(title="重要情况或者重大问题")
    facts: Text = Field(title="基本情况")


class Refer(Form):
    """A lead or a breach of duty goes to the body in charge (art. 16, 17, 20)."""

    ground: Literal["non_cooperation", "member_misconduct", "retaliation", "lead", "duty_crime", "other_crime"] = Field(
        title="事由",
        description="non_cooperation 不配合督察、member_misconduct 人员违纪、retaliation 打击报复、"
        "lead 其他违纪违法线索、duty_crime 公职人员涉嫌职务违法犯罪、other_crime 涉嫌其他犯罪",
    )
    destination: Literal["discipline_inspection", "judiciary", "administrative"] = Field(
        title="移交去向",
        description="discipline_inspection 纪检监察机关、judiciary 司法机关、administrative 按管理权限",
    )
    subject: Line = Field(title="涉及的单位或者个人")
    units: Codes = Field((), title="涉及的单位代码", description="涉及名册中的单位时填写")
    facts: Text = Field(title="事实")
    evidence: tuple[Evidence, ...] = Field((), title="材料")


class Receipt(Form):
    """The receiver confirms receipt."""

    receipt: Line = Field(title="签收人或者回执编号")


class PassOn(Form):
    """The results go to the bodies that assess the unit and its leaders (art. 21, 22)."""

    receiver: Literal["appraisal_office", "organisation_department"] = Field(
        title="接收部门",
        description="appraisal_office 区级考核工作组织部门（{appraisal_office}）、"
        "organisation_department 组织（人事）部门（{organisation_department}）",
    )
    contains: tuple[Literal["result", "rectification"], ...] = Field(
        (),
        title="送达内容",
        description="result 督察结果、rectification 整改情况；不填则为督察结果，整改全部验收后一并包括整改情况",
    )
    summary: Text = Field(title="督察结果和整改情况")


class Close(Form):
    """The inspection is closed; matters, referrals, talks and recommendations may continue."""

    goes_on: Codes = Field(
        (), title="办结后继续办理的事项", description="未办结的重大事项、移交、约谈和建议的编号；逐一列明"
    )


class ApplyForReview(HandedIn):
    """The unit disputes the conclusion (Decree 733 art. 17)."""

    grounds: Text = Field(title="复核理由")
    evidence: tuple[Evidence, ...] = Field((), title="材料")


class WithdrawReview(HandedIn):
    """The unit withdraws its application."""

    note: Text = Field(title="理由")
