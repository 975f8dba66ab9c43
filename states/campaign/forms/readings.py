"""Readings of indicators, and the figures they are held against (quota, national average, a place asked for)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from states.engine.forms.base import Code, Evidence, Form, FormSection, Line, refuse_empty_talk

FigureKind = Literal["quota", "national_average", "rank"]


def _said_or_measured(value: object, info: ValidationInfo) -> object:
    return value if info.field_name == "measure" else refuse_empty_talk(value, info)


class MeasuredEntry(FormSection):
    """A value in a unit of measure, which may be a sign alone: %."""

    measure: str = Field("", title="计量单位", description="与指标的单位一致；没有单位的不填", max_length=20)

    _said = field_validator("*", mode="after")(_said_or_measured)


class ReadingEntry(MeasuredEntry):
    """One reading: which indicator, of which period and body, and where the value comes from."""

    indicator: Line = Field(title="指标代码")
    period: Line = Field(title="期间", description="2019、2019H1、2019Q3 或者 2019-09")
    value: Line = Field(title="数值", description="小数照录原值；是否类指标填 是 或者 否")
    body: Code | None = Field(None, title="单位代码", description="不填则为全辖区")
    source: Line = Field(title="来源", description="发布单位和文件名称或者文号")
    evidence: tuple[Evidence, ...] = Field(title="佐证材料", min_length=1)


class RecordReadings(Form):
    """Readings recorded by the office; a reading of the same indicator, period and body replaces the earlier one."""

    readings: tuple[ReadingEntry, ...] = Field(title="读数", min_length=1)


class FigureEntry(MeasuredEntry):
    """A figure that an indicator is held against: what was assigned, the national average, or the place asked for."""

    indicator: Line = Field(title="指标代码")
    kind: FigureKind = Field(title="数字类别")
    period: Line = Field(title="期间", description="2019、2019H1、2019Q3 或者 2019-09")
    value: Line = Field(title="数值")
    body: Code | None = Field(None, title="单位代码", description="不填则为全辖区")
    source: Line = Field(title="来源", description="下达或者发布的文件")


class SetFigures(Form):
    """Figures that indicators are held against, with their source."""

    figures: tuple[FigureEntry, ...] = Field(title="对照数", min_length=1)
