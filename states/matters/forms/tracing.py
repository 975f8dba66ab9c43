"""Tracings of responsibility (责任追溯): from what went wrong to the acts and persons it rests on."""

from __future__ import annotations

from pydantic import Field

from states.engine.forms.base import NEEDED, Code, Codes, Evidence, Form, FormSection, Line, Name, Text
from states.matters.forms.incident import Mark


class ChainLink(FormSection):
    """One act on record that responsibility rests on: which case, which act, whose, and why."""

    case: Code = Field(title="事项编号")
    act: Line = Field(title="操作", description="操作代码，例如 report")
    person: Name | None = Field(None, title="办理人", description="不填则为最后办理该操作的人")
    why: Text = Field(title="与责任的关系")


class Trace(Form):
    """Responsibility is to be traced: whose, for what, by which chain of acts, and to which body it goes."""

    subject: Line = Field(title="责任单位或者责任人")
    units: Codes = Field((), title="涉及的单位代码", description="涉及名册中的单位时填写")
    facts: Text = Field(title="事实")
    marks: tuple[Mark, ...] = Field(
        (), title="对应的认定", description="事故报告的认定：late 迟报、false 谎报、concealed 瞒报、omitted 漏报"
    )
    destination: Line | None = Field(
        None, title="追究责任的机关", description="按管理权限接收处理的机关", json_schema_extra=NEEDED
    )
    chain: tuple[ChainLink, ...] = Field((), title="责任链条", description="至少一条", json_schema_extra=NEEDED)
    evidence: tuple[Evidence, ...] = Field((), title="材料")


class CompleteTracing(Form):
    """What is added to a tracing before it is decided: the body it goes to, more links of the chain."""

    destination: Line | None = Field(None, title="追究责任的机关", description="按管理权限接收处理的机关")
    chain: tuple[ChainLink, ...] = Field((), title="增加的责任链条")
    note: Text = Field(title="补充理由")


class TracingReceipt(Form):
    """The body confirms receipt."""

    receipt: Line = Field(title="签收人或者回执编号")


class TracingOutcome(Form):
    """What the body decided: who answers for it, and how."""

    outcome: Text = Field(title="处理结果")
    document: Line = Field(title="处理文件", description="文号或者存放位置")
