"""Handing over the duties of people who leave: leader, member, liaison officer, handler of the joint office."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from states.engine.forms.base import Day, Form, FormSection, Name, OptionalText, Text
from states.inspection.forms.planning import InvitedAs, Member

Duty = Literal["leader", "member", "officer", "handler"]


class Successor(FormSection):
    """Who takes a duty over; ``body`` is that of the account where it is left out."""

    name: Name = Field(title="姓名")
    body: OptionalText = Field("", title="所在单位", description="不填则为其账号所在单位", max_length=60)
    invited: bool = Field(False, title="邀请人员")
    invited_as: InvitedAs | None = Field(None, title="邀请身份")
    unit: str | None = Field(None, title="所在单位代码")

    def as_member(self, body: str) -> Member:
        """The successor as the order of a group names people; ``body`` where none was given."""
        return Member(**{**self.model_dump(), "body": self.body or body})


class Change(FormSection):
    """One duty that passes from one person to another; a member may leave without a successor."""

    duty: Duty = Field(title="更换", description="leader 组长、member 组员、officer 联络员、handler 联席办经办人")
    leaves: Name = Field(title="离任人员")
    takes_over: Successor | None = Field(None, title="接任人员", description="组员离任可以不补人")
    trained_on: Day | None = Field(
        None, title="接任人员培训日期", description="督察组已经培训过的，接任的组长、组员填写"
    )


class HandOver(Form):
    """The duties that are handed over, several at once, with the reason."""

    note: Text = Field(title="更换理由")
    changes: tuple[Change, ...] = Field(title="更换人员", min_length=1)
