"""What every form shares: unknown fields are refused, texts are trimmed, and nothing is changed afterwards."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


class Form(BaseModel):
    """What an act is handed in with. ``note`` is the reason or remark that goes into the journal."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, str_max_length=20_000)

    note: str = Field("", title="说明", description="理由或者说明，记入日志")


class Part(BaseModel):
    """A part of a form."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, str_max_length=20_000)


def _no_twins(values: tuple[str, ...]) -> tuple[str, ...]:
    twins = sorted({value for value in values if values.count(value) > 1})
    if twins:
        raise ValueError(f"重复：{'、'.join(twins)}")
    return values


Text = Annotated[str, StringConstraints(min_length=1)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{1,32}$")]
Codes = Annotated[tuple[Code, ...], AfterValidator(_no_twins)]
Lines = Annotated[tuple[Line, ...], AfterValidator(_no_twins)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class Decision(Form):
    """A decision, with its reason."""

    note: Text = Field(title="批示意见", description="审批意见或者理由")


class Evidence(Part):
    """A document that proves something: where it is kept and, where there is one, its fingerprint."""

    title: Line = Field(title="材料名称")
    reference: str = Field("", title="文号或者存放位置", max_length=300)
    sha256: str | None = Field(None, title="SHA-256", pattern=r"^[0-9a-f]{64}$")


class Period(Part):
    """From a day to a day, both within."""

    begins: date = Field(title="开始日期")
    ends: date = Field(title="结束日期")
