"""The answers about a campaign: its board, its indicators, and what an import of readings did."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from messages.answers import Answer

SignName = Literal["green", "yellow", "red", "unset", "unknown"]
TrendName = Literal["up", "down", "level", "none"]


class WindowView(Answer):
    """A window of the cycle."""

    title: str = Field(description="what the text calls it")
    begins: date = Field(description="first day")
    ends: date = Field(description="last day")
    open: bool = Field(description="whether the day of the board lies in it")


class GroupView(Answer):
    """A group of tasks."""

    ref: str = Field(description="clause of the group")
    citation: str = Field(description="the clause as it is cited")
    title: str = Field(description="what the text calls the group")
    light: SignName | None = Field(description="the worst light of its tasks and obligations; null where there is none")


class TaskView(Answer):
    """A task of the text as it stands."""

    task: str = Field(description="the task, as the text numbers it")
    citation: str = Field(description="the clause as it is cited")
    title: str = Field(description="what the text calls the task")
    group: str = Field(description="clause of its group")
    case: str | None = Field(description="its duty; null while it is not assigned")
    state: str | None = Field(description="state of the duty")
    lead: str | None = Field(description="name of the body that leads it")
    light: SignName = Field(description="`unset` while it is not assigned")


class UnsetView(Answer):
    """An obligation that the text leaves without an interval (定期, 及时)."""

    obligation: str = Field(description="code")
    title: str = Field(description="what is owed")
    citation: str = Field(description="the clause as it is cited")
    words: str = Field(description="the words of the clause")
    bearer: str = Field(description="who owes it")
    light: SignName = Field(description="`unset` until an interval is set")
    every: int | None = Field(None, description="the interval, once it is set")
    interval: str | None = Field(None, description="`days`, `weeks` or `months`")
    document: str | None = Field(None, description="the document that sets it")
    set_by: str | None = Field(None, description="who set it")
    set_on: date | None = Field(None, description="when it was set")


class UnitRow(Answer):
    """A unit of the campaign, with a light for each group of tasks."""

    unit: str | None = Field(description="code of the unit; null for the office that runs the campaign")
    name: str = Field(description="name of the unit or of the office")
    lights: tuple[SignName | None, ...] = Field(description="by group; null where it has nothing to do")
    evaluation: str | None = Field(description="state of its evaluation; null where there is none")
    veto: bool = Field(description="whether the veto was used on it")


class CampaignBoard(Answer):
    """Units and groups of tasks of a campaign, with their lights."""

    case: str = Field(description="number of the campaign")
    title: str = Field(description="title")
    as_of: date = Field(description="the day of the board")
    windows: tuple[WindowView, ...] = Field(description="windows of the cycle; several may be open")
    groups: tuple[GroupView, ...] = Field(description="groups of tasks in the order of the text")
    rows: tuple[UnitRow, ...] = Field(description="the office, then the units")
    tasks: tuple[TaskView, ...] = Field(description="tasks in the order of the text")
    unset: tuple[UnsetView, ...] = Field(description="what the text leaves unset")
    counts: dict[str, int] = Field(description="number of tasks with each light")


class IndicatorRow(Answer):
    """An indicator as it stands."""

    indicator: str = Field(description="code")
    title: str = Field(description="what is measured")
    citation: str = Field(description="the clause as it is cited")
    task: str = Field(description="its task; empty for an aim of the whole campaign")
    body: str | None = Field(description="code of the unit the reading is of; null for the whole jurisdiction")
    comparator: str = Field(description="`>=`, `>`, `=`, `<=`, `<`, `rise`, `fall`, `rank`, `yes` or `count`")
    against: str = Field(description="`number`, `quota`, `national_average` or `last_period`")
    target: str | None = Field(description="what it is held against, exact; null while that is unset")
    measure: str = Field(description="unit of measure")
    value: str | None = Field(description="last reading, as its source has it; null where there is none")
    period: str | None = Field(description="period of the reading")
    source: str | None = Field(description="source of the reading")
    light: SignName = Field(description="green, yellow, red, unset or unknown")
    trend: TrendName = Field(description="compared with the period before")
    note: str = Field(description="how doubtful words are read")


class ReadingView(Answer):
    """A reading on record."""

    case: str = Field(description="the case it was recorded on")
    period: str = Field(description="its period")
    body: str | None = Field(description="code of the unit; null for the whole jurisdiction")
    value: str = Field(description="as the source has it")
    source: str = Field(description="where it comes from")
    evidence: tuple[str, ...] = Field(description="titles of the papers")
    by: str = Field(description="who recorded it")
    on: date = Field(description="the day of the act")
    replaced: bool = Field(description="whether a later reading of the same period stands in its place")


class FigureView(Answer):
    """A figure that the indicator is held against."""

    kind: str = Field(description="`quota`, `national_average` or `rank`")
    period: str = Field(description="its period")
    body: str | None = Field(description="code of the unit; null for the whole jurisdiction")
    value: str = Field(description="as the source has it")
    source: str = Field(description="where it comes from")
    by: str = Field(description="who recorded it")
    on: date = Field(description="the day of the act")


class IndicatorView(IndicatorRow):
    """An indicator with everything on record about it."""

    words: str = Field(description="the words of the clause")
    readings: tuple[ReadingView, ...] = Field(description="every reading, in the order it was recorded")
    figures: tuple[FigureView, ...] = Field(description="every figure, in the order it was recorded")


class ReadingsImport(Answer):
    """What an import of readings did."""

    case: str = Field(description="the campaign")
    file: str = Field(description="the file")
    readings: int = Field(description="how many were recorded")
    dry_run: bool = Field(description="whether nothing was changed")
